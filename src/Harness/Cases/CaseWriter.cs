using TlsInterop.Harness.Import;
using TlsInterop.Harness.Verdicts;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace TlsInterop.Harness.Cases;

/// <summary>Writes the folder of a case.</summary>
public static class CaseWriter
{
    // A report that is longer stays where it is.
    private const int MostOctets = 1 << 20;

    private const string SchemaLine = "# yaml-language-server: $schema=../../../../matrices/case.schema.json\n";

    private static readonly ISerializer Yaml = new SerializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull | DefaultValuesHandling.OmitEmptyCollections)
        .WithDefaultScalarStyle(ScalarStyle.Any)
        .Build();

    /// <summary>Makes the folder. It appears under its name only when it is whole.</summary>
    /// <param name="made">The case.</param>
    /// <param name="cases">The folder of all cases.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="IOException">It can't be written.</exception>
    public static string Write(NewCase made, string cases)
    {
        var folder = Path.Combine(cases, made.Id);
        var unfinished = Path.Combine(cases, $".{made.Id}.{Guid.NewGuid():n}");
        Directory.CreateDirectory(unfinished);
        try
        {
            File.WriteAllText(Path.Combine(unfinished, CaseFile.FileName), Text(made, result: null));
            File.WriteAllText(Path.Combine(unfinished, CaseFile.ReadmeName), Readme(made, result: null));
            ImportedProfile.Write(Path.Combine(unfinished, CaseFile.ProfileName), made.Imported, made.Profile);
            if (TakesReport(made))
                File.Copy(made.Report, Path.Combine(unfinished, "report" + Path.GetExtension(made.Report)));
            Directory.Move(unfinished, folder);
            return folder;
        }
        catch
        {
            Directory.Delete(unfinished, recursive: true);
            throw;
        }
    }

    /// <summary>True if the report is short enough to lie in the folder.</summary>
    public static bool TakesReport(NewCase made) => new FileInfo(made.Report).Length <= MostOctets;

    /// <summary>Writes down what its cell has shown, before anybody else writes in the folder.</summary>
    public static void Note(NewCase made, string folder, CellResult result)
    {
        var unfinished = Path.Combine(folder, $".{CaseFile.FileName}");
        File.WriteAllText(unfinished, Text(made, result));
        File.Move(unfinished, Path.Combine(folder, CaseFile.FileName), overwrite: true);
        File.WriteAllText(Path.Combine(folder, CaseFile.ReadmeName), Readme(made, result));
    }

    private static string Text(NewCase made, CellResult? result)
    {
        var answer = new NewCaseAnswer(made, result);
        var hasFailed = result is { Verdict: Verdict.Fail or Verdict.Hang };
        return SchemaLine + Yaml.Serialize(new
        {
            answer.Title,
            Links = made.Links.Select(link => link.AbsoluteUri).ToList(),
            Cells = new[]
            {
                new
                {
                    Cell = made.Cell.Id,
                    answer.Shows,
                    Verdict = hasFailed ? result!.Verdict.ToString().ToLowerInvariant() : "pass",
                    Signature = hasFailed ? Signature(result!) : null,
                    Diagnosis = result?.Diagnosis?.Cause,
                },
            },
        });
    }

    private static Dictionary<string, string> Signature(CellResult result) => result.Alert is { } alert
        ? new Dictionary<string, string?>
        {
            ["alert"] = alert,
            ["direction"] = FailureSignature.Words.Of(result.From),
            ["after"] = result.After,
        }.Where(pin => pin.Value is not null).ToDictionary(pin => pin.Key, pin => pin.Value!)
        // Numbers of frames and times are others the next time.
        : new()
        {
            ["message"] = string.Concat(
                (result.Got ?? "*").Select(letter => char.IsAsciiDigit(letter) ? '*' : letter)),
        };

    private static string Readme(NewCase made, CellResult? result)
    {
        var title = new NewCaseAnswer(made, result).Title;
        var links = string.Concat(made.Links.Select(link => $"* {link}\n"));
        var told = string.Join('\n', ImportText.Lines(made.Imported).Select(line => ("    " + line).TrimEnd()));
        return $"""
            # {title}

            Reported: who could not talk to whom, with which words.

            {links}
            Cause: what it was.

            Remedy: what helps the server, what helps the client.

            The client is the profile `profile.yaml` of the scripted client, recovered from the report:

            {told}

            """;
    }
}
