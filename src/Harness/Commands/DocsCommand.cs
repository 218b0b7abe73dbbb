using System.CommandLine;
using TlsInterop.Harness.Documents;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Commands;

/// <summary><c>docs</c>: the tables of the documents, made anew.</summary>
internal static class DocsCommand
{
    public static Command Create()
    {
        var check = new Option<bool>("--check") { Description = "Writes nothing; 1 if a table is not as it would be" };
        var command = new DocumentedCommand(
            "docs",
            "Renews the tables of docs/ that the code knows: endpoints, scenarios, quirks, causes, suites, commands",
            new Example("docs --check", "are they as the code has them?"))
        {
            check,
        };
        command.SetAction(parsed =>
        {
            var repository = Repository.Find();
            var catalogue = repository.Catalogue();
            var output = parsed.InvocationConfiguration.Output;
            var stale = 0;
            foreach (var file in Directory.GetFiles(repository.Documents, "*.md").Order(StringComparer.Ordinal))
            {
                var text = File.ReadAllText(file);
                var renewed = GeneratedDocument.Renew(text, catalogue);
                var isStale = renewed != text;
                if (isStale) stale++;
                output.WriteLine($"{(isStale ? parsed.GetValue(check) ? "stale  " : "renewed" : "as it is")} "
                    + Path.GetRelativePath(repository.Root, file));
                if (isStale && !parsed.GetValue(check)) File.WriteAllText(file, renewed);
            }
            return stale > 0 && parsed.GetValue(check) ? ExitStatus.Red : ExitStatus.Green;
        });
        return command;
    }
}
