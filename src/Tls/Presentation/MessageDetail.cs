using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation;

/// <summary>What a person looks for first in a message.</summary>
internal static class MessageDetail
{
    private const int MostNames = 4;

    /// <summary>Name of a message; a HelloRetryRequest is one though its type says ServerHello.</summary>
    public static string Name(HandshakeMessage message) =>
        message.Body is ServerHello { IsHelloRetryRequest: true } ? "HelloRetryRequest" : message.Type.ToString();

    /// <summary>One line, with what was found out about the message at its end.</summary>
    public static string Of(HandshakeEvent item)
    {
        var text = item.Message.Body switch
        {
            ClientHello hello => Join(Offer(hello, item.Message.Fault is { Owner: FaultOwner.CutCapture })),
            ServerHello { IsHelloRetryRequest: true } retry => Join(Wish(retry)),
            ServerHello hello => Join(Choice(hello)),
            EncryptedExtensions extensions => Names(extensions.Extensions),
            { } body => body.Describe(ShortHex.Instance),
        };
        if (item.Remark is { } remark) text = text.Length == 0 ? remark : $"{text}, {remark}";
        return text;
    }

    /// <summary>Every field and extension, each a name and a text.</summary>
    public static IEnumerable<(string Name, string Text)> Fields(HandshakeMessage message)
    {
        if (message.Body is ClientHello or ServerHello)
            yield return ("fields", message.Body.Describe(ShortHex.Instance));
        foreach (var field in message.Body.Details(ShortHex.Instance)) yield return field;
        foreach (var extension in message.Body.Extensions)
        {
            yield return (Grease.Label(extension.Type.Code, extension.Type.ToString()),
                extension.Body.Describe(ShortHex.Instance));
        }
    }

    private static IEnumerable<string?> Offer(ClientHello hello, bool isCut)
    {
        var extensions = hello.Extensions;
        var lacksVersions = isCut && !extensions.Has(ExtensionType.SupportedVersions);
        yield return lacksVersions
            ? "versions cut off"
            : string.Join(", ", hello.OfferedVersions.Select(version => version.Number));
        yield return Suites(hello, isCut);
        if (extensions.Find<SupportedGroupsExtension>() is { Groups: var groups })
            yield return $"groups {Some(groups, group => group.Code)}";
        if (extensions.Find<KeyShareExtension>() is { Entries: var shares })
            yield return $"key_share {Some([.. shares.Select(share => share.Group)], group => group.Code)}";
        if (hello.ServerName is { } name) yield return $"server_name {name}";
        if (extensions.Find<AlpnExtension>() is { } alpn) yield return $"alpn {alpn.Describe(ShortHex.Instance)}";
        yield return Resumes(hello, mayBeTls13: lacksVersions);
        if (extensions.Has(ExtensionType.EarlyData)) yield return "early_data";
    }

    private static string Suites(ClientHello hello, bool isCut)
    {
        var suites = hello.CipherSuites;
        if (isCut && suites.Count == 0) return "suites cut off";
        // What stands behind them shows that they are whole.
        var least = isCut && hello.CompressionMethods.Count == 0 ? "at least " : "";
        return $"{least}{Plural.Of(suites.Count, "suite")}: {Some(suites, suite => suite.Code)}";
    }

    // In TLS 1.3 a session_id offers nothing.
    private static string? Resumes(ClientHello hello, bool mayBeTls13) =>
        hello.Extensions.Has(ExtensionType.PreSharedKey) ? "offers a pre-shared key"
        : hello.Extensions.Find<SessionTicketExtension>() is { Ticket.IsEmpty: false } ? "offers a ticket"
        : !hello.SessionId.IsEmpty && !mayBeTls13 && !hello.OfferedVersions.Any(version => version.IsTls13)
            ? "offers a session"
        : null;

    private static IEnumerable<string?> Choice(ServerHello hello)
    {
        yield return hello.Version.ToString();
        yield return hello.CipherSuite.ToString();
        if (hello.Extensions.Find<KeyShareExtension>() is { Entries: [var share, ..] })
            yield return share.Group.ToString();
        if (hello.Extensions.Find<AlpnExtension>() is { } alpn) yield return $"alpn {alpn.Describe(ShortHex.Instance)}";
        if (hello.Extensions.Has(ExtensionType.PreSharedKey)) yield return "by a pre-shared key";
        if (hello.DowngradeSentinel is { } sentinel) yield return $"downgrade sentinel {sentinel.Number}";
        if (hello.CompressionMethod != CompressionMethod.Null) yield return $"compression {hello.CompressionMethod}";
        if (hello.Version.IsTls13) yield break;
        yield return Names(hello.Extensions);
    }

    private static IEnumerable<string?> Wish(ServerHello retry)
    {
        if (retry.Extensions.Find<KeyShareExtension>() is { SelectedGroup: { } group }) yield return $"wants {group}";
        yield return retry.CipherSuite.ToString();
        if (retry.Extensions.Has(ExtensionType.Cookie)) yield return "with a cookie";
    }

    private static string Names(ExtensionList extensions) =>
        string.Join(", ", extensions.Select(item => Grease.Label(item.Type.Code, item.Type.ToString())));

    // Long lists begin with what is preferred.
    private static string Some<T>(IReadOnlyList<T> values, Func<T, ushort> code)
        where T : notnull
    {
        var names = values.Take(MostNames).Select(value => Grease.Label(code(value), value.ToString()!));
        return string.Join(", ", names) + (values.Count > MostNames ? ", …" : "");
    }

    private static string Join(IEnumerable<string?> parts) =>
        string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
}
