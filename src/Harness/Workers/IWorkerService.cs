namespace TlsInterop.Harness.Workers;

/// <summary>Answers the requests of one worker.</summary>
internal interface IWorkerService : IDisposable
{
    /// <summary>The answer to one line. A bad request is answered, never thrown.</summary>
    Task<WorkerAnswer> AnswerAsync(string line, CancellationToken cancellationToken);
}
