using System.Net;
using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Tests.Capture.Packets;

/// <summary>Makes the Ethernet frames of one TCP connection. Offsets count the payload of a direction from 0.</summary>
internal sealed class TestConversation(
    string client = "10.0.0.2:40000", string server = "10.0.0.1:443", uint clientIsn = 1000, uint serverIsn = 900_000)
{
    private readonly IPEndPoint _client = IPEndPoint.Parse(client);
    private readonly IPEndPoint _server = IPEndPoint.Parse(server);

    public byte[] Syn(string text = "") =>
        Frame(Direction.ClientToServer, clientIsn, 0, TcpFlags.Syn, Encoding.ASCII.GetBytes(text));

    public byte[] SynAck() =>
        Frame(Direction.ServerToClient, serverIsn, clientIsn + 1, TcpFlags.Syn | TcpFlags.Ack, []);

    public byte[] Client(int offset, string text, int acknowledged = 0) =>
        Send(Direction.ClientToServer, offset, Encoding.ASCII.GetBytes(text), acknowledged);

    public byte[] Server(int offset, string text, int acknowledged = 0) =>
        Send(Direction.ServerToClient, offset, Encoding.ASCII.GetBytes(text), acknowledged);

    public byte[] Send(Direction direction, int offset, ReadOnlySpan<byte> payload, int acknowledged = 0,
        TcpFlags flags = 0) =>
        Frame(direction, Sequence(direction, offset), Sequence(Reverse(direction), acknowledged), TcpFlags.Ack | flags,
            payload);

    public byte[] Fin(Direction direction, int offset, int acknowledged = 0) =>
        Send(direction, offset, [], acknowledged, TcpFlags.Fin);

    public byte[] Rst(Direction direction, int offset, int acknowledged = 0) =>
        Send(direction, offset, [], acknowledged, TcpFlags.Rst);

    private static Direction Reverse(Direction direction) =>
        direction == Direction.ClientToServer ? Direction.ServerToClient : Direction.ClientToServer;

    private uint Sequence(Direction direction, int offset) =>
        unchecked((direction == Direction.ClientToServer ? clientIsn : serverIsn) + 1 + (uint)offset);

    private byte[] Frame(
        Direction direction, uint sequence, uint acknowledgment, TcpFlags flags, ReadOnlySpan<byte> payload)
    {
        var (from, to) = direction == Direction.ClientToServer ? (_client, _server) : (_server, _client);
        var segment = TestPacket.Tcp((ushort)from.Port, (ushort)to.Port, sequence, acknowledgment, flags, payload);
        return TestPacket.Ethernet(TestPacket.Ip(from.Address, to.Address, segment));
    }
}
