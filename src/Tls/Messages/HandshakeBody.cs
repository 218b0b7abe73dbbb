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

    /// <summary>
    /// Writes the body, without the message's header: what was read without a fault gives the same octets again.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The handshake so far.</param>
    public abstract void Write(WireWriter writer, in MessageContext context);

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

    public override void Write(WireWriter writer, in MessageContext context)
    {
        // struct {};
    }
}

/// <summary>A message that nothing here knows how to read.</summary>
public sealed record UnknownBody(ReadOnlyMemory<byte> Content) : HandshakeBody
{
    public static UnknownBody Read(ref WireReader reader, in MessageContext context) => new(reader.Rest());

    public override void Write(WireWriter writer, in MessageContext context) => writer.Opaque(Content.Span);

    public override string Describe(ITokens tokens) => $"{Content.Length} bytes";
}
