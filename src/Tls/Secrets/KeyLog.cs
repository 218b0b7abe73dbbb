using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// The secrets of many sessions, found by client random. Lines may be added from any thread while others look up.
/// </summary>
/// <remarks>
/// RFC 9850 (the format that NSS began). Lines that can't be used are counted and the first of them kept; the others
/// count. Memory is bounded: beyond the capacity the session that came first is forgotten.
/// </remarks>
public sealed class KeyLog
{
    /// <summary>
    /// Sessions that are kept unless the constructor is told otherwise: about 6 MB of TLS 1.3 secrets.
    /// </summary>
    public const int DefaultCapacity = 20_000;

    private const int FaultsKept = 100;

    private readonly Lock _lock = new();
    private readonly LoggedSecrets _sessions;
    private readonly RecentById<WorkedOutSecret> _workedOut;
    private readonly List<KeyLogFault> _faults = [];
    private readonly List<KeyLogContradiction> _contradictions = [];
    private long _lineNumber;

    /// <summary>An empty key log.</summary>
    /// <param name="capacity">The most sessions to keep.</param>
    public KeyLog(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _sessions = new LoggedSecrets(capacity);
        _workedOut = new RecentById<WorkedOutSecret>(capacity);
    }

    /// <summary>Number of sessions that have a secret.</summary>
    public int SessionCount
    {
        get { lock (_lock) return _sessions.Count; }
    }

    /// <summary>Number of lines that could not be used.</summary>
    public long FaultCount { get; private set; }

    /// <summary>The first hundred lines that could not be used.</summary>
    public IReadOnlyList<KeyLogFault> Faults
    {
        get { lock (_lock) return [.. _faults]; }
    }

    /// <summary>The first hundred secrets that came again as something else. The last one counts.</summary>
    public IReadOnlyList<KeyLogContradiction> Contradictions
    {
        get { lock (_lock) return [.. _contradictions]; }
    }

    /// <summary>Reads a whole key log.</summary>
    public static KeyLog Parse(string text)
    {
        var log = new KeyLog();
        log.AddLines(text);
        return log;
    }

    /// <summary>Adds every line of a text, whatever its line endings.</summary>
    public void AddLines(ReadOnlySpan<char> text)
    {
        foreach (var line in text.EnumerateLines()) Add(line);
    }

    /// <summary>Adds one line. An empty line or a comment is passed over.</summary>
    /// <returns>True if it held a secret, new or known.</returns>
    public bool Add(ReadOnlySpan<char> line)
    {
        lock (_lock)
        {
            _lineNumber++;
            var isUsed = Add(line, out var reason);
            if (reason is null) return isUsed;
            FaultCount++;
            if (_faults.Count < FaultsKept) _faults.Add(new KeyLogFault(_lineNumber, reason));
            return false;
        }
    }

    /// <summary>Adds one line for who counts lines and faults by himself: those of one file among several.</summary>
    /// <param name="line">The line, with or without its end.</param>
    /// <param name="reason">What is wrong with it, for a person; null if nothing is.</param>
    /// <param name="origin">
    /// By what number <see cref="Contradictions"/> name it; 0 for who does not number lines.
    /// </param>
    /// <returns>True if it held a secret, new or known.</returns>
    public bool Add(ReadOnlySpan<char> line, out string? reason, uint origin = 0)
    {
        reason = null;
        line = line.Trim();
        if (line.IsEmpty || line[0] == '#') return false;
        reason = KeyLogLine.Read(line, out var read);
        if (reason is not null) return false;
        lock (_lock)
        {
            if (!_sessions.Add(read, origin, out var other)) reason = "there are more labels than any program writes";
            if (other is { } first && _contradictions.Count < FaultsKept && !SecretLabels.HasMany(read.Label))
                _contradictions.Add(new(read.Label, read.Id, first, origin));
        }
        return reason is null;
    }

    /// <summary>The secret of a session, or null. If a label came more than once, the last one counts.</summary>
    /// <param name="label">One of <see cref="SecretLabels"/>, or another label of the same form.</param>
    /// <param name="id">
    /// What the label's secrets are found by: for most the 32 octets of the ClientHello that began the session.
    /// </param>
    /// <remarks>
    /// A master secret that was worked out while decoding (by an RSA key, or from the session that was resumed) is
    /// found like one that was logged.
    /// </remarks>
    public ReadOnlyMemory<byte>? Find(string label, ReadOnlySpan<byte> id)
    {
        lock (_lock)
        {
            if (_sessions.Find(label, id) is { } logged) return logged;
        }
        return label == SecretLabels.ClientRandom && _workedOut.Find(id) is { } secret
            ? secret.MasterSecret
            : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>True if any secret of the session was logged.</summary>
    public bool Knows(ReadOnlySpan<byte> clientRandom)
    {
        lock (_lock) return _sessions.Has(clientRandom);
    }

    /// <summary>
    /// The version at the front of the premaster secret of RSA key exchange, where a premaster secret was at hand: the
    /// client puts there what its ClientHello offers, so that a server can see a rollback (RFC 5246, Section 7.4.7.1).
    /// </summary>
    public ProtocolVersion? PremasterVersion(ReadOnlySpan<byte> clientRandom) =>
        _workedOut.Find(clientRandom)?.PremasterVersion;

    /// <summary>Keeps a master secret that no line gave, so that later stages find it.</summary>
    internal void Keep(ReadOnlySpan<byte> clientRandom, WorkedOutSecret secret) =>
        _workedOut.Keep(clientRandom, secret);

    /// <summary>
    /// The lines of one session without line ends, for a Decryption Secrets Block; empty if it is not known. A master
    /// secret that was worked out is a line as well.
    /// </summary>
    public IReadOnlyList<string> LinesOf(ReadOnlySpan<byte> clientRandom)
    {
        lock (_lock)
        {
            if (_sessions.Has(clientRandom))
                return [.. _sessions.LinesOf(clientRandom).Select(line => line.ToString())];
        }
        return _workedOut.Find(clientRandom) is { } secret
            ? [new KeyLogLine(SecretLabels.ClientRandom, clientRandom.ToArray(), secret.MasterSecret).ToString()]
            : [];
    }
}
