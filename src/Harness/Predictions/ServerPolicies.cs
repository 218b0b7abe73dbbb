using System.Collections.Concurrent;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;

namespace TlsInterop.Harness.Predictions;

/// <summary>
/// What the servers of a run do with what they are offered: each configuration that leaves a choice is asked once, and
/// the answer is kept by image.
/// </summary>
/// <param name="definitions">The endpoints by name.</param>
/// <param name="answers">Where answers are kept.</param>
/// <param name="say">Receives a line for a server that can't be asked.</param>
public sealed class ServerPolicies(
    IReadOnlyDictionary<string, EndpointDefinition> definitions, AnswerCache answers, Action<string> say)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(EndpointReference, string), Lazy<Task<ServerPolicy?>>> _policies =
        new();

    /// <summary>What a server does; null if it can't be asked.</summary>
    /// <param name="reference">The endpoint.</param>
    /// <param name="server">It, running.</param>
    /// <param name="request">Its configuration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EndpointException">The endpoint broke.</exception>
    public async Task<ServerPolicy?> OfAsync(
        EndpointReference reference, RunningEndpoint server, CellRequest request, CancellationToken cancellationToken)
    {
        if (request is { Version: { } version, Suite: { } suite })
            return ServerPolicy.Exactly(version, suite, request.Group);
        var question = Question(definitions[reference.Name], request);
        var asked = _policies.GetOrAdd((reference, question), _ => new Lazy<Task<ServerPolicy?>>(
            () => AskAsync(reference, server, request, question, cancellationToken)));
        try
        {
            return await asked.Value.WaitAsync(cancellationToken);
        }
        catch (EndpointException)
        {
            // It may be started anew, and is asked again then.
            _policies.TryRemove(new((reference, question), asked));
            throw;
        }
    }

    /// <summary>What the answers of a server that is left its versions depend on.</summary>
    internal static string Question(EndpointDefinition definition, CellRequest request)
    {
        var scenario = request.Scenario;
        // A daemon has slots of each scenario, and some stacks have a word for its name; to others it is nothing.
        var isNamed = definition.Server?.Daemon is not null || definition.Words.ContainsKey("request");
        var asks = scenario.Server.Order().Select(ask => $"{ask.Key}={ask.Value}");
        var name = isNamed ? scenario.Name : scenario.StartTls;
        return string.Join(' ', [$"{PolicyProbe.Revision}", name, request.Certificate, .. asks]);
    }

    private async Task<ServerPolicy?> AskAsync(
        EndpointReference reference, RunningEndpoint server, CellRequest request, string question,
        CancellationToken cancellationToken)
    {
        var definition = definitions[reference.Name];
        if (server.ImageId is { } image && answers.Find<ServerPolicy>(definition, image, question) is { } known)
            return known;
        // A server of its own: what is left of these connections must not be taken for a cell's.
        var lease = await server.Servers!.LeaseAsync(request, Deadline, cancellationToken);
        if (lease.Server is not { } running) return null;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var probe = new ServerProbe(
                running.Host, running.Port, request.Scenario.StartTls, running.KeyLogFile);
            var policy = await PolicyProbe.AskAsync(
                probe, CertificateProfile.Find(request.Certificate)!.ServerName, deadline.Token);
            return server.ImageId is null ? policy : answers.Keep(definition, server.ImageId, policy, question);
        }
        catch (Exception broken) when (broken is EndpointException { HasEnded: false }
            || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            say($"{reference}, {request.Scenario.Name}: nothing is foretold, it does not answer to ClientHellos: "
                + (broken is EndpointException ? broken.Message : $"no end within {Deadline.TotalSeconds:0} s"));
            return null;
        }
        finally
        {
            await server.Servers.ReturnAsync(running, clean: false, CancellationToken.None);
        }
    }
}
