using System.CommandLine;
using System.CommandLine.Parsing;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Commands;

/// <summary>What is wrong with a command line, in a few lines: the whole help would bury it.</summary>
internal static class Mistakes
{
    /// <summary>The lines; none if it is good.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var lines = new List<string>();
        // The parser takes an unknown option for an argument wherever one may stand, and what follows it for another.
        var words = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value);
        var unknown = words.Concat(parsed.UnmatchedTokens).Where(word => word.StartsWith('-') && word != "-")
            .Distinct().ToList();
        lines.AddRange(unknown.Select(word => NearMatch.Unknown(
            "option", word, command.Options.Where(option => !option.Hidden).Select(option => option.Name))));
        if (unknown.Count == 0) lines.AddRange(parsed.Errors.Select(error => Text(error, parsed)).Distinct());
        if (lines.Count > 0)
            lines.Add($"See: {string.Join(' ', [CommandTree.Program, .. Path(parsed.CommandResult), "--help"])}");
        return lines;
    }

    private static string Text(ParseError error, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var commands = command.Subcommands.Where(known => !known.Hidden).Select(known => known.Name).ToList();
        if (commands.Count == 0)
            return parsed.UnmatchedTokens is [var extra, ..] && command.Arguments is [.., { } last]
                ? $"'{extra}' is one too many. Expected: {Most(last)}"
                : Plain(error);
        return parsed.UnmatchedTokens is [var word, ..]
            ? NearMatch.Unknown("command", word, commands)
            : $"Which command? There are: {string.Join(", ", commands)}";
    }

    private static string Most(Argument argument) => argument.Arity.MaximumNumberOfValues == 1
        ? $"one {argument.HelpName ?? argument.Name} at most"
        : $"{argument.Arity.MaximumNumberOfValues} times {argument.HelpName ?? argument.Name} at most";

    // The names of a command and of those that it belongs to, without the program's.
    private static IEnumerable<string> Path(SymbolResult? asked) =>
        asked is CommandResult { Command: not RootCommand } result
            ? Path(result.Parent).Append(result.Command.Name)
            : [];

    // The parser speaks of .NET types, and of a choice without saying whose.
    private static string Plain(ParseError error)
    {
        var option = error.SymbolResult is OptionResult { Option.Name: var name } ? name + ": " : "";
        if (error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal))
            return $"{option}Expected: a whole number. Got: '{error.Message.Split('\'')[1]}'";
        return error.Message.Contains("Must be one of", StringComparison.Ordinal)
            ? option + string.Join(' ', error.Message.Split('\n').Select(line => line.Trim()))
            : error.Message;
    }
}
