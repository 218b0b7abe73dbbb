using System.CommandLine;
using System.Text.RegularExpressions;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Commands;

/// <summary><c>endpoints new</c>: the folder of an endpoint, to be filled in.</summary>
internal static partial class EndpointsNewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the endpoint, and of its folder" };
        var package = new Option<string?>("--package")
        {
            Description = "Debian's package of the stack. Without it: the name",
            HelpName = "PACKAGE",
        };
        var scheme = new Option<string>("--scheme")
        {
            Description = "How the stack names suites and groups",
            HelpName = string.Join('|', NamingScheme.All.Select(row => row.Name)),
            DefaultValueFactory = _ => "openssl",
        };
        scheme.AcceptOnlyFromAmong([.. NamingScheme.All.Select(row => row.Name)]);
        var into = new Option<string?>("--into")
        {
            Description = "Parent of the folder. Without it: containers/",
            HelpName = "FOLDER",
        };
        var command = new DocumentedCommand(
            "new",
            "Makes the folder of a new endpoint: a Dockerfile and an endpoint.yaml, to be filled in",
            new Example(
                "endpoints new ncat --scheme openssl", "a stack on OpenSSL, in Debian's package of the same name"),
            new Example("endpoints new lftp --scheme gnutls --package lftp", "one on GnuTLS"))
        {
            name, package, scheme, into,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is { } given && !FolderName().IsMatch(given))
                result.AddError(
                    $"'{given}' is no name of an endpoint: Expected: lower-case letters, digits, '.', '_' and '-'");
        });
        command.SetAction(parsed => Run(
            parsed.GetValue(name)!, parsed.GetValue(package), parsed.GetValue(scheme)!, parsed.GetValue(into),
            parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(string name, string? package, string scheme, string? into, InvocationConfiguration console)
    {
        var folder = Path.Combine(into ?? Repository.Find().Containers, name);
        if (Directory.Exists(folder)) throw new UsageException($"There is an endpoint '{name}' already: {folder}");
        EndpointTemplate.Write(folder, name, package ?? name, scheme);
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            console.Output.WriteLine(file);
        console.Error.WriteLine(
            $"Fill in what {name} says, as containers/CONTRACT.md tells, then: "
                + $"{CommandTree.Program} endpoints check {name}");
        return ExitStatus.Green;
    }

    // A part of an image's name, and of a cell id.
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,60}\z")]
    private static partial Regex FolderName();
}
