using System.CommandLine;

namespace TlsInterop.Harness.Commands;

/// <summary><c>bench</c>: how fast this machine is at what the other commands do.</summary>
internal static class BenchCommand
{
    private static readonly Argument<string> File = new("FILE")
    {
        Description = "A capture; 'bench' of the repository generates large ones",
    };

    private static readonly Option<string[]> Keys = new("--keys")
    {
        Description = "A TLS key log: records are opened, and everything is verified. Repeatable",
        HelpName = "KEYLOG",
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "How often it is decoded, after once to warm up",
        HelpName = "N",
        DefaultValueFactory = _ => 3,
    };

    public static Command Create()
    {
        Example[] examples =
        [
            new("bench decode capture.pcapng", "without secrets"),
            new("bench decode --keys keys.log capture.pcapng", "with decryption and verification"),
        ];
        var decode = new DocumentedCommand(
            "decode",
            "Decodes a capture again and again, writes the summary lines nowhere, and tells how fast it was",
            examples)
        {
            File, Keys, Rounds,
        };
        decode.SetAction(parsed => BenchDecode.Run(
            new DecodeArguments
            {
                File = parsed.GetRequiredValue(File),
                Keys = parsed.GetValue(Keys) ?? [],
                Format = DecodeFormat.Jsonl,
                IsSummary = true,
                Verifies = parsed.GetValue(Keys) is { Length: > 0 },
            },
            parsed.GetValue(Rounds),
            parsed.InvocationConfiguration.Output));
        return new DocumentedCommand("bench", "Measures how fast this machine decodes", examples) { decode };
    }
}
