using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>A connection of ssldump's text, and where in it the text is.</summary>
internal sealed class SsldumpConnection(ConnectionNotes notes)
{
    private readonly HashSet<Direction> _protected = [];
    private bool _hasHello;

    public ConnectionNotes Notes => notes;

    /// <summary>The first ClientHello.</summary>
    public HelloNotes Hello { get; } = new();

    /// <summary>The handshake message that the next lines are about; empty for none.</summary>
    public string Message { get; set; } = "";

    /// <summary>The part of that message.</summary>
    public SsldumpSection Section { get; set; }

    /// <summary>Version in the header of the client's first record.</summary>
    public ProtocolVersion? RecordVersion { get; set; }

    /// <summary>True if its JA3 is told, which ssldump does since it shows extensions.</summary>
    public bool HasJa3 { get; set; }

    /// <summary>A message begins.</summary>
    public void Begin(Direction from, string message)
    {
        // A second hello, after a HelloRetryRequest or in a renegotiation, changes nothing.
        if (message == "ClientHello" && _hasHello) notes.Hello ??= Finished();
        _hasHello |= message == "ClientHello";
        Message = message;
        notes.Step(from, message);
    }

    /// <summary>What the end sends behind it is protected, up to TLS 1.2.</summary>
    public void ChangeCipherSpec(Direction from)
    {
        _protected.Add(from);
        notes.Step(from, "ChangeCipherSpec");
    }

    /// <summary>True if what an end sends is protected.</summary>
    public bool IsProtected(Direction from) => _protected.Contains(from) && notes.Answer.Version?.IsTls13 != true;

    /// <summary>All of it.</summary>
    public ConnectionNotes Done()
    {
        if (_hasHello) notes.Hello ??= Finished();
        if (_hasHello && !HasJa3)
            notes.Guess("an ssldump before 1.4 does not show all extensions: the profile has those that it shows");
        else if (_hasHello)
            notes.Guess("GREASE is not in ssldump's text: the profile has none");
        return notes;
    }

    private ImportedHello Finished()
    {
        Hello.RecordVersion = RecordVersion;
        // ssldump prints the session id if there is one.
        Hello.SessionIdLength ??= 0;
        return Hello.Done();
    }
}
