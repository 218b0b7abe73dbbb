using System.Net.Sockets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Workers;

/// <summary>Does what one request asks of one stack. A bad request is answered, never thrown.</summary>
internal sealed class WorkerService(ITlsClientStack stack) : IWorkerService
{
    private readonly RequestReader _reader = new(stack);
    private readonly SemaphoreSlim _sessions = new(1);

    /// <summary>How an answer begins if there was no connection.</summary>
    public const string TcpConnect = "TCP connect";

    public void Dispose() => _sessions.Dispose();

    /// <summary>The answer to one line.</summary>
    public async Task<WorkerAnswer> AnswerAsync(string line, CancellationToken cancellationToken)
    {
        if (WorkerJson.ReadRequest(line, out var refusal) is not { } request) return refusal!;

        try
        {
            return request.Op switch
            {
                "connect" => await ConnectAsync(request, cancellationToken),
                "capabilities" => Capabilities(request),
                _ => WorkerAnswer.Refuse(request, WorkerExit.BadRequest,
                    $"unknown op '{request.Op}'; there are: connect, capabilities"),
            };
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return WorkerAnswer.Refuse(request, WorkerExit.Failed, Describe(fault));
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
        if (RequestReader.BadRequest(request) is { } bad)
            return WorkerAnswer.Refuse(request, WorkerExit.BadRequest, bad);
        if (_reader.Unsupported(request, out var offer) is { } missing)
            return WorkerAnswer.Refuse(request, WorkerExit.Unsupported, missing);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(request.DeadlineMilliseconds);
        var isAlone = offer!.Session is not null && stack.SharesSessions;
        if (isAlone && !await _sessions.WaitAsync(request.DeadlineMilliseconds, cancellationToken))
            return WorkerAnswer.Refuse(request, WorkerExit.TimedOut,
                $"sessions: others had them to themselves for {request.DeadlineMilliseconds} ms");
        try
        {
            var transcript = new List<string>();
            WorkerAnswer answer;
            var visits = request.Visits;
            do
            {
                answer = await VisitAsync(request, offer, transcript, deadline.Token, cancellationToken);
                // A key log tells connections apart by the client's random.
                offer = offer with { Seed = offer.Seed + 1 };
            }
            while (--visits > 0 && answer.Exit == WorkerExit.Done);
            return answer with { Transcript = transcript };
        }
        finally
        {
            if (isAlone) _sessions.Release();
        }
    }

    private async Task<WorkerAnswer> VisitAsync(
        WorkerRequest request, ClientOffer offer, List<string> transcript, CancellationToken deadline,
        CancellationToken cancellationToken)
    {
        var stage = TcpConnect;
        TapStream? tap = null;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(request.Host!, request.Port, deadline);
            await using var plain = new NetworkStream(socket, ownsSocket: false);
            tap = request.Taps ? new TapStream(plain, socket.LocalEndPoint!, socket.RemoteEndPoint!) : null;
            Stream transport = tap is null ? plain : tap;
            if (request.StartTls is { } protocol)
            {
                stage = "STARTTLS";
                await StartTls.NegotiateAsync(protocol, transport, transcript, deadline);
            }
            stage = "handshake";
            await using var connection = await stack.ConnectAsync(transport, offer, deadline);
            stage = "conversation";
            await new Conversation(connection.Stream, transcript).SpeakAsync(request.Conversation, deadline);
            stage = "close";
            await connection.CloseNotifyAsync(deadline);
            await socket.EndAsync(cancellationToken);
            return new()
            {
                Id = request.Id, Exit = WorkerExit.Done, Output = connection.Description, Tap = tap?.Tapped,
            };
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            await socket.EndAsync(cancellationToken);
            var reason = deadline.IsCancellationRequested
                ? $"no end within {request.DeadlineMilliseconds} ms"
                : Describe(fault);
            var exit = deadline.IsCancellationRequested ? WorkerExit.TimedOut : WorkerExit.Failed;
            return WorkerAnswer.Refuse(request, exit, $"{stage}: {reason}") with { Tap = tap?.Tapped };
        }
    }

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
