using TlsInterop.Tls.Scripted.Profiles;

namespace TlsInterop.Harness.Import;

/// <summary>What a report's file tells of one connection.</summary>
public sealed record ImportedConnection
{
    /// <summary>What kind of text or file it stood in: <c>ssldump text</c>.</summary>
    public required string Form { get; init; }

    /// <summary>Its number in the file, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The other connections of the file, one line each.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>What is told of the ClientHello; null if there is none.</summary>
    public ImportedHello? Hello { get; init; }

    /// <summary>What is told of the server's choice.</summary>
    public ImportedAnswer Answer { get; init; } = new();

    /// <summary>What was sent, in order.</summary>
    public IReadOnlyList<ImportedStep> Steps { get; init; } = [];

    /// <summary>The alerts among them.</summary>
    public IEnumerable<ImportedStep> Alerts => Steps.Where(step => step.Alert is not null);

    /// <summary>Who closed first, and how; null if the file does not tell.</summary>
    public ImportedStep? Closing => Steps.FirstOrDefault(step => step.IsEnd);

    /// <summary>How the client behaved where that is certain.</summary>
    public IReadOnlyList<ImportedFinding> Findings { get; init; } = [];

    /// <summary>What the file does not say and the profile has all the same.</summary>
    public IReadOnlyList<string> Guesses { get; init; } = [];

    /// <summary>What is odd about the file, and what of it could not be used.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The client as a profile of the scripted one; null if too little is told.</summary>
    public ClientProfile? Profile { get; init; }
}
