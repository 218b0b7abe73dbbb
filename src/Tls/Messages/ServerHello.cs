using System.Security.Cryptography;

using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>The server's choice, or (as HelloRetryRequest) its wish for another ClientHello.</summary>
/// <param name="LegacyVersion">The negotiated version up to 1.2.</param>
/// <param name="Random">32 octets.</param>
/// <param name="SessionId">The session that is resumed or may be later; in TLS 1.3 an echo.</param>
/// <param name="CipherSuite">The chosen suite.</param>
/// <param name="CompressionMethod">The chosen compression.</param>
/// <param name="ExtensionList">In wire order.</param>
/// <remarks>RFC 8446, Section 4.1.3; RFC 5246, Section 7.4.1.3.</remarks>
public sealed record ServerHello(
    ProtocolVersion LegacyVersion,
    ReadOnlyMemory<byte> Random,
    ReadOnlyMemory<byte> SessionId,
    CipherSuite CipherSuite,
    CompressionMethod CompressionMethod,
    ExtensionList ExtensionList) : HandshakeBody
{
    private static readonly byte[] HelloRetryRequestRandom = SHA256.HashData("HelloRetryRequest"u8);

    /// <summary>The random that makes it a HelloRetryRequest (RFC 8446, Section 4.1.3).</summary>
    public static ReadOnlyMemory<byte> RetryRandom => HelloRetryRequestRandom;

    public override ExtensionList Extensions => ExtensionList;

    /// <summary>The negotiated version: supported_versions if it is there, else legacy_version.</summary>
    public ProtocolVersion Version =>
        Extensions.Find<SupportedVersionsExtension>() is { Versions: [var selected, ..] } ? selected : LegacyVersion;

    /// <summary>True if the random is the one that makes it a HelloRetryRequest.</summary>
    public bool IsHelloRetryRequest => Random.Span.SequenceEqual(HelloRetryRequestRandom);

    /// <summary>The version below which a capable server says it was pushed down, or null.</summary>
    public ProtocolVersion? DowngradeSentinel =>
        // RFC 8446, Section 4.1.3
        Random.Span.EndsWith("DOWNGRD\x01"u8) ? ProtocolVersion.Tls12
        : Random.Span.EndsWith("DOWNGRD\x00"u8) ? ProtocolVersion.Tls11
        : null;

    // Drafts of TLS 1.3 before the 22nd had neither legacy_session_id_echo nor legacy_compression_method.
    private static bool IsShort(ProtocolVersion version) => version.Code is >= 0x7f00 and < 0x7f16;

    private static ExtensionPlace PlaceOf(ReadOnlyMemory<byte> random) =>
        random.Span.SequenceEqual(HelloRetryRequestRandom)
            ? ExtensionPlace.HelloRetryRequest
            : ExtensionPlace.ServerHello;

    public static ServerHello Read(ref WireReader reader, in MessageContext context)
    {
        // struct {
        //     ProtocolVersion legacy_version = 0x0303;
        //     Random random;
        //     opaque legacy_session_id_echo<0..32>;
        //     CipherSuite cipher_suite;
        //     uint8 legacy_compression_method = 0;
        //     Extension extensions<6..2^16-1>;
        // } ServerHello;
        var legacyVersion = new ProtocolVersion(reader.U16("legacy_version"));
        var random = reader.Take(32, "random");
        var isShort = IsShort(legacyVersion);
        var sessionId = isShort ? default : reader.Vector8("legacy_session_id_echo", max: 32);
        var cipherSuite = new CipherSuite(reader.U16("cipher_suite"));
        var compressionMethod =
            isShort ? CompressionMethod.Null : new CompressionMethod(reader.U8("legacy_compression_method"));
        var extensions = ExtensionList.ReadOptional(ref reader, PlaceOf(random));
        reader.End("ServerHello");
        return new(legacyVersion, random, sessionId, cipherSuite, compressionMethod, extensions);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.U16(LegacyVersion.Code);
        writer.Opaque(Random.Span);
        var isShort = IsShort(LegacyVersion);
        if (!isShort) writer.Vector8(SessionId.Span, "legacy_session_id_echo");
        writer.U16(CipherSuite.Code);
        if (!isShort) writer.U8(CompressionMethod.Code);
        ExtensionList.Write(writer, PlaceOf(Random));
    }

    public override string Describe(ITokens tokens)
    {
        var random = IsHelloRetryRequest ? "" : $", random {tokens.Token("Random", Random.Span)}";
        if (DowngradeSentinel is { } sentinel) random += $" (downgrade sentinel {sentinel.Number})";
        var compression = CompressionMethod == CompressionMethod.Null ? "" : $", compression {CompressionMethod}";
        return $"{LegacyVersion.Number}{random}, {ClientHello.SessionIdText(SessionId, tokens)}, "
            + $"{CipherSuite}{compression}";
    }
}
