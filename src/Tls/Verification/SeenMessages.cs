using System.Collections;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;

namespace TlsInterop.Tls.Verification;

/// <summary>The messages of one kind from one end. Going through them allocates nothing.</summary>
public readonly struct SeenMessages<T> : IEnumerable<(T Body, HandshakeEvent Event)>
    where T : HandshakeBody
{
    private readonly HandshakeEvent[] _messages;
    private readonly Direction _from;

    internal SeenMessages(HandshakeEvent[] messages, Direction from) => (_messages, _from) = (messages, from);

    public Enumerator GetEnumerator() => new(_messages, _from);

    IEnumerator<(T Body, HandshakeEvent Event)> IEnumerable<(T Body, HandshakeEvent Event)>.GetEnumerator() =>
        GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the messages.</summary>
    public struct Enumerator : IEnumerator<(T Body, HandshakeEvent Event)>
    {
        private readonly HandshakeEvent[] _messages;
        private readonly Direction _from;
        private int _next;

        internal Enumerator(HandshakeEvent[] messages, Direction from) => (_messages, _from) = (messages, from);

        public (T Body, HandshakeEvent Event) Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            while (_next < _messages.Length)
            {
                var item = _messages[_next++];
                if (item.Direction != _from || item.Message.Body is not T body) continue;
                Current = (body, item);
                return true;
            }
            return false;
        }

        public void Reset() => _next = 0;

        public readonly void Dispose() { }
    }
}
