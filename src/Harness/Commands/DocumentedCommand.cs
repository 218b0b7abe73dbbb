using System.CommandLine;

namespace TlsInterop.Harness.Commands;

/// <summary>A line that a person can type.</summary>
/// <param name="Arguments">What stands behind <c>tlsinterop</c>, as a shell would read it.</param>
/// <param name="Meaning">What it does, in a few words.</param>
/// <param name="NeedsEngine">True if it runs cells, or talks to a server that must be there.</param>
internal sealed record Example(string Arguments, string Meaning, bool NeedsEngine = false);

/// <summary>A command whose help ends with examples.</summary>
internal class DocumentedCommand(string name, string description, params Example[] examples)
    : Command(name, description)
{
    public IReadOnlyList<Example> Examples { get; } = examples;

    /// <summary>
    /// Tells, by throwing, what is wrong with arguments that can be parsed: they name what is not there.
    /// </summary>
    public Action<ParseResult> Check { get; set; } = _ => { };

    /// <summary>Words of its output that need one, and what they mean.</summary>
    public IReadOnlyList<(string Word, string Meaning)> Words { get; set; } = [];

    /// <summary>What each exit status of it means, if that is not what it means elsewhere.</summary>
    public IReadOnlyList<(int Status, string Meaning)> Statuses { get; set; } = [];
}
