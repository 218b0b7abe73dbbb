using System.Text;
using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Diagnosis.Logs;
using TlsInterop.Harness.Tests.Matrix;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>
/// A connection made of pieces: the records of a recorded one, some of them changed or left out, and what befell it
/// then. Every piece is a frame, and comes a millisecond after the one before.
/// </summary>
internal sealed record Dialogue
{
    public const Direction Client = Direction.ClientToServer;
    public const Direction Server = Direction.ServerToClient;

    public const string Tls10 = "tls10-rsa-aes128-cbc-sha";
    public const string Tls12 = "tls12-ecdhe-rsa-aes128-gcm";
    public const string Tls13 = "tls13-x25519-aes256-gcm";

    private const long Millisecond = 1_000_000;

    private static readonly Dictionary<string, Dialogue> Recorded = [];

    private enum PieceKind { Octets, Fin, Reset, Gap }

    private sealed record Piece(
        PieceKind Kind, Direction From, byte[] Octets, long WaitMilliseconds = 1,
        IReadOnlyList<HandshakeType>? Ends = null);

    private IReadOnlyList<Piece> Pieces { get; init; } = [];

    private KeyLog? Keys { get; init; }

    private DateTimeOffset Begin { get; init; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private bool OpeningSeen { get; init; } = true;

    private DiagnosisContext Context { get; init; } = new();

    /// <summary>Nothing but an opened connection.</summary>
    public static Dialogue Empty { get; } = new();

    /// <summary>A connection of <c>tests/Tls/Captures</c>, record by record.</summary>
    /// <param name="capture">Name of the capture.</param>
    /// <param name="number">Which of its connections.</param>
    public static Dialogue Of(string capture, int number = 1)
    {
        lock (Recorded)
        {
            var name = $"{capture}-{number}";
            if (!Recorded.TryGetValue(name, out var dialogue)) Recorded[name] = dialogue = Read(capture, number);
            return dialogue;
        }
    }

    /// <summary>Explains a capture as it is, with the secrets that it holds.</summary>
    public static DiagnosisResult Captured(string capture)
    {
        var connection = Connections(capture)[0];
        return Diagnoser.Explain(
            connection.Decoded, new() { Info = connection.Info, KeyLog = connection.KeyLog });
    }

    private static Dialogue Read(string capture, int number)
    {
        var connection = Connections(capture)[number - 1];
        var decoded = connection.Decoded;
        return new()
        {
            Keys = connection.KeyLog,
            Begin = DateTimeOffset.UnixEpoch.AddTicks(connection.Info.FirstFrame.UnixNanoseconds / 100),
            Pieces =
            [
                .. decoded.Records.Select(record => new Piece(PieceKind.Octets, record.Direction, Octets(record.Record),
                    Ends: [.. decoded.Messages.Where(item => item.Direction == record.Direction
                        && item.RecordNumber == record.Number).Select(item => item.Message.Type)])),
                .. decoded.Events.OfType<EndEvent>().Select(item => new Piece(
                    item.End == ConnectionEnd.Fin ? PieceKind.Fin : PieceKind.Reset, item.Direction, [])),
            ],
        };
    }

    // Those of the decoder's tests have a key log beside them, those of this folder have their secrets inside.
    private static List<CapturedConnection> Connections(string capture)
    {
        var own = RepositoryFiles.Find($"tests/Harness/Diagnosis/Captures/{capture}.pcapng");
        var keys = new KeyLog();
        var log = RepositoryFiles.Find($"tests/Tls/Captures/{capture}.keys");
        if (File.Exists(log)) keys.AddLines(File.ReadAllText(log));
        var connections = new List<CapturedConnection>();
        using var file = File.OpenRead(
            File.Exists(own) ? own : RepositoryFiles.Find($"tests/Tls/Captures/{capture}.pcap"));
        new CaptureDecoder(new() { KeyLog = keys }).Read(file, connection => connection, connections.Add);
        connections.Sort((left, right) => left.Info.Number.CompareTo(right.Info.Number));
        return connections;
    }

    /// <summary>It ends behind the first message of a type from an end.</summary>
    public Dialogue UpTo(Direction from, HandshakeType type, int nth = 1)
    {
        var seen = 0;
        var last = Pieces.ToList().FindIndex(piece =>
            piece.From == from && piece.Ends?.Contains(type) == true && ++seen == nth);
        Assert.That(last, Is.Not.Negative, $"no {type}");
        return this with { Pieces = [.. Pieces.Take(last + 1)] };
    }

    /// <summary>So many of its pieces.</summary>
    public Dialogue First(int count) => this with { Pieces = [.. Pieces.Take(count)] };

    /// <summary>Without the ends, if there are any.</summary>
    public Dialogue Open() => this with { Pieces = [.. Pieces.Where(piece => piece.Kind == PieceKind.Octets)] };

    /// <summary>Without some of its first pieces.</summary>
    public Dialogue Skip(int count) => this with { Pieces = [.. Pieces.Skip(count)], OpeningSeen = false };

    /// <summary>One direction alone; of the other one it is known that something came.</summary>
    public Dialogue Only(Direction from) => this with
    {
        Pieces =
        [
            .. Pieces.Select(piece => piece.From == from || piece.Kind != PieceKind.Octets
                ? piece : piece with { Kind = PieceKind.Gap }),
        ],
    };

    /// <summary>A piece of an end is not in the capture.</summary>
    public Dialogue Lost(int index) => this with
    {
        Pieces = [.. Pieces.Select((piece, at) => at == index ? piece with { Kind = PieceKind.Gap } : piece)],
    };

    /// <summary>Behind it come octets.</summary>
    public Dialogue Then(Direction from, params byte[] octets) => Add(new(PieceKind.Octets, from, octets));

    /// <summary>Behind it comes text.</summary>
    public Dialogue Say(Direction from, params string[] lines) =>
        lines.Aggregate(this, (dialogue, line) => dialogue.Then(from, Encoding.ASCII.GetBytes(line + "\r\n")));

    // RFC 8446, Sections 5.1 and 6
    public Dialogue Alert(Direction from, byte description, byte level = 2) =>
        Then(from, 21, 3, 3, 0, 2, level, description);

    public Dialogue Fin(Direction from, long afterMilliseconds = 1) =>
        Add(new(PieceKind.Fin, from, [], afterMilliseconds));

    public Dialogue Reset(Direction from, long afterMilliseconds = 1) =>
        Add(new(PieceKind.Reset, from, [], afterMilliseconds));

    /// <summary>The same at another time.</summary>
    public Dialogue At(DateTimeOffset begin) => this with { Begin = begin };

    /// <summary>The same without its secrets, or with others.</summary>
    public Dialogue With(KeyLog? keys) => this with { Keys = keys };

    /// <summary>A message says something else; it has a record of its own then.</summary>
    public Dialogue Change<T>(Func<T, T> change, ProtocolVersion version = default)
        where T : HandshakeBody
    {
        var context = new MessageContext(version == default ? ProtocolVersion.Tls12 : version, null);
        var pieces = Pieces.ToList();
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Octets is not [22, _, _, _, _, ..]) continue;
            var message = HandshakeMessage.Read(pieces[i].Octets.AsMemory(TlsRecord.HeaderLength), context);
            if (message is not { Fault: null, Body: T body }) continue;
            var bytes = HandshakeMessage.Of(message.Type, change(body), context).Bytes;
            pieces[i] = pieces[i] with { Octets = Octets(bytes, pieces[i].Octets) };
            return this with { Pieces = pieces };
        }
        Assert.Fail($"no {typeof(T).Name} in a record of its own");
        return this;
    }

    /// <summary>An octet of a piece is another.</summary>
    public Dialogue Spoil(int index, int octet = -1)
    {
        var pieces = Pieces.ToList();
        byte[] octets = [.. pieces[index].Octets];
        octets[octet < 0 ? octets.Length + octet : octet] ^= 1;
        pieces[index] = pieces[index] with { Octets = octets };
        return this with { Pieces = pieces };
    }

    /// <summary>The place of the last piece of an end that is a record of a type.</summary>
    public int LastRecord(Direction from, byte type) => Pieces.ToList().FindLastIndex(piece =>
        piece.From == from && piece.Kind == PieceKind.Octets && piece.Octets[0] == type);

    /// <summary>What is known beside it.</summary>
    public Dialogue Knowing(Func<DiagnosisContext, DiagnosisContext> change) =>
        this with { Context = change(Context) };

    public Dialogue ServerSaid(params string[] lines) => Knowing(context =>
        context with { ServerLog = LogText.Of("the server's log", string.Join('\n', lines)) });

    public Dialogue ClientSaid(params string[] lines) => Knowing(context =>
        context with { ClientLog = LogText.Of("the client's log", string.Join('\n', lines)) });

    /// <summary>Another connection of the same two.</summary>
    public Dialogue Beside(Dialogue other) => Knowing(context =>
        context with { Others = [.. context.Others, other.Decode()] });

    public DiagnosisResult Explain() => Diagnoser.Explain(Decode(), Context with { KeyLog = Keys });

    public DecodedConnection Decode()
    {
        var decoder = new ConnectionDecoder { OpeningSeen = OpeningSeen };
        var (frame, time) = (0L, (Begin - DateTimeOffset.UnixEpoch).Ticks * 100);
        foreach (var piece in Pieces)
        {
            time += piece.WaitMilliseconds * Millisecond;
            var at = new FrameStamp(++frame, time);
            switch (piece.Kind)
            {
                case PieceKind.Octets: decoder.Data(piece.From, piece.Octets, at); break;
                case PieceKind.Gap: decoder.Gap(piece.From, piece.Octets.Length, at); break;
                case PieceKind.Fin: decoder.End(piece.From, ConnectionEnd.Fin, at); break;
                default: decoder.End(piece.From, ConnectionEnd.Reset, at); break;
            }
        }
        return decoder.Decode(new SessionSecrets(Keys ?? new KeyLog()));
    }

    private Dialogue Add(Piece piece) => this with { Pieces = [.. Pieces, piece] };

    private static byte[] Octets(TlsRecord record)
    {
        var writer = new WireWriter();
        record.Write(writer);
        return writer.ToArray();
    }

    // A message that is longer than a record goes over several, in one piece.
    private static byte[] Octets(ReadOnlyMemory<byte> message, byte[] like)
    {
        var octets = new List<byte>();
        for (var start = 0; start < message.Length; start += 1 << 14)
        {
            var part = message[start..Math.Min(message.Length, start + (1 << 14))];
            octets.AddRange(Octets(new TlsRecord(
                new ContentType(like[0]), new ProtocolVersion((ushort)(like[1] << 8 | like[2])), part, default)));
        }
        return [.. octets];
    }
}
