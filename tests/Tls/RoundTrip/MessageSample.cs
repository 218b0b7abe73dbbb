using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.RoundTrip;

/// <summary>The body of a message in hexadecimal (spaces are for the reader), and what was agreed before it.</summary>
internal sealed record MessageSample(HandshakeType Type, ProtocolVersion Version, string Suite, string Hex)
{
    public MessageContext Context => new(Version, CipherSuites.Find(Suite));

    /// <summary>The message with its header.</summary>
    public byte[] Bytes
    {
        get
        {
            var body = Convert.FromHexString(Hex.Replace(" ", "", StringComparison.Ordinal));
            return [Type.Code, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body];
        }
    }

    public override string ToString() => $"{Type} {Version.Number} {Suite}: {Hex}";
}
