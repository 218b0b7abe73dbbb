using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Secrets;

/// <summary>A file of the folder <c>Sessions</c>: what went over TCP, and the key log.</summary>
internal sealed class RecordedSession
{
    private const int EncryptThenMac = 22;
    private const int SupportedVersions = 43;

    private RecordedSession(string name, KeyLog keyLog, IReadOnlyList<(Direction From, byte[] Bytes)> segments)
    {
        Name = name;
        KeyLog = keyLog;
        Segments = segments;
        Records = [.. Split(segments)];
        ClientRandom = Records[0].Fragment[6..38];

        var serverHello = Records.First(IsServerHello).Fragment.AsSpan();
        ServerRandom = serverHello[6..38].ToArray();
        var at = 39 + serverHello[38];
        Suite = new CipherSuite(BinaryPrimitives.ReadUInt16BigEndian(serverHello[at..])).Info!;
        Version = new ProtocolVersion(BinaryPrimitives.ReadUInt16BigEndian(serverHello[4..]));
        ReadExtensions(serverHello[(at + 5)..(BinaryPrimitives.ReadUInt16BigEndian(serverHello[2..]) + 4)]);
    }

    public sealed record Record(Direction From, byte Type, ushort Version, byte[] Fragment);

    public string Name { get; }
    public KeyLog KeyLog { get; }
    public IReadOnlyList<(Direction From, byte[] Bytes)> Segments { get; }
    public IReadOnlyList<Record> Records { get; }
    public byte[] ClientRandom { get; }
    public byte[] ServerRandom { get; }
    public CipherSuiteInfo Suite { get; }
    public ProtocolVersion Version { get; private set; }
    public bool EtmAgreed { get; private set; }

    /// <summary>Sessions of one full handshake.</summary>
    public static IEnumerable<string> Names => NamesOf(Folders()[0]);

    /// <summary>Resumptions, early data, renegotiation, ciphers without managed code: what <see cref="SessionReplay"/>
    /// does not follow.</summary>
    public static IEnumerable<string> FurtherNames => NamesOf(Folders()[1]);

    /// <summary>Sessions without a key log, which the key beside them opens.</summary>
    public static IEnumerable<string> RsaNames => NamesOf(Folders()[2]);

    /// <summary>The PEM file with the private key of the servers of <see cref="RsaNames"/>.</summary>
    public static string ServerKey => File.ReadAllText(Path.Combine(Folders()[2], "server.key"));

    public static RecordedSession Load(string name)
    {
        var log = new KeyLog();
        var segments = new List<(Direction, byte[])>();
        var file = Folders().Select(folder => Path.Combine(folder, name + ".session")).First(File.Exists);
        foreach (var line in File.ReadLines(file))
        {
            if (line[0] == '>') segments.Add((Direction.ClientToServer, Convert.FromHexString(line.AsSpan(2))));
            else if (line[0] == '<') segments.Add((Direction.ServerToClient, Convert.FromHexString(line.AsSpan(2))));
            else log.Add(line);
        }
        return new RecordedSession(name, log, segments);
    }

    public override string ToString() => Name;

    private static IEnumerable<string> NamesOf(string folder) =>
        Directory.GetFiles(folder, "*.session").Select(path => Path.GetFileNameWithoutExtension(path)!).Order();

    private static string[] Folders([CallerFilePath] string here = "")
    {
        var secrets = Path.GetDirectoryName(here)!;
        return
        [
            Path.Combine(secrets, "Sessions"),
            Path.Combine(secrets, "..", "Verification", "Sessions"),
            Path.Combine(secrets, "RsaSessions"),
        ];
    }

    // RFC 8446, Section 4.1.3: a HelloRetryRequest is a ServerHello whose random begins with cf21ad74.
    private static bool IsServerHello(Record record) =>
        record.From == Direction.ServerToClient && record.Type == 22 && record.Fragment[0] == 2
        && !record.Fragment.AsSpan(6, 4).SequenceEqual((byte[])[0xcf, 0x21, 0xad, 0x74]);

    // The records of each direction, in the order in which their last octets came.
    private static IEnumerable<Record> Split(IEnumerable<(Direction From, byte[] Bytes)> segments)
    {
        var pending =
            new Dictionary<Direction, List<byte>> { [Direction.ClientToServer] = [], [Direction.ServerToClient] = [] };
        foreach (var (from, bytes) in segments)
        {
            var buffer = pending[from];
            buffer.AddRange(bytes);
            while (buffer.Count >= 5 && buffer.Count >= 5 + ((buffer[3] << 8) | buffer[4]))
            {
                var length = (buffer[3] << 8) | buffer[4];
                yield return new Record(
                    from, buffer[0], (ushort)((buffer[1] << 8) | buffer[2]), [.. buffer.GetRange(5, length)]);
                buffer.RemoveRange(0, 5 + length);
            }
        }
    }

    private void ReadExtensions(ReadOnlySpan<byte> extensions)
    {
        while (extensions.Length >= 4)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            var body = extensions.Slice(4, BinaryPrimitives.ReadUInt16BigEndian(extensions[2..]));
            if (type == EncryptThenMac) EtmAgreed = true;
            if (type == SupportedVersions) Version = new ProtocolVersion(BinaryPrimitives.ReadUInt16BigEndian(body));
            extensions = extensions[(4 + body.Length)..];
        }
    }
}
