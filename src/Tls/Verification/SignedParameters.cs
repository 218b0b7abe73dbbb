using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>A ServerKeyExchange with a signature, cut into its three parts.</summary>
internal sealed record SignedParameters(
    ReadOnlyMemory<byte> Parameters, SignatureScheme? Scheme, ReadOnlyMemory<byte> Signature)
{
    private const byte NamedCurve = 3;

    /// <summary>True if the suite's ServerKeyExchange is signed.</summary>
    public static bool Has(CipherSuiteInfo suite) =>
        suite.KeyExchange is KeyExchangeAlgorithm.Dhe or KeyExchangeAlgorithm.Ecdhe
        && suite.Authentication is AuthenticationAlgorithm.Rsa or AuthenticationAlgorithm.Dss or AuthenticationAlgorithm.Ecdsa;

    /// <summary>Takes a message body apart; null if it can't be.</summary>
    public static SignedParameters? Read(ProtocolVersion version, CipherSuiteInfo suite, ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body);
        if (suite.KeyExchange == KeyExchangeAlgorithm.Ecdhe)
        {
            // RFC 8422, Section 5.4
            // struct { ECCurveType curve_type = named_curve; NamedCurve namedcurve; opaque point<1..2^8-1>; } ServerECDHParams;
            if (reader.U8("curve_type") != NamedCurve) return null;
            reader.U16("namedcurve");
            reader.Vector8("public", min: 1);
        }
        else
        {
            // RFC 5246, Section 7.4.3
            // struct { opaque dh_p<1..2^16-1>; opaque dh_g<1..2^16-1>; opaque dh_Ys<1..2^16-1>; } ServerDHParams;
            reader.Vector16("dh_p", min: 1);
            reader.Vector16("dh_g", min: 1);
            reader.Vector16("dh_Ys", min: 1);
        }
        var parameters = body[..(body.Length - reader.Remaining)];
        SignatureScheme? scheme = version >= ProtocolVersion.Tls12 ? new SignatureScheme(reader.U16("algorithm")) : null;
        var signature = reader.Vector16("signature");
        return reader.Fault is null ? new SignedParameters(parameters, scheme, signature) : null;
    }
}
