using FsCheck;
using FsCheck.Fluent;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.RoundTrip;

/// <summary>Arbitrary well-formed messages.</summary>
internal static class ArbitraryMessages
{
    private static readonly MessageContext Tls12 =
        new(ProtocolVersion.Tls12, CipherSuites.Find("RSA_WITH_AES_128_CBC_SHA"));

    private static readonly MessageContext Tls13 = new(ProtocolVersion.Tls13, CipherSuites.Find("AES_128_GCM_SHA256"));

    private static readonly Gen<ReadOnlyMemory<byte>> Random = Arbitrary.Octets(min: 32, max: 32);

    private static readonly Gen<ReadOnlyMemory<byte>> Opaque = Arbitrary.Octets(max: 2000);

    public static Gen<ArbitraryMessage> ClientHello { get; } =
        from version in Arbitrary.ProtocolVersion
        from random in Random
        from sessionId in Arbitrary.Octets(max: 32)
        from suites in Arbitrary.List(Arbitrary.CipherSuite, min: 1)
        from methods in Arbitrary.List(Arbitrary.U8, min: 1)
        from extensions in ArbitraryExtensions.OptionalList(ExtensionPlace.ClientHello)
        select new ArbitraryMessage(HandshakeType.ClientHello, default, new ClientHello(version, random, sessionId,
            suites, [.. methods.Select(code => new CompressionMethod(code))], extensions));

    public static Gen<ArbitraryMessage> ServerHello { get; } =
        from version in Arbitrary.ProtocolVersion
        from random in Random
        from sessionId in Arbitrary.Octets(max: 32)
        from suite in Arbitrary.CipherSuite
        from method in Arbitrary.U8
        from extensions in ArbitraryExtensions.OptionalList(ExtensionPlace.ServerHello)
        select new ArbitraryMessage(HandshakeType.ServerHello, default,
            new ServerHello(version, random, sessionId, suite, new(method), extensions));

    public static Gen<ArbitraryMessage> Certificate12 { get; } =
        from chain in Arbitrary.List(Arbitrary.Octets(min: 1, max: 2000))
        select new ArbitraryMessage(HandshakeType.Certificate, Tls12,
            new Certificate(null, [.. chain.Select(data => Entry(data, ExtensionList.Absent))]));

    public static Gen<ArbitraryMessage> Certificate13 { get; } =
        from context in Arbitrary.Octets(max: 255)
        from entries in Arbitrary.List(
            Arbitrary.Octets(min: 1, max: 2000).Zip(ArbitraryExtensions.List(ExtensionPlace.Certificate), Entry))
        select new ArbitraryMessage(HandshakeType.Certificate, Tls13, new Certificate(context, entries));

    public static Gen<ArbitraryMessage> EncryptedExtensions { get; } =
        from extensions in ArbitraryExtensions.List(ExtensionPlace.EncryptedExtensions)
        select new ArbitraryMessage(
            HandshakeType.EncryptedExtensions, Tls13, new EncryptedExtensions(extensions));

    public static Gen<ArbitraryMessage> CertificateRequest12 { get; } =
        from types in Arbitrary.List(Arbitrary.U8, min: 1)
        from schemes in Arbitrary.List(Arbitrary.SignatureScheme, min: 1)
        from authorities in Arbitrary.List(Arbitrary.Octets(min: 1))
        select new ArbitraryMessage(HandshakeType.CertificateRequest, Tls12, new CertificateRequest(null,
            [.. types.Select(code => new ClientCertificateType(code))], schemes, authorities, ExtensionList.Absent));

    public static Gen<ArbitraryMessage> CertificateRequest13 { get; } =
        from context in Arbitrary.Octets(max: 255)
        from extensions in ArbitraryExtensions.List(ExtensionPlace.CertificateRequest)
        select new ArbitraryMessage(
            HandshakeType.CertificateRequest, Tls13, new CertificateRequest(context, [], [], [], extensions));

    public static Gen<ArbitraryMessage> NewSessionTicket12 { get; } =
        from lifetime in Arbitrary.U32
        from ticket in Opaque
        select new ArbitraryMessage(HandshakeType.NewSessionTicket, Tls12,
            new NewSessionTicket(lifetime, AgeAdd: null, Nonce: default, ticket, ExtensionList.Absent));

    public static Gen<ArbitraryMessage> NewSessionTicket13 { get; } =
        from lifetime in Arbitrary.U32
        from ageAdd in Arbitrary.U32
        from nonce in Arbitrary.Octets(max: 255)
        from ticket in Arbitrary.Octets(min: 1, max: 2000)
        from extensions in ArbitraryExtensions.List(ExtensionPlace.NewSessionTicket)
        select new ArbitraryMessage(HandshakeType.NewSessionTicket, Tls13,
            new NewSessionTicket(lifetime, ageAdd, nonce, ticket, extensions));

    public static Gen<ArbitraryMessage> CertificateVerify { get; } =
        from scheme in Arbitrary.SignatureScheme
        from signature in Opaque
        select new ArbitraryMessage(HandshakeType.CertificateVerify, Tls13, new CertificateVerify(scheme, signature));

    public static Gen<ArbitraryMessage> ServerKeyExchange { get; } =
        from curve in Arbitrary.NamedGroup
        from key in Arbitrary.Octets(min: 1, max: 255)
        from scheme in Arbitrary.SignatureScheme
        from signature in Opaque
        select new ArbitraryMessage(HandshakeType.ServerKeyExchange,
            new(ProtocolVersion.Tls12, CipherSuites.Find("ECDHE_RSA_WITH_AES_128_GCM_SHA256")),
            new ServerKeyExchange
            {
                CurveType = EcCurveType.NamedCurve, NamedCurve = curve, PublicKey = key,
                Params = (byte[])[3, (byte)(curve.Code >> 8), (byte)curve.Code, (byte)key.Length, .. key.Span],
                Scheme = scheme, Signature = signature,
            });

    /// <summary>Any of them.</summary>
    public static Gen<ArbitraryMessage> Any { get; } = Gen.OneOf(
        ClientHello, ServerHello, Certificate12, Certificate13, EncryptedExtensions, CertificateRequest12,
        CertificateRequest13, NewSessionTicket12, NewSessionTicket13, CertificateVerify, ServerKeyExchange);

    private static CertificateEntry Entry(ReadOnlyMemory<byte> data, ExtensionList extensions) =>
        new(data, CertificateSummary.TryRead(data), extensions);
}
