using System.Net.Security;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Workers;

/// <summary>Does what one request asks of one stack. A bad request is answered, never thrown.</summary>
internal sealed class WorkerService(ITlsClientStack stack)
{
    // How long a peer may take to answer our close_notify or alert. RFC 8446, Section 6.1: it need not be waited for.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    /// <summary>The answer to one line.</summary>
    public async Task<WorkerAnswer> AnswerAsync(string line, CancellationToken cancellationToken)
    {
        WorkerRequest? request;
        try
        {
            request = WorkerJson.Read<WorkerRequest>(line);
        }
        catch (JsonException fault)
        {
            return new() { Exit = WorkerExit.BadRequest, Output = "not a request: " + fault.Message };
        }
        if (request is null) return new() { Exit = WorkerExit.BadRequest, Output = "not a request: null" };

        try
        {
            return request.Op switch
            {
                "connect" => await ConnectAsync(request, cancellationToken),
                "capabilities" => Capabilities(request),
                _ => Refuse(request, WorkerExit.BadRequest,
                    $"unknown op '{request.Op}'; there are: connect, capabilities"),
            };
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return Refuse(request, WorkerExit.Failed, Describe(fault));
        }
    }

    private WorkerAnswer Capabilities(WorkerRequest request) => new()
    {
        Id = request.Id,
        Exit = WorkerExit.Done,
        Version = stack.Version,
        Groups = stack.Groups,
        Suites =
        [
            .. from version in ProtocolVersion.Known
               from suite in stack.SuitesAt(version)
               select new OfferedSuite(version.Id, $"0x{suite:x4}"),
        ],
    };

    private async Task<WorkerAnswer> ConnectAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        if (BadRequest(request) is { } bad) return Refuse(request, WorkerExit.BadRequest, bad);
        if (Unsupported(request, out var offer) is { } missing) return Refuse(request, WorkerExit.Unsupported, missing);

        var transcript = new List<string>();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(request.DeadlineMilliseconds);
        var stage = "TCP connect";
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(request.Host!, request.Port, deadline.Token);
            await using var transport = new NetworkStream(socket, ownsSocket: false);
            if (request.StartTls is { } protocol)
            {
                stage = "STARTTLS";
                await StartTls.NegotiateAsync(protocol, transport, transcript, deadline.Token);
            }
            stage = "handshake";
            await using var connection = await stack.ConnectAsync(transport, offer!, deadline.Token);
            stage = "conversation";
            await new Conversation(connection.Stream, transcript).SpeakAsync(request.Conversation, deadline.Token);
            stage = "close";
            await connection.CloseNotifyAsync(deadline.Token);
            await DrainAsync(socket, cancellationToken);
            return new()
            {
                Id = request.Id,
                Exit = WorkerExit.Done,
                Output = connection.Description,
                Transcript = transcript,
            };
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // FIN first, so that an alert just written is not lost in a reset.
            await DrainAsync(socket, cancellationToken);
            var reason = deadline.IsCancellationRequested
                ? $"no end within {request.DeadlineMilliseconds} ms"
                : Describe(fault);
            return Refuse(request, WorkerExit.Failed, $"{stage}: {reason}") with { Transcript = transcript };
        }
    }

    private static string? BadRequest(WorkerRequest request)
    {
        if (string.IsNullOrEmpty(request.Host)) return "\"host\" is missing";
        if (request.Port is < 1 or > 65535) return "\"port\" is a number from 1 to 65535";
        if (request.Version is null) return "\"version\" is missing";
        if (request.Ca is null) return "\"ca\" is missing";
        if (!File.Exists(request.Ca)) return $"\"ca\": there is no file {request.Ca}";
        if (request.DeadlineMilliseconds < 1) return "\"deadlineMilliseconds\" is a positive number";
        // JSON can say null where the type cannot.
        if (request.Conversation is null || request.Conversation.Contains(null!))
            return "\"conversation\" is a list of steps";
        foreach (var step in request.Conversation)
        {
            if (step.Fault is { } fault) return fault;
            if (step.Command is { } command) return $"there is no command '{command}'";
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

    private string? Unsupported(WorkerRequest request, out ClientOffer? offer)
    {
        offer = null;
        if (!ProtocolVersion.TryParse(request.Version!, out var version)) return $"unknown version '{request.Version}'";
        if (!stack.Offers(version)) return $"{stack.Version} does not offer {version}";
        ushort? suite = null;
        if (request.Suite is { } name)
        {
            suite = SuiteCode(name);
            if (suite is null) return $"unknown suite '{name}'";
            if (!stack.CanChooseSuite) return $"{stack.Version} cannot be told which suite to offer on this system";
            if (!stack.Offers(version, suite.Value)) return $"{stack.Version} does not offer {name} with {version}";
        }
        if (request.Group is { } group && !stack.Groups.Contains(group, StringComparer.Ordinal))
        {
            return $"{stack.Version} cannot be told to offer group {group}"
                + (stack.Groups.Count == 0 ? "" : ", only " + string.Join(", ", stack.Groups));
        }
        if (request.StartTls is { } protocol && !StartTls.IsKnown(protocol))
            return $"unknown STARTTLS protocol '{protocol}'";
        offer = new(version, suite, request.Group, request.ServerName ?? request.Host!, request.Ca!);
        return null;
    }

    // The names are IANA's, in .NET's copy of the registry.
    private static ushort? SuiteCode(string name) =>
        Enum.TryParse<TlsCipherSuite>(
            name.StartsWith("TLS_", StringComparison.Ordinal) ? name : "TLS_" + name, out var suite)
        && Enum.IsDefined(suite)
            ? (ushort)suite
            : null;

    private static async Task DrainAsync(Socket socket, CancellationToken cancellationToken)
    {
        if (!socket.Connected) return;
        using var linger = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        linger.CancelAfter(Linger);
        var unread = new byte[4096];
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(unread, linger.Token) > 0)
            {
                // What a peer still says is in the capture; nobody here waits for it.
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A reset or a silent peer: closing is all that is left either way.
        }
    }

    private static WorkerAnswer Refuse(WorkerRequest request, int exit, string why) =>
        new() { Id = request.Id, Exit = exit, Output = why };

    private static string Describe(Exception fault)
    {
        var parts = new List<string>();
        for (var at = fault; at is not null && parts.Count < 4; at = at.InnerException)
        {
            if (!parts.Contains(at.Message, StringComparer.Ordinal)) parts.Add(at.Message);
        }
        return string.Join(" / ", parts);
    }
}
