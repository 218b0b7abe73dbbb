using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Secrets;

/// <summary>
/// Opens every record of a recorded session, as far as the tests of this folder need it: no fragmented handshake
/// headers.
/// </summary>
internal sealed class SessionReplay
{
    private readonly RecordedSession _session;
    private readonly Dictionary<Direction, RecordProtection?> _protections = new()
    {
        [Direction.ClientToServer] = null,
        [Direction.ServerToClient] = null,
    };

    private readonly Dictionary<Direction, byte[]> _trafficSecrets = [];
    private readonly Dictionary<Direction, List<byte>> _partial = new()
    {
        [Direction.ClientToServer] = [],
        [Direction.ServerToClient] = [],
    };

    private readonly Transcript _transcript = new();

    public SessionReplay(RecordedSession session)
    {
        _session = session;
        foreach (var record in session.Records) Take(record);
    }

    /// <summary>Every protected record with what came of it, and the protection's input.</summary>
    public List<(RecordedSession.Record Record, OpenedRecord Opened)> Opened { get; } = [];

    /// <summary>Each Finished: what it holds and what it must hold.</summary>
    public List<(Direction From, byte[] Got, byte[] Expected)> Finished { get; } = [];

    /// <summary>Each handshake message with the transcript before it.</summary>
    public List<(Direction From, byte[] Bytes, byte[] Before)> Messages { get; } = [];

    public Dictionary<Direction, List<byte>> ApplicationData { get; } = new()
    {
        [Direction.ClientToServer] = [],
        [Direction.ServerToClient] = [],
    };

    private bool Is13 => _session.Version == ProtocolVersion.Tls13;

    private void Take(RecordedSession.Record record)
    {
        if (record.Type == 20)
        {
            if (!Is13) _protections[record.From] = Protection12(record.From);
            return;
        }

        var (type, content) = (record.Type, (ReadOnlyMemory<byte>)record.Fragment);
        if (_protections[record.From] is { } protection)
        {
            var opened = protection.Open(record.Type, record.Version, record.Fragment);
            Opened.Add((record, opened));
            (type, content) = (opened.ContentType, opened.Content);
        }
        if (type == 23) ApplicationData[record.From].AddRange(content.ToArray());
        if (type == 22) TakeHandshake(record.From, content.Span);
    }

    private void TakeHandshake(Direction from, ReadOnlySpan<byte> content)
    {
        var partial = _partial[from];
        partial.AddRange(content);
        while (partial.Count >= 4)
        {
            var length = 4 + ((partial[1] << 16) | (partial[2] << 8) | partial[3]);
            if (partial.Count < length) return;
            byte[] message = [.. partial.GetRange(0, length)];
            partial.RemoveRange(0, length);
            TakeMessage(from, message);
        }
    }

    private void TakeMessage(Direction from, byte[] message)
    {
        var type = message[0];
        Messages.Add((from, message, _transcript.Bytes.ToArray()));
        if (type == 20) Finished.Add((from, message[4..], Expected(from)));
        if (Is13 && type is 2 && message.AsSpan(6, 4).SequenceEqual((byte[])[0xcf, 0x21, 0xad, 0x74]))
            _transcript.ReplaceByMessageHash(_session.Suite.PrfHash);
        _transcript.Add(message);

        if (!Is13) return;
        if (type == 2 && !message.AsSpan(6, 4).SequenceEqual((byte[])[0xcf, 0x21, 0xad, 0x74]))
        {
            Switch(Direction.ClientToServer, SecretLabels.ClientHandshakeTrafficSecret);
            Switch(Direction.ServerToClient, SecretLabels.ServerHandshakeTrafficSecret);
        }
        if (type == 20)
        {
            var client = from == Direction.ClientToServer;
            Switch(from, client ? SecretLabels.ClientTrafficSecret0 : SecretLabels.ServerTrafficSecret0);
        }
        if (type == 24) Use(from, KeySchedule13.NextTrafficSecret(_session.Suite, _trafficSecrets[from]));
    }

    private byte[] Expected(Direction from) => Is13
        ? KeySchedule13.VerifyData(_session.Suite, _trafficSecrets[from], _transcript)
        : KeySchedule12.VerifyData(_session.Version, _session.Suite, MasterSecret.Span, from, _transcript);

    private ReadOnlyMemory<byte> MasterSecret =>
        _session.KeyLog.Find(SecretLabels.ClientRandom, _session.ClientRandom)!.Value;

    private void Switch(Direction from, string label) =>
        Use(from, _session.KeyLog.Find(label, _session.ClientRandom)!.Value.ToArray());

    private void Use(Direction from, byte[] secret)
    {
        _trafficSecrets[from] = secret;
        _protections[from] = KeySchedule13.Protection(_session.Suite, secret);
    }

    private RecordProtection Protection12(Direction from)
    {
        var pair = KeySchedule12.Protections(
            _session.Version, _session.Suite, MasterSecret.Span, _session.ClientRandom, _session.ServerRandom,
            _session.EtmAgreed)!;
        return from == Direction.ClientToServer ? pair.Client : pair.Server;
    }
}
