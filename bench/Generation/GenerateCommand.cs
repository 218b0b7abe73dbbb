using System.CommandLine;

namespace TlsInterop.Bench.Generation;

/// <summary><c>generate</c>: a large capture and its key log.</summary>
internal static class GenerateCommand
{
    private const int BufferLength = 1 << 20;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Where to write; '-' is standard output" };
        var size = new Option<string>("--size")
        {
            Description = "At least so many octets: 200M, 10G",
            DefaultValueFactory = _ => "200M",
        };
        var seed = new Option<int>("--seed") { Description = "Another seed gives another capture" };
        var keys = new Option<string?>("--keys")
        {
            Description = "Where the key log goes; FILE.keys if it is left out",
        };
        var command = new Command("generate", "Writes a large capture, full of handshakes, by replaying the small ones")
        {
            file, size, seed, keys,
        };
        command.SetAction(parsed => Generate(
            parsed.GetRequiredValue(file),
            ByteSize.Parse(parsed.GetRequiredValue(size)),
            parsed.GetValue(seed),
            parsed.GetValue(keys)));
        return command;
    }

    private static int Generate(string file, long size, int seed, string? keys)
    {
        var templates = new CaptureTemplates(Checkout.Captures);
        if ((keys ?? (file == "-" ? null : $"{file}.keys")) is { } path) File.WriteAllText(path, templates.Keys);
        using var stream = new BufferedStream(
            file == "-" ? Console.OpenStandardOutput() : File.Create(file), BufferLength);
        var replays = new CaptureGenerator(templates, seed).Write(stream, size);
        Console.Error.WriteLine($"{replays} conversations of {templates.Captures.Count} captures");
        return 0;
    }
}
