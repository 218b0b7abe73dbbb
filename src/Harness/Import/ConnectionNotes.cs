using System.Globalization;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>Takes down what a report tells of a connection, in its order.</summary>
/// <param name="form">What kind of text or file it stands in.</param>
/// <param name="number">Its number in the file.</param>
internal sealed class ConnectionNotes(string form, int number)
{
    private const int MostSteps = 200;
    private const int MostSentences = 20;
    private const int MostCertificates = 20;

    // RFC 8446, Section 4; RFC 5246, Section 7.4: the other types may be either end's.
    private static readonly HandshakeType[] OfClients =
        [HandshakeType.ClientHello, HandshakeType.EndOfEarlyData, HandshakeType.ClientKeyExchange];

    private static readonly HandshakeType[] OfServers =
    [
        HandshakeType.HelloRequest, HandshakeType.ServerHello, HandshakeType.NewSessionTicket,
        HandshakeType.EncryptedExtensions, HandshakeType.ServerKeyExchange, HandshakeType.CertificateRequest,
        HandshakeType.ServerHelloDone, HandshakeType.CertificateStatus,
    ];

    private readonly List<ImportedStep> _steps = [];
    private readonly List<string> _guesses = [];
    private readonly List<string> _remarks = [];
    private CertificateSummary? _leaf;

    /// <summary>Its number in the file, from 1.</summary>
    public int Number => number;

    /// <summary>Who talked to whom, for lists; empty if the report does not tell.</summary>
    public string Label { get; init; } = "";

    /// <summary>When it began; null if the report does not tell.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The first ClientHello.</summary>
    public ImportedHello? Hello { get; set; }

    /// <summary>The server's choice.</summary>
    public ImportedAnswer Answer { get; set; } = new();

    /// <summary>True if anything of TLS was sent.</summary>
    public bool HasSteps => _steps.Exists(step => step.What is not ("FIN" or "RST"));

    /// <summary>What later messages are read with.</summary>
    public MessageContext Context { get; private set; }

    /// <summary>A handshake message whose octets are known.</summary>
    /// <param name="from">Who sent it; null to tell by its type.</param>
    /// <param name="message">The message.</param>
    /// <param name="recordVersion">Version of its record's header, if that is known.</param>
    public void Take(Direction? from, HandshakeMessage message, ProtocolVersion? recordVersion = null)
    {
        switch (message.Body)
        {
            case ClientHello hello when Hello is null:
                Take(message, hello, recordVersion);
                break;
            case ServerHello { IsHelloRetryRequest: true }:
                Answer = Answer with { HasHelloRetryRequest = true };
                break;
            case ServerHello hello when Answer.Version is null && message.Fault is null:
                Take(hello);
                break;
            case EncryptedExtensions extensions:
                Answer = Answer with { Alpn = AlpnOf(extensions.Extensions) };
                break;
            case ServerKeyExchange exchange:
                Answer = Answer with { Group = Answer.Group ?? exchange.Group };
                break;
            case Certificate { Entries: var entries } when from != Direction.ClientToServer
                                                          && Answer.Certificates.Count == 0:
                _leaf = entries is [{ Summary: var summary }, ..] ? summary : null;
                Answer = Answer with
                {
                    Certificates = [.. entries.Select(entry => Name(entry.Summary))],
                };
                break;
        }
        Step(from ?? SenderOf(message.Type), message.Body is ServerHello { IsHelloRetryRequest: true }
            ? "HelloRetryRequest"
            : message.Type.ToString());
    }

    /// <summary>An alert.</summary>
    public void Take(Direction? from, Alert alert) => Add(new(from, $"alert {alert}")
    {
        Alert = alert, IsEnd = alert.IsFatal || alert.Description == AlertDescription.CloseNotify,
    });

    /// <summary>Something else that an end sent; the same again is one step.</summary>
    public void Step(Direction? from, string what)
    {
        if (_steps is not [.., var last] || last.From != from || last.What != what) Add(new(from, what));
    }

