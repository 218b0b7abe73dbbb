using System.Collections.Concurrent;

namespace TlsInterop.Tls.Scripted;

/// <summary>The sessions that a server remembers, by id and by ticket: its tickets say nothing but a number.</summary>
public sealed class SessionStore
{
    // A test that leaves more than that behind resumes none of them.
    private const int Most = 1024;

    private readonly ConcurrentDictionary<string, ScriptedSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Remembers a session.</summary>
    /// <param name="name">Its id, or its ticket.</param>
    /// <param name="session">The session.</param>
    public void Keep(ReadOnlyMemory<byte> name, ScriptedSession session)
    {
        if (_sessions.Count < Most) _sessions[Convert.ToHexString(name.Span)] = session;
    }

    /// <summary>The session of an id or a ticket, or null.</summary>
    public ScriptedSession? Find(ReadOnlyMemory<byte> name) =>
        name.IsEmpty ? null : _sessions.GetValueOrDefault(Convert.ToHexString(name.Span));
}
