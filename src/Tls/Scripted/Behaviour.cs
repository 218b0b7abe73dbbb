using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Channel;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>
/// How an end departs from the plain handshake, in one connection. Quirks change it, one after the other.
/// </summary>
public sealed class Behaviour
{
    /// <summary>How records are made.</summary>
    public RecordManner Records { get; } = new();

    /// <summary>The steps that are taken, from those of the plain handshake.</summary>
    public Func<IEnumerable<ScriptStep>, IEnumerable<ScriptStep>> Script { get; set; } = static steps => steps;

    /// <summary>The own ClientHello as it is sent, from the one that the shape gives.</summary>
    public Func<ClientHello, ClientHello> ClientHello { get; set; } = static hello => hello;

    /// <summary>A handshake message as it is sent, header and all. The transcript has it as sent.</summary>
    public Func<HandshakeType, byte[], byte[]> Message { get; set; } = static (_, message) => message;

    /// <summary>True if all messages that follow one another under the same keys share records.</summary>
    public bool CoalescesMessages { get; set; }

    /// <summary>False if the end closes without a word.</summary>
    public bool SendsCloseNotify { get; set; } = true;

    /// <summary>What it can't bear; the first that fits counts.</summary>
    public IReadOnlyList<Reaction> Reactions { get; set; } = [];
}