    /// <summary>The end of a direction.</summary>
    public void End(Direction? from, string how) => Add(new(from, how) { IsEnd = true });

    /// <summary>Whom the server's next certificate is for, where a text tells it.</summary>
    public void Certificate(string subject)
    {
        if (Answer.Certificates.Count < MostCertificates)
            Answer = Answer with { Certificates = [.. Answer.Certificates, subject] };
        else Remark($"the server sent more than {MostCertificates} certificates: the others are left out");
    }

    /// <summary>What the report does not say and is taken from elsewhere.</summary>
    public void Guess(string sentence) => Add(_guesses, sentence);

    /// <summary>What is odd, or could not be used.</summary>
    public void Remark(string sentence) => Add(_remarks, sentence);

    /// <summary>All of it.</summary>
    /// <param name="name">Name of the profile.</param>
    public ImportedConnection Done(string name)
    {
        var profile = Hello is null ? null : HelloProfile.Of(Hello, name, this);
        return new()
        {
            Form = form,
            Number = number,
            Hello = Hello,
            Answer = Answer,
            Steps = _steps,
            Findings = ClientBehaviour.Of(
                _steps, _leaf is null ? null : new(_leaf, Answer.Certificates.Count, At, Hello?.ServerName)),
            Guesses = _guesses,
            Remarks = _remarks,
            Profile = profile,
        };
    }

    private void Take(HandshakeMessage message, ClientHello hello, ProtocolVersion? recordVersion)
    {
        if (message.Fault is { } fault)
        {
            Remark($"the ClientHello can't be read from its octet {fault.Offset} on, {fault.Field}. {fault.Detail}");
            if (fault.Kind == WireFaultKind.Truncated
                && CutHello.Of(message.Bytes, Context) is { Body: ClientHello { Extensions.Count: var count } whole })
            {
                Guess($"the ClientHello is cut behind {Plural.Of(count, "extension")}: the profile lacks the others");
                hello = whole;
            }
        }
        Hello = Sent(hello, recordVersion) with { Incomplete = PartOfHello.In(message) };
    }

    private void Take(ServerHello hello)
    {
        Context = new(hello.Version, hello.CipherSuite.Info);
        Answer = Answer with
        {
            Version = hello.Version,
            Suite = hello.CipherSuite,
            Group = hello.Extensions.Find<KeyShareExtension>() is { Entries: [var share, ..] }
                ? share.Group.ToString()
                : Answer.Group,
            Alpn = AlpnOf(hello.Extensions),
        };
    }

    private string? AlpnOf(ExtensionList extensions) =>
        extensions.Find<AlpnExtension>()?.Names.FirstOrDefault() ?? Answer.Alpn;

    private void Add(ImportedStep step)
    {
        if (_steps.Count < MostSteps) _steps.Add(step);
    }

    private static void Add(List<string> sentences, string sentence)
    {
        if (sentences.Count < MostSentences && !sentences.Contains(sentence)) sentences.Add(sentence);
    }

    private static string Name(CertificateSummary? leaf) => leaf is null
        ? "a certificate that can't be read"
        : string.Create(CultureInfo.InvariantCulture,
            $"{leaf.CommonName ?? leaf.Subject} ({leaf.Key}, "
                + $"{leaf.NotBefore:yyyy-MM-dd} to {leaf.NotAfter:yyyy-MM-dd})");

    private static ImportedHello Sent(ClientHello hello, ProtocolVersion? recordVersion)
    {
        var shape = HelloShape.Of(hello, recordVersion ?? default);
        return new()
        {
            Version = shape.Version,
            RecordVersion = recordVersion,
            SessionIdLength = shape.SessionIdLength,
            Suites = shape.Suites,
            CompressionMethods = shape.CompressionMethods,
            Extensions = shape.Extensions,
            ServerName = hello.ServerName,
            Sent = hello,
        };
    }

    private static Direction? SenderOf(HandshakeType type) =>
        OfClients.Contains(type) ? Direction.ClientToServer
        : OfServers.Contains(type) ? Direction.ServerToClient
        : null;
}
