namespace TlsInterop.Harness.Workers;

/// <summary>A connection after its handshake.</summary>
internal interface ITlsClientConnection : IAsyncDisposable
{
    /// <summary>Carries application data.</summary>
    Stream Stream { get; }

    /// <summary>What was agreed, for people.</summary>
    string Description { get; }

    /// <summary>Sends close_notify.</summary>
    Task CloseNotifyAsync(CancellationToken cancellationToken);
}
