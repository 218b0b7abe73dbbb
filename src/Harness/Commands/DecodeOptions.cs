using System.CommandLine;

namespace TlsInterop.Harness.Commands;

/// <summary>The words that <c>decode</c> takes.</summary>
internal sealed class DecodeOptions
{
    // Those of DecodeFormat, in its order. Asking the enumeration for them costs milliseconds of every start.
    private static readonly string[] FormatNames = ["text", "json", "jsonl", "snapshot"];

    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "A pcap or pcapng capture, packed with gzip or not; '-' reads standard input. Its "
            + "connections are shown in the order in which they began, those of standard input as they end; a "
            + "connection that goes on while more than 8 MiB of others wait comes later",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _keys = new("--keys")
    {
        Description = "A TLS key log (SSLKEYLOGFILE); secrets inside of a pcapng file are used as well. Repeatable",
        HelpName = "KEYLOG",
    };

    private readonly Option<string[]> _rsaKey = new("--rsa-key")
    {
        Description = "An RSA private key of a server in PEM: opens RSA key exchange up to TLS 1.2. Repeatable",
        HelpName = "PEM",
    };

    private readonly Option<string> _format = new("--format")
    {
        HelpName = "text|json|jsonl|snapshot",
        DefaultValueFactory = _ => FormatNames[0],
        Description = "text: a ladder of messages, then what is wrong. json: everything in one document. "
            + "jsonl: everything, one connection a line. "
            + "snapshot: what two captures of the same behaviour have in common",
    };

    private readonly Option<bool> _summary = new("--summary")
    {
        Description = "One line a connection, as text or with --format jsonl",
    };

    private readonly Option<bool> _verify = new("--verify")
    {
        Description = "With --summary: recompute what the handshakes prove, and ask the rules",
    };

    private readonly Option<bool> _details = new("--details")
    {
        Description = "In text: every field and extension below its message",
    };

    private readonly Option<int[]> _stream = new("--stream")
    {
        Description = "Only the connection of that number, from 1. Repeatable",
        HelpName = "N",
    };

    private readonly Option<int[]> _port = new("--port")
    {
        Description = "Only connections with that port at either end. Repeatable",
        HelpName = "N",
    };

    private readonly Option<bool> _schema = new("--schema")
    {
        Description = "Print the JSON schema of what the JSON formats write, and nothing else",
    };

    public DecodeOptions() => _format.AcceptOnlyFromAmong(FormatNames);

    public void AddTo(Command command)
    {
        command.Add(_file);
        foreach (var option in (Option[])
            [_keys, _rsaKey, _format, _summary, _verify, _details, _stream, _port, _schema]) command.Add(option);
    }

    /// <summary>True if nothing is to be decoded.</summary>
    public bool AsksForSchema(ParseResult parsed) => parsed.GetValue(_schema);

    /// <summary>True if there is one to decode.</summary>
    public bool NamesCapture(ParseResult parsed) => parsed.GetValue(_file) is not null;

    /// <summary>What was asked for.</summary>
    /// <exception cref="UsageException">No capture is named.</exception>
    public DecodeArguments Read(ParseResult parsed) => new()
    {
        File = parsed.GetValue(_file)
            ?? throw new UsageException($"Which capture?\nSee: {CommandTree.Program} decode --help"),
        Keys = parsed.GetValue(_keys) ?? [],
        RsaKeys = parsed.GetValue(_rsaKey) ?? [],
        Format = (DecodeFormat)Array.IndexOf(FormatNames, parsed.GetValue(_format)),
        IsSummary = parsed.GetValue(_summary),
        Verifies = parsed.GetValue(_verify),
        HasDetails = parsed.GetValue(_details),
        Streams = parsed.GetValue(_stream) ?? [],
        Ports = parsed.GetValue(_port) ?? [],
    };
}
