using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Import;

/// <summary>The ClientHello of a profile as the scripted client sends it.</summary>
internal static class SentAgain
{
    /// <summary>The hello and the version of its record.</summary>
    public static async Task<(ClientHello Hello, ProtocolVersion RecordVersion)> By(
        ClientProfile profile, string? serverName)
    {
        using var transport = new OneWayStream();
        var client = new ScriptedClient(transport, new() { Profile = profile, ServerName = serverName, Seed = 1 });
        await Assert.ThatAsync(() => client.HandshakeAsync(CancellationToken.None), Throws.TypeOf<ScriptedFault>());
        var flight = transport.ToArray();
        var joiner = new HandshakeJoiner();
        for (var at = 0; at < flight.Length;)
        {
            var length = flight[at + 3] << 8 | flight[at + 4];
            if (flight[at] == 22) joiner.Add(flight.AsMemory(at + TlsRecord.HeaderLength, length));
            at += TlsRecord.HeaderLength + length;
        }
        var message = HandshakeMessage.Read(joiner.Next()!.Value, default);
        return ((ClientHello)message.Body, new((ushort)(flight[1] << 8 | flight[2])));
    }

    // A server that says nothing and closes: what the client sends first is all there is.
    private sealed class OneWayStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(0);
    }
}
