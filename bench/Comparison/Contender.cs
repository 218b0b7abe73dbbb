namespace TlsInterop.Bench.Comparison;

/// <summary>A program that reads captures.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Program">What is started.</param>
/// <param name="Package">The Debian package that has it, or null for this project.</param>
/// <param name="Arguments">Its arguments for a capture and a key log.</param>
internal sealed record Contender(
    string Name, string Program, string? Package, Func<string, string, IEnumerable<string>> Arguments)
{
    private const string Ours = "tlsinterop";

    private static readonly string[] SevenFields =
    [
        "-Y", "tls", "-T", "fields", "-e", "frame.number", "-e", "tcp.stream", "-e", "tls.record.content_type",
        "-e", "tls.handshake.type", "-e", "tls.handshake.ciphersuite", "-e", "tls.handshake.extensions_server_name",
        "-e", "tls.alert_message.desc",
    ];

    /// <summary>Everyone, each of this project's behind whom it is compared with.</summary>
    public static IReadOnlyList<Contender> All { get; } =
    [
        new("tcpdump -w /dev/null", "tcpdump", "tcpdump", (file, _) => ["-r", file, "-w", "/dev/null"]),
        new("ssldump", "ssldump", "ssldump", (file, _) => ["-n", "-r", file]),
        new("tshark, 7 fields", "tshark", "tshark", (file, _) => ["-n", "-r", file, .. SevenFields]),
        new("tshark, 7 fields, keys", "tshark", "tshark",
            (file, keys) => ["-n", "-r", file, "-o", $"tls.keylog_file:{keys}", .. SevenFields]),
        new($"{Ours}, summary", Interop, null, (file, _) => [.. Summary, file]),
        new($"{Ours}, summary, keys", Interop, null, (file, keys) => [.. Summary, "--keys", keys, file]),
    ];

    private static string Interop => Path.Combine(Checkout.Root, "interop");

    private static string[] Summary => ["decode", "--summary", "--format", "jsonl"];

    public bool IsThere => Program == Interop
        || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, Program)));
}
