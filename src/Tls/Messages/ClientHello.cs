using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>The client's offer.</summary>
/// <param name="LegacyVersion">
/// The highest version offered, up to 1.2 (TLS 1.3 offers itself in supported_versions).
/// </param>
/// <param name="Random">32 octets.</param>
/// <param name="SessionId">The session to resume, or a random value for middleboxes, or nothing.</param>
/// <param name="CipherSuites">In order of preference, signalling values and GREASE included.</param>
/// <param name="CompressionMethods">In order of preference.</param>
/// <param name="ExtensionList">In wire order.</param>
/// <remarks>RFC 8446, Section 4.1.2; RFC 5246, Section 7.4.1.2.</remarks>
public sealed record ClientHello(
    ProtocolVersion LegacyVersion,
    ReadOnlyMemory<byte> Random,
    ReadOnlyMemory<byte> SessionId,
    IReadOnlyList<CipherSuite> CipherSuites,
    IReadOnlyList<CompressionMethod> CompressionMethods,
    ExtensionList ExtensionList) : HandshakeBody
{
    public override ExtensionList Extensions => ExtensionList;

    /// <summary>The versions offered, best first: supported_versions, or legacy_version alone.</summary>
    public IReadOnlyList<ProtocolVersion> OfferedVersions =>
        Extensions.Find<SupportedVersionsExtension>()?.Versions ?? [LegacyVersion];

    /// <summary>The host name of server_name, or null.</summary>
    public string? ServerName =>
        Extensions.Find<ServerNameExtension>() is { HostNames: [var name, ..] } ? name : null;

    public static ClientHello Read(ref WireReader reader, in MessageContext context)
    {
        // struct {
        //     ProtocolVersion legacy_version = 0x0303;
        //     Random random;
        //     opaque legacy_session_id<0..32>;
        //     CipherSuite cipher_suites<2..2^16-2>;
        //     opaque legacy_compression_methods<1..2^8-1>;
        //     Extension extensions<8..2^16-1>;
        // } ClientHello;
        var legacyVersion = new ProtocolVersion(reader.U16("legacy_version"));
        var random = reader.Take(32, "random");
        var sessionId = reader.Vector8("legacy_session_id", max: 32);
        var suites = reader.List16("cipher_suites", min: 2, max: 0xfffe);
        var cipherSuites = RecentSuites.Read(ref suites);
        var methods = reader.List8("legacy_compression_methods", min: 1);
        var compressionMethods = new List<CompressionMethod>(methods.Remaining);
        while (methods.More) compressionMethods.Add(new(methods.U8("compression_method")));
        var extensions = ExtensionList.ReadOptional(ref reader, ExtensionPlace.ClientHello);
        reader.End("ClientHello");
        return new(legacyVersion, random, sessionId, cipherSuites, compressionMethods, extensions);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.U16(LegacyVersion.Code);
        writer.Opaque(Random.Span);
        writer.Vector8(SessionId.Span, "legacy_session_id");
        using (writer.List16("cipher_suites"))
            foreach (var suite in CipherSuites) writer.U16(suite.Code);
        using (writer.List8("legacy_compression_methods"))
            foreach (var method in CompressionMethods) writer.U8(method.Code);
        ExtensionList.Write(writer, ExtensionPlace.ClientHello);
    }

    public override string Describe(ITokens tokens) =>
        $"legacy_version {LegacyVersion.Number}, random {tokens.Token("Random", Random.Span)}, "
        + $"{SessionIdText(SessionId, tokens)}, compression {string.Join(", ", CompressionMethods)}";

    public override IEnumerable<(string Name, string Text)> Details(ITokens tokens) =>
        [("cipher_suites",
            string.Join(", ", CipherSuites.Select(suite => Grease.Label(suite.Code, suite.ToString()))))];

    internal static string SessionIdText(ReadOnlyMemory<byte> sessionId, ITokens tokens) => sessionId.IsEmpty
        ? "session_id empty"
        : $"session_id {sessionId.Length} bytes {tokens.Token("SessionId", sessionId.Span)}";
}
