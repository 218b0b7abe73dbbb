using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>What a handshake message says.</summary>
public abstract record HandshakeBody
{
    /// <summary>
    /// The extensions of the message; <see cref="ExtensionList.Absent"/> for messages that have none.
    /// </summary>
    public virtual ExtensionList Extensions => ExtensionList.Absent;

    /// <summary>What stands in a snapshot behind the message's name; empty if the name says all.</summary>
    public virtual string Describe(ITokens tokens) => "";

    /// <summary>Lines of their own below the message in a snapshot, each a name and a text.</summary>
    public virtual IEnumerable<(string Name, string Text)> Details(ITokens tokens) => [];
}

/// <summary>A message without content: HelloRequest, ServerHelloDone, EndOfEarlyData.</summary>
public sealed record EmptyBody : HandshakeBody
{
    public static EmptyBody Read(ref WireReader reader, in MessageContext context)
    {
        reader.End("body");
        return new();
    }
}

/// <summary>
/// A message that nothing here knows how to read. The bytes are in <see cref="HandshakeMessage.Bytes"/>.
/// </summary>
public sealed record UnknownBody(int Length) : HandshakeBody
{
    public static UnknownBody Read(ref WireReader reader, in MessageContext context) => new(reader.Rest().Length);

    public override string Describe(ITokens tokens) => $"{Length} bytes";
}
