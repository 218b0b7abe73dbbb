namespace TlsInterop.Tls.Tests.Scripted;

/// <summary>
/// Two streams: what is written to one is read from the other. Where both ends wait for the other, both are at their
/// end: nothing will ever come.
/// </summary>
internal sealed class DuplexPair : IDisposable
{
    private readonly Lock _gate = new();
    private readonly End _client, _server;
    private bool _isStuck;

    public DuplexPair()
    {
        (_client, _server) = (new End(this), new End(this));
        (_client.Peer, _server.Peer) = (_server, _client);
    }

    public Stream Client => _client;

    public Stream Server => _server;

    /// <summary>All that the client has written.</summary>
    public byte[] FromClient => _client.Written;

    /// <summary>All that the server has written.</summary>
    public byte[] FromServer => _server.Written;

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private sealed class End(DuplexPair pair) : MemoryStream
    {
        private readonly List<byte> _unread = [];
        private readonly List<byte> _written = [];
        private TaskCompletionSource? _waiting;
        private bool _isClosed;

        public End Peer { get; set; } = null!;

        public byte[] Written => [.. _written];

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (true)
            {
                Task heard;
                lock (pair._gate)
                {
                    if (_unread.Count > 0) return Take(buffer.Span);
                    pair._isStuck |= Peer._waiting is not null;
                    if (pair._isStuck || Peer._isClosed)
                    {
                        Peer.Wake();
                        return 0;
                    }
                    _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    heard = _waiting.Task;
                }
                await heard.WaitAsync(cancellationToken);
            }
        }

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            lock (pair._gate)
            {
                _written.AddRange(buffer.Span);
                Peer._unread.AddRange(buffer.Span);
                Peer.Wake();
            }
            return ValueTask.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            lock (pair._gate)
            {
                _isClosed = true;
                Peer.Wake();
            }
            base.Dispose(disposing);
        }

        private int Take(Span<byte> target)
        {
            var length = Math.Min(target.Length, _unread.Count);
            _unread.GetRange(0, length).CopyTo(target);
            _unread.RemoveRange(0, length);
            return length;
        }

        private void Wake()
        {
            _waiting?.TrySetResult();
            _waiting = null;
        }
    }
}
