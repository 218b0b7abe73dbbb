using System.ComponentModel;
using System.Net;
using System.Runtime.CompilerServices;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation;

/// <summary>A summary as a program reads it. What is not known is left out.</summary>
internal sealed record SummaryDocument
{
    private const double NanosecondsPerMillisecond = 1e6;

    [Description("Number of the connection in its capture, from 1 in the order of first frames")]
    public required int Connection { get; init; }

    [Description("How it went, in one word")]
    public required string Outcome { get; init; }

    [Description("Time of the first frame, RFC 3339 in UTC with nanoseconds")]
    public required string Start { get; init; }

    [Description("From the first frame to the last event")]
    public required double DurationMs { get; init; }

    [Description("Number of the first frame in the capture, from 1")]
    public required long FirstFrame { get; init; }

    public required EndPointDocument Client { get; init; }

    public required EndPointDocument Server { get; init; }

    [Description("Versions that the client offers, best first, without GREASE; up to TLS 1.2 the highest only")]
    public required IReadOnlyList<string> OfferedVersions { get; init; }

    [Description("The negotiated version")]
    public string? Version { get; init; }

    [Description("IANA name of the negotiated suite")]
    public string? CipherSuite { get; init; }

    [Description("IANA name of the group of the key exchange, or 'dh 1024 bits'")]
    public string? Group { get; init; }

    [Description("The scheme by which the server signed")]
    public string? SignatureScheme { get; init; }

    [Description("The name that the client asks for")]
    public string? ServerName { get; init; }

    [Description("The negotiated application protocol")]
    public string? Alpn { get; init; }

    [Description("True if an earlier session goes on: up to TLS 1.2 by its id or a ticket, in TLS 1.3 by a "
        + "pre-shared key that has the age of a ticket")]
    public required bool Resumed { get; init; }

    [Description("True if TLS 1.3 used a pre-shared key without the age of a ticket, as those from elsewhere are; "
        + "missing if not")]
    public bool? PreSharedKey { get; init; }

    [Description("What was sent, in order: '|' where the other end begins to speak (the client is first), "
        + "'*' encrypted and not opened, '?' with a fault, 'x3' three of them")]
    public required string Messages { get; init; }

    public required IReadOnlyList<AlertDocument> Alerts { get; init; }

    [Description("The server's own certificate")]
    public CertificateDocument? Certificate { get; init; }

    [Description("True if the server sent a certificate that can't be read; missing if not")]
    public bool? CertificateUnreadable { get; init; }

    [Description("How much of what was encrypted could be read: all, part, none, nothing_protected")]
    public required string Decrypted { get; init; }

    [Description("Records that were encrypted")]
    public required long ProtectedRecords { get; init; }

    [Description("Those of them that the secrets at hand open")]
    public required long OpenedRecords { get; init; }

    [Description("Octets of the client's TCP stream that the capture holds")]
    public required long ClientOctets { get; init; }

    [Description("Octets of the server's TCP stream that the capture holds")]
    public required long ServerOctets { get; init; }

    [Description("Octets of both streams that the capture lacks; missing if there are none")]
    public long? MissingOctets { get; init; }

    public string? Ja3 { get; init; }

    public string? Ja3s { get; init; }

    public string? Ja4 { get; init; }

    public string? Ja4s { get; init; }

    [Description("What the rules found; missing if they were not asked")]
    public IReadOnlyList<FindingDocument>? Findings { get; init; }

    public static SummaryDocument Of(ConnectionSummary summary)
    {
        var (info, facts, prints) = (summary.Info, summary.Facts, summary.Fingerprints);
        var missing = summary.FromClient.MissingOctets + summary.FromServer.MissingOctets;
        return new()
        {
            Connection = info.Number,
            Outcome = summary.Outcome.Word(),
            Start = CaptureTime.Rfc3339(info.FirstFrame.UnixNanoseconds),
            DurationMs = summary.DurationNanoseconds / NanosecondsPerMillisecond,
            FirstFrame = info.FirstFrame.Number,
            Client = EndPointDocument.Of(info.Client),
            Server = EndPointDocument.Of(info.Server),
            OfferedVersions = Names(facts.OfferedVersions),
            Version = facts.Version?.ToString(),
            CipherSuite = facts.Suite is { } suite ? CodePoints.IanaName(suite) : null,
            Group = facts.Group,
            SignatureScheme = facts.SignatureScheme,
            ServerName = facts.ServerName,
            Alpn = facts.Alpn,
            Resumed = facts.IsResumed,
            PreSharedKey = facts.IsByPreSharedKey ? true : null,
            Messages = summary.Messages,
            Alerts = AlertDocument.Of(summary.Alerts),
            Certificate = CertificateDocument.Of(summary.Certificate),
            CertificateUnreadable = facts.HasUnreadableCertificate ? true : null,
            Decrypted = summary.Decrypted,
            ProtectedRecords = summary.ProtectedRecords,
            OpenedRecords = summary.OpenedRecords,
            ClientOctets = summary.FromClient.Octets,
            ServerOctets = summary.FromServer.Octets,
            MissingOctets = missing > 0 ? missing : null,
            Ja3 = prints.Ja3,
            Ja3s = prints.Ja3S,
            Ja4 = prints.Ja4,
            Ja4s = prints.Ja4S,
            Findings = summary.Findings is { } findings ? FindingDocument.Of(findings) : null,
        };
    }

    private static string[] Names(IReadOnlyList<ProtocolVersion> versions)
    {
        var count = 0;
        var names = new string[versions.Count];
        for (var i = 0; i < versions.Count; i++)
            if (!Grease.Is(versions[i].Code)) names[count++] = versions[i].ToString();
        return count == names.Length ? names : names[..count];
    }
}

/// <summary>One end of a connection.</summary>
internal sealed record EndPointDocument(string Address, int Port)
{
    public static EndPointDocument Of(IPEndPoint end) => new(end.Address.ToString(), end.Port);
}

/// <summary>An alert that could be read.</summary>
internal sealed record AlertDocument(
    [property: Description("Who sent it: client or server")] string From,
    string Level,
    string Description,
    byte Code,
    [property: Description("Frame that completed it")] long Frame)
{
    public static IReadOnlyList<AlertDocument> Of(IReadOnlyList<AlertEvent> alerts)
    {
        if (alerts.Count == 0) return [];
        var documents = new AlertDocument[alerts.Count];
        for (var i = 0; i < documents.Length; i++)
        {
            var (level, description) = alerts[i].Alert;
            documents[i] = new(SummaryText.Sender(alerts[i].Direction), level.ToString(), description.ToString(),
                description.Code, alerts[i].At.Number);
        }
        return documents;
    }
}

/// <summary>What a certificate says of itself.</summary>
internal sealed record CertificateDocument(
    [property: Description("Distinguished name of the subject")] string Subject,
    [property: Description("Distinguished name of the issuer")] string Issuer,
    [property: Description("Kind and size of the key")] string Key,
    string NotBefore,
    string NotAfter)
{
    // A server sends the same certificate in each handshake, and it is read once.
    private static readonly ConditionalWeakTable<CertificateSummary, CertificateDocument> Known = [];

    public static CertificateDocument? Of(CertificateSummary? certificate) =>
        certificate is null ? null : Known.GetValue(certificate, Make);

    private static CertificateDocument Make(CertificateSummary certificate) =>
        new(certificate.Subject, certificate.Issuer, certificate.Key, Day(certificate.NotBefore),
            Day(certificate.NotAfter));

    private static string Day(DateTimeOffset time) => $"{time.UtcDateTime:s}Z";
}
