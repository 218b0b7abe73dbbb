using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>The server's half of the key exchange, up to TLS 1.2.</summary>
/// <remarks>
/// RFC 5246, Section 7.4.3; RFC 8422, Section 5.4; RFC 4279; RFC 5489, Section 2; RFC 5054, Section 2.5.3; export RSA:
/// RFC 2246, Section 7.4.3.
/// </remarks>
public sealed record ServerKeyExchange : HandshakeBody
{
    /// <summary>The identity hint of the PSK kinds, or null.</summary>
    public ReadOnlyMemory<byte>? PskIdentityHint { get; init; }

    /// <summary>Elliptic curves: how the curve is named, or null.</summary>
    public EcCurveType? CurveType { get; init; }

    /// <summary>Elliptic curves: the curve, or null.</summary>
    public NamedGroup? NamedCurve { get; init; }

    /// <summary>Finite fields: the prime; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Prime { get; init; }

    /// <summary>Finite fields: the generator; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Generator { get; init; }

    /// <summary>SRP: the salt; null otherwise.</summary>
    public ReadOnlyMemory<byte>? Salt { get; init; }

    /// <summary>Elliptic curves: a curve that has no name, or null.</summary>
    public ExplicitCurve? ExplicitCurve { get; init; }

    /// <summary>Ephemeral RSA of export suites: the modulus; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Modulus { get; init; }

    /// <summary>Ephemeral RSA of export suites: the public exponent; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Exponent { get; init; }

    /// <summary>The public key: a point, dh_Ys or srp_B.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>The parameters as they were signed.</summary>
    public ReadOnlyMemory<byte> Params { get; init; }

    /// <summary>The signature scheme; null before TLS 1.2, where the key decides, and for unsigned kinds.</summary>
    public SignatureScheme? Scheme { get; init; }

    /// <summary>The signature, or null for unsigned kinds.</summary>
    public ReadOnlyMemory<byte>? Signature { get; init; }

    /// <summary>
    /// The group: the named curve, or for a published prime its name, or <c>dh 1024 bits</c>; null if there is none.
    /// </summary>
    public string? Group =>
        NamedCurve is { } curve ? curve.ToString()
        : ExplicitCurve is { } unnamed ? $"{CurveType} {unnamed.FieldBits} bits"
        : Prime.IsEmpty ? null
        : WellKnownPrimes.Find(Prime.Span) ?? $"dh {WellKnownPrimes.BitLength(Prime.Span)} bits";

    public static HandshakeBody Read(ref WireReader reader, in MessageContext context)
    {
        if (context.Suite is not { } suite) return UnknownBody.Read(ref reader, context);
        var paramsReader = reader; // reads the same octets again once their number is known
        var start = reader.Offset;
        var message = suite.KeyExchange switch
        {
            KeyExchangeAlgorithm.Ecdhe => ReadEcParams(ref reader, new()),
            KeyExchangeAlgorithm.Dhe => ReadDhParams(ref reader, new()),
            KeyExchangeAlgorithm.Srp => ReadSrpParams(ref reader, new()),
            KeyExchangeAlgorithm.Rsa => ReadRsaParams(ref reader, new()),
            KeyExchangeAlgorithm.EcdhePsk => ReadEcParams(ref reader, ReadHint(ref reader)),
            KeyExchangeAlgorithm.DhePsk => ReadDhParams(ref reader, ReadHint(ref reader)),
            KeyExchangeAlgorithm.Psk or KeyExchangeAlgorithm.RsaPsk => ReadHint(ref reader),
            _ => null,
        };
        if (message is null) return UnknownBody.Read(ref reader, context);

        message = message with { Params = paramsReader.Take(reader.Offset - start, "params") };
        if (IsSigned(suite)) message = ReadSignature(ref reader, context, message);
        reader.End("ServerKeyExchange");
        return message;
    }

    private static bool IsSigned(CipherSuiteInfo suite) =>
        suite.KeyExchange is KeyExchangeAlgorithm.Ecdhe or KeyExchangeAlgorithm.Dhe or KeyExchangeAlgorithm.Srp
            or KeyExchangeAlgorithm.Rsa
        && suite.Authentication is not (AuthenticationAlgorithm.Anon or AuthenticationAlgorithm.Srp);

    private static ServerKeyExchange ReadHint(ref WireReader reader) =>
        // opaque psk_identity_hint<0..2^16-1>;
        new() { PskIdentityHint = reader.Vector16("psk_identity_hint") };

