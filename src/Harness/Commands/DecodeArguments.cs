namespace TlsInterop.Harness.Commands;

/// <summary>How <c>decode</c> shows connections.</summary>
internal enum DecodeFormat { Text, Json, Jsonl, Snapshot }

/// <summary>What <c>decode</c> was asked for.</summary>
internal sealed record DecodeArguments
{
    /// <summary>What stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The capture.</summary>
    public required string File { get; init; }

    /// <summary>Key logs.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>PEM files with RSA private keys of servers.</summary>
    public IReadOnlyList<string> RsaKeys { get; init; } = [];

    public DecodeFormat Format { get; init; }

    /// <summary>One line a connection.</summary>
    public bool IsSummary { get; init; }

    /// <summary>Asks the rules where that is not done anyway.</summary>
    public bool Verifies { get; init; }

    /// <summary>Every field and extension, in text.</summary>
    public bool HasDetails { get; init; }

    /// <summary>Numbers of the connections that are wanted; none for all.</summary>
    public IReadOnlyList<int> Streams { get; init; } = [];

    /// <summary>Ports, one of which a wanted connection has at one of its ends; none for all.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>The capture as messages name it.</summary>
    public string FileName => File == StandardInput ? "standard input" : File;
}
