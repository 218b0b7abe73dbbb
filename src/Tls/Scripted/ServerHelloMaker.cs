using Org.BouncyCastle.Security;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>Makes what a server says of its choices.</summary>
/// <param name="options">Profile and configuration.</param>
/// <param name="preferences">What it could have chosen.</param>
/// <param name="random">Where its random numbers come from.</param>
internal sealed class ServerHelloMaker(ServerOptions options, ServerPreferences preferences, SecureRandom random)
{
    /// <summary>ServerHello.</summary>
    /// <param name="hello">What it answers.</param>
    /// <param name="choice">What was chosen.</param>
    /// <param name="share">The public key of TLS 1.3, or null.</param>
    /// <param name="isResumed">True if it goes on with a session.</param>
    /// <param name="sessionId">The session id; in TLS 1.3 it is an echo instead.</param>
    /// <param name="givesTicket">True if a client that takes tickets gets one.</param>
    public ServerHello Hello(
        ClientHello hello, ServerChoice choice, byte[]? share, bool isResumed, ReadOnlyMemory<byte> sessionId,
        bool givesTicket)
    {
        var extensions = share is not null
            ? Extensions13(choice, share, isResumed)
            : [.. Extensions12(hello, choice, isResumed, givesTicket)];
        return new(
            choice.Version.IsTls13 ? ProtocolVersion.Tls12 : choice.Version,
            Random(choice.Version),
            choice.Version.IsTls13 ? hello.SessionId : sessionId,
            new CipherSuite(choice.Suite.Code),
            CompressionMethod.Null,
            extensions.Count == 0 ? ExtensionList.Absent : ExtensionList.Of(extensions));
    }

    /// <summary>HelloRetryRequest, which wants a share of the group.</summary>
    public static ServerHello Retry(ClientHello hello, ServerChoice choice) => new(
        ProtocolVersion.Tls12, ServerHello.RetryRandom, hello.SessionId, new CipherSuite(choice.Suite.Code),
        CompressionMethod.Null,
        ExtensionList.Of([
            Extension.Of(ExtensionType.SupportedVersions, new SupportedVersionsExtension([choice.Version]),
                ExtensionPlace.HelloRetryRequest),
            Extension.Of(ExtensionType.KeyShare, new KeyShareExtension([], choice.Group),
                ExtensionPlace.HelloRetryRequest),
        ]));

    /// <summary>EncryptedExtensions.</summary>
    public EncryptedExtensions Encrypted(ClientHello hello) => new(ExtensionList.Of(
        Answers(hello, ExtensionType.ServerName)
            ? [Extension.Of(ExtensionType.ServerName, new EmptyExtension(), ExtensionPlace.EncryptedExtensions)]
            : []));

    /// <summary>The signature schemes that it takes of clients in a version.</summary>
    public static IEnumerable<SignatureScheme> Schemes(ProtocolVersion version) => PlainProfile.Schemes
        .Where(name => !version.IsTls13 || !name.StartsWith("rsa_pkcs1", StringComparison.Ordinal))
        .Select(name => new SignatureScheme(SignatureSchemes.Find(name)!.Code));

    private static List<Extension> Extensions13(ServerChoice choice, byte[] share, bool isResumed)
    {
        List<(ExtensionType, ExtensionBody)> made =
        [
            (ExtensionType.SupportedVersions, new SupportedVersionsExtension([choice.Version])),
            (ExtensionType.KeyShare, new KeyShareExtension([new(choice.Group!.Value, share)], SelectedGroup: null)),
        ];
        // RFC 8446, Section 4.2.11: the first identity is the one that is looked for.
        if (isResumed) made.Add((ExtensionType.PreSharedKey, new PreSharedKeyExtension([], [], SelectedIdentity: 0)));
        return [.. made.Select(item => Extension.Of(item.Item1, item.Item2, ExtensionPlace.ServerHello))];
    }

    private IEnumerable<Extension> Extensions12(
        ClientHello hello, ServerChoice choice, bool isResumed, bool givesTicket)
    {
        Extension Made(ExtensionType type, ExtensionBody body) => Extension.Of(type, body, ExtensionPlace.ServerHello);
        // RFC 6066, Section 3: a server that resumes says nothing of the name.
        if (!isResumed && Answers(hello, ExtensionType.ServerName))
            yield return Made(ExtensionType.ServerName, new EmptyExtension());
        if (Answers(hello, ExtensionType.RenegotiationInfo)
            || (Knows(ExtensionType.RenegotiationInfo)
                && hello.CipherSuites.Contains(CipherSuite.EmptyRenegotiationInfoScsv)))
            yield return Made(ExtensionType.RenegotiationInfo, new RenegotiationInfoExtension(default));
        if (choice.Suite.KeyExchange == KeyExchangeAlgorithm.Ecdhe && Answers(hello, ExtensionType.EcPointFormats))
            yield return Made(ExtensionType.EcPointFormats, new EcPointFormatsExtension([new(0)]));
        if (Answers(hello, ExtensionType.ExtendedMasterSecret))
            yield return Made(ExtensionType.ExtendedMasterSecret, new EmptyExtension());
        // RFC 7366, Section 3
        if (choice.Suite.Mode == CipherMode.Cbc && Answers(hello, ExtensionType.EncryptThenMac))
            yield return Made(ExtensionType.EncryptThenMac, new EmptyExtension());
        if (givesTicket && !isResumed && Answers(hello, ExtensionType.SessionTicket))
            yield return Made(ExtensionType.SessionTicket, new SessionTicketExtension(default));
    }

    private bool Answers(ClientHello hello, ExtensionType type) => Knows(type) && hello.Extensions.Has(type);

    private bool Knows(ExtensionType type) => options.Profile.Extensions?.Contains(type) ?? true;

    // RFC 8446, Section 4.1.3: who has TLS 1.2 or 1.3, and could have spoken a newer version, says so.
    private byte[] Random(ProtocolVersion version)
    {
        var octets = SecureRandom.GetNextBytes(random, 32);
        var newest = preferences.Versions.Max();
        ReadOnlySpan<byte> sentinel = newest.IsTls13 && version == ProtocolVersion.Tls12 ? "DOWNGRD\x01"u8
            : newest >= ProtocolVersion.Tls12 && version < ProtocolVersion.Tls12 ? "DOWNGRD\x00"u8
            : [];
        sentinel.CopyTo(octets.AsSpan(octets.Length - sentinel.Length));
        return octets;
    }
}
