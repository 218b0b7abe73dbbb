using System.CommandLine;
using System.Text.Json;
using TlsInterop.Harness.Import;
using Command = System.CommandLine.Command;

namespace TlsInterop.Harness.Commands;

/// <summary><c>import</c>: a client out of a report.</summary>
internal static class ImportCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "What was reported: a capture or a tool's text" };
        var output = new Option<string?>("--out")
        {
            Description = "Where the profile goes. Without it and --name: nowhere, the summary is all",
            HelpName = "PROFILE.yaml",
        };
        var name = new Option<string?>("--name")
        {
            Description = "Name of the profile, and of its file without --out: NAME.yaml",
            HelpName = "NAME",
        };
        var connection = new Option<int?>("--connection")
        {
            Description = "Which connection of the file, from 1. Without it: the first with a ClientHello",
            HelpName = "N",
        };
        var incomplete = new Option<bool>("--incomplete")
        {
            Description = "Write the profile though the report has a part of the ClientHello alone",
        };
        var json = new Option<bool>("--json") { Description = "The summary as one object, for a program" };
        var command = new DocumentedCommand(
            "import",
            "Recovers a client from a bug report as a profile of the scripted client: from a capture, the texts of "
                + "ssldump, openssl and gnutls-cli, or a hex dump",
            new Example("import capture.pcapng", "what the first client of a capture sent, and what came of it"),
            new Example("import ssldump.txt --out client.yaml", "and its profile"),
            new Example("import ssldump.txt --connection 2 --out client.yaml", "of another connection of the file"),
            new Example("import hello.hex --json", "the summary for a program"))
        {
            file, output, name, connection, incomplete, json,
        };
        command.Words =
        [
            ("guessed", "what the file does not tell, and the profile has all the same"),
            ("findings", "what the client did for certain; why is for you to say, in the profile's reactions"),
            ("remarks", "what is odd about the file, and what of it could not be used"),
        ];
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var target = Target(parsed.GetValue(output), parsed.GetValue(name));
            var imported = ImportFile.Read(path, new()
            {
                Name = target is null ? null : Path.GetFileNameWithoutExtension(target),
                Connection = Positive(parsed.GetValue(connection)),
            });
            if (target is not null && imported.Hello?.Incomplete is { } part && !parsed.GetValue(incomplete))
                throw new UsageException(
                    $"{path}: Expected: a whole ClientHello. Got: {part}; {target} is not written.\n"
                    + "  remedy: collect all of it, or take --incomplete for a client that is none of the report");
            if (target is not null)
            {
                ImportedProfile.Write(target, imported, imported.Profile ?? throw new UsageException(
                    $"{path}: Expected: a ClientHello with its suites. Got: none; {target} is not written.\n  "
                    + string.Join("\n  ", imported.Remarks)));
            }
            Show(parsed.InvocationConfiguration.Output, parsed.GetValue(json), imported, path, target);
            return ExitStatus.Green;
        });
        return command;
    }

    private static void Show(TextWriter output, bool isJson, ImportedConnection imported, string path, string? target)
    {
        if (isJson)
        {
            output.WriteLine(ImportJson.Of(imported, target).ToJsonString(Indented));
            return;
        }
        foreach (var line in ImportText.Lines(imported)) output.WriteLine(line);
        if (imported.Profile is null) return;
        output.WriteLine($"profile  {target ?? "not written: name it with --out PROFILE.yaml"}");
        output.WriteLine($"next     {CommandTree.Program} new-case ID --from {path} --server ENDPOINT");
    }

    private static string? Target(string? output, string? name)
    {
        if (name is not null && !ProfileNames.IsOne(name))
            throw new UsageException(
                $"--name {name}: Expected: lower-case letters, digits, '-' and '.', 40 at most. Got: others.");
        return output ?? (name is null ? null : $"{name}.yaml");
    }

    private static int? Positive(int? number) => number is null or > 0
        ? number
        : throw new UsageException($"--connection: Expected: a number from 1. Got: {number}.");
}
