using System.Net.Security;
using System.Text.RegularExpressions;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Workers;

/// <summary>Reads what a request asks of a stack.</summary>
internal sealed class RequestReader(ITlsClientStack stack)
{
    /// <summary>Why a request makes no sense, or null.</summary>
    public static string? BadRequest(WorkerRequest request)
    {
        if (string.IsNullOrEmpty(request.Host)) return "\"host\" is missing";
        if (request.Port is < 1 or > 65535) return "\"port\" is a number from 1 to 65535";
        if (request.Ca is not null && !File.Exists(request.Ca)) return $"\"ca\": there is no file {request.Ca}";
        if (request.DeadlineMilliseconds < 1) return "\"deadlineMilliseconds\" is a positive number";
        // JSON can say null where the type cannot.
        if (request.Conversation is null || request.Conversation.Contains(null!))
            return "\"conversation\" is a list of steps";
        if (request.Asks is null || request.Asks.Values.Contains(null!))
            return "\"asks\" is a list of names and values";
        if (request.Visits is < 1 or > 2) return "\"visits\" is 1 or 2";
        foreach (var step in request.Conversation)
        {
            if (step.Fault is { } fault) return fault;
            if (step.Command is { } command) return $"there is no command '{command}'";
            if (step.Finish) return "there is no way to end one half of a connection";
            if (step.Expect is not { } pattern) continue;
            try
            {
                _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            }
            catch (ArgumentException wrong)
            {
                return $"\"expect\": {wrong.Message}";
            }
        }
        return null;
    }

    /// <summary>Why the stack can't do what is asked, or null; then there is what it is to offer.</summary>
    public string? Unsupported(WorkerRequest request, out ClientOffer? offer)
    {
        offer = null;
        ProtocolVersion? version = null;
        if (request.Version is { } versionName)
        {
            if (!ProtocolVersion.TryParse(versionName, out var known)) return $"unknown version '{versionName}'";
            if (!stack.Offers(known)) return $"{stack.Version} does not offer {known}";
            version = known;
        }
        ushort? suite = null;
        if (request.Suite is { } suiteName)
        {
            suite = SuiteCode(suiteName);
            if (suite is null) return $"unknown suite '{suiteName}'";
            if (!stack.CanChooseSuite) return $"{stack.Version} cannot be told which suite to offer on this system";
            if (version is { } at && !stack.Offers(at, suite.Value))
                return $"{stack.Version} does not offer {suiteName} with {at}";
        }
        if (request.Group is { } group && !stack.Groups.Contains(group, StringComparer.Ordinal))
        {
            return $"{stack.Version} cannot be told to offer group {group}"
                + (stack.Groups.Count == 0 ? "" : ", only " + string.Join(", ", stack.Groups));
        }
        if (request.StartTls is { } protocol && !StartTls.IsKnown(protocol))
            return $"unknown STARTTLS protocol '{protocol}'";
        if (request.Quirk is { } quirk)
        {
            if (!stack.HasQuirks) return $"{stack.Version} has no quirks: it is not scripted";
            if (AllQuirks.Find(quirk) is null) return $"unknown quirk '{quirk}'";
        }
        foreach (var (name, value) in request.Asks)
        {
            if (!stack.Obeys.TryGetValue(name, out var values)) return $"{stack.Version} has no way to ask for {name}";
            if (values.Count > 0 && !values.Contains(value))
                return $"{stack.Version} has no {name} '{value}', only {string.Join(", ", values)}";
        }
        offer = Asked(
            new(version, suite, request.Group, request.ServerName ?? request.Host!, request.Ca), request);
        return null;
    }

    // The names are IANA's, in .NET's copy of the registry.
    private static ushort? SuiteCode(string name) =>
        Enum.TryParse<TlsCipherSuite>(
            name.StartsWith("TLS_", StringComparison.Ordinal) ? name : "TLS_" + name, out var suite)
        && Enum.IsDefined(suite)
            ? (ushort)suite
            : null;

    private static ClientOffer Asked(ClientOffer offer, WorkerRequest request)
    {
        string? Ask(string name) => request.Asks.GetValueOrDefault(name);
        return offer with
        {
            NamedServer = Ask(ScenarioParameter.ServerName) switch
            {
                null => offer.ServerName,
                ScenarioParameter.Absent => null,
                var other => other,
            },
            Alpn = Ask(ScenarioParameter.Alpn),
            Certificate = Ask(ScenarioParameter.ClientCertificate) is { } profile
                ? CertificateFiles.Of(request.Certificates, profile)
                : null,
            AsksForStatus = Ask(ScenarioParameter.Status) is not null,
            Seed = request.Seed,
            Quirk = request.Quirk is { } quirk ? AllQuirks.Find(quirk) : null,
            TakesTickets = Ask(ScenarioParameter.Resume) == ScenarioParameter.Ticket,
            Session = Ask(ScenarioParameter.Resume) is null ? null : new SessionMemory(),
        };
    }
}
