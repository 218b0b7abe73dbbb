namespace TlsInterop.Harness.Import;

/// <summary>What is wanted of a report's file.</summary>
public sealed record ImportOptions
{
    /// <summary>Name of the profile; null for one made of the file's name.</summary>
    public string? Name { get; init; }

    /// <summary>Number of the connection in the file, from 1; null for the first with a ClientHello.</summary>
    public int? Connection { get; init; }
}