    private static ServerKeyExchange ReadEcParams(ref WireReader reader, ServerKeyExchange message)
    {
        // struct { ECCurveType curve_type; select (curve_type) { case explicit_prime: ...; case explicit_char2: ...;
        //     case named_curve: NamedCurve namedcurve; }; } ECParameters;
        // struct { opaque point <1..2^8-1>; } ECPoint;
        // struct { ECParameters curve_params; ECPoint public; } ServerECDHParams;
        var curveType = new EcCurveType(reader.U8("curve_type"));
        if (curveType == EcCurveType.ExplicitPrime || curveType == EcCurveType.ExplicitChar2)
        {
            var curve = ExplicitCurve.Read(ref reader, curveType);
            var point = reader.Vector8("public", min: 1);
            return message with { CurveType = curveType, ExplicitCurve = curve, PublicKey = point };
        }
        if (curveType != EcCurveType.NamedCurve)
        {
            reader.Reject("curve_type", $"Expected named_curve. Got: {curveType}");
            return message with { CurveType = curveType };
        }
        var namedCurve = new NamedGroup(reader.U16("namedcurve"));
        var publicKey = reader.Vector8("public", min: 1);
        return message with { CurveType = curveType, NamedCurve = namedCurve, PublicKey = publicKey };
    }

    private static ServerKeyExchange ReadDhParams(ref WireReader reader, ServerKeyExchange message)
    {
        // struct { opaque dh_p<1..2^16-1>; opaque dh_g<1..2^16-1>; opaque dh_Ys<1..2^16-1>; } ServerDHParams;
        var prime = reader.Vector16("dh_p", min: 1);
        var generator = reader.Vector16("dh_g", min: 1);
        return message with { Prime = prime, Generator = generator, PublicKey = reader.Vector16("dh_Ys", min: 1) };
    }

    private static ServerKeyExchange ReadSrpParams(ref WireReader reader, ServerKeyExchange message)
    {
        // struct { opaque srp_N<1..2^16-1>; opaque srp_g<1..2^16-1>; opaque srp_s<1..2^8-1>; opaque srp_B<1..2^16-1>; }
        var prime = reader.Vector16("srp_N", min: 1);
        var generator = reader.Vector16("srp_g", min: 1);
        var salt = reader.Vector8("srp_s", min: 1);
        var publicKey = reader.Vector16("srp_B", min: 1);
        return message with { Prime = prime, Generator = generator, Salt = salt, PublicKey = publicKey };
    }

    // A server may send one for a suite that is not of export grade only to break the client's security (FREAK).
    private static ServerKeyExchange ReadRsaParams(ref WireReader reader, ServerKeyExchange message)
    {
        // struct { opaque rsa_modulus<1..2^16-1>; opaque rsa_exponent<1..2^16-1>; } ServerRSAParams;
        var modulus = reader.Vector16("rsa_modulus", min: 1);
        return message with { Modulus = modulus, Exponent = reader.Vector16("rsa_exponent", min: 1) };
    }

    private static ServerKeyExchange ReadSignature(
        ref WireReader reader, in MessageContext context, ServerKeyExchange message)
    {
        // struct { SignatureAndHashAlgorithm algorithm; opaque signature<0..2^16-1>; } DigitallySigned;
        SignatureScheme? scheme = context.NamesSignatureScheme ? new SignatureScheme(reader.U16("algorithm")) : null;
        return message with { Scheme = scheme, Signature = reader.Vector16("signature") };
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        WriteParams(writer);
        if (Signature is not { } signature) return;
        if (Scheme is { } scheme) writer.U16(scheme.Code);
        writer.Vector16(signature.Span, "signature");
    }

    /// <summary>Writes what is signed: everything but the signature.</summary>
    public void WriteParams(WireWriter writer)
    {
        if (PskIdentityHint is { } hint) writer.Vector16(hint.Span, "psk_identity_hint");
        if (CurveType is { } curveType)
        {
            writer.U8(curveType.Code);
            if (ExplicitCurve is { } curve) curve.Write(writer);
            else writer.U16(NamedCurve.GetValueOrDefault().Code);
            writer.Vector8(PublicKey.Span, "public");
        }
        else if (!Prime.IsEmpty)
        {
            writer.Vector16(Prime.Span, "dh_p");
            writer.Vector16(Generator.Span, "dh_g");
            if (Salt is { } salt) writer.Vector8(salt.Span, "srp_s");
            writer.Vector16(PublicKey.Span, "dh_Ys");
        }
        else if (!Modulus.IsEmpty)
        {
            writer.Vector16(Modulus.Span, "rsa_modulus");
            writer.Vector16(Exponent.Span, "rsa_exponent");
        }
    }

    public override string Describe(ITokens tokens)
    {
        var parts = new List<string>();
        if (PskIdentityHint is { } hint) parts.Add($"psk_identity_hint {Printable.Ascii(hint.Span)}");
        if (NamedCurve is { } curve)
            parts.Add($"named_curve {curve}, public {tokens.Token("KeyShare", PublicKey.Span)} ({PublicKey.Length})");
        else if (Group is { } group)
            parts.Add($"{group}, public {tokens.Token("KeyShare", PublicKey.Span)}");
        if (!Modulus.IsEmpty) parts.Add($"ephemeral rsa{WellKnownPrimes.BitLength(Modulus.Span)}");
        if (Scheme is { } scheme) parts.Add(scheme.ToString());
        else if (Signature is not null) parts.Add("signature without scheme");
        return string.Join(", ", parts);
    }
}
