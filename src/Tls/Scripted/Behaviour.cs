using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Channel;
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

    /// <summary>What a handshake message says, from what it would say. The end itself believes in it.</summary>
    public Func<HandshakeBody, HandshakeBody> Body { get; set; } = static body => body;

    /// <summary>A handshake message as it is sent, header and all. The transcript has it as sent.</summary>
    public Func<HandshakeType, byte[], byte[]> Message { get; set; } = static (_, message) => message;

    /// <summary>True if all messages that follow one another under the same keys share records.</summary>
    public bool CoalescesMessages { get; set; }

    /// <summary>False if the end closes without a word.</summary>
    public bool SendsCloseNotify { get; set; } = true;

    /// <summary>The fatal alert that it sends in the place of its first words; null for none.</summary>
    public string? AlertBehindData { get; set; }

    /// <summary>True if it shakes hands a second time before it says anything else, up to TLS 1.2.</summary>
    public bool Renegotiates { get; set; }

    /// <summary>Alters what messages of one kind say.</summary>
    /// <typeparam name="T">Their bodies.</typeparam>
    public void Change<T>(Func<T, T> change) where T : HandshakeBody
    {
        var before = Body;
        Body = body =>
        {
            var made = before(body);
            return made is T own ? change(own) : made;
        };
    }

    /// <summary>Puts other steps, or none, in the place of one.</summary>
    public void Replace(ScriptStep step, params IReadOnlyList<ScriptStep> by)
    {
        var before = Script;
        Script = steps => before(steps).SelectMany(each => each == step ? by : [each]);
    }
}
