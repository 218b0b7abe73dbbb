using TlsInterop.Tls.Scripted.Quirks;
using Command = System.CommandLine.Command;

namespace TlsInterop.Harness.Commands;

/// <summary><c>quirks</c>: how a scripted end can depart from the plain handshake.</summary>
internal static class QuirksCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand(
            "quirks",
            "Lists the quirks of the scripted client: what it does, what that provokes, and who says so",
            new Example("quirks", "all of them; a block of a matrix takes them as 'quirk: [NAME, ...]'"));
        command.SetAction(parsed =>
        {
            foreach (var quirk in AllQuirks.All) Write(parsed.InvocationConfiguration.Output, quirk);
            return ExitStatus.Green;
        });
        return command;
    }

    private static void Write(TextWriter output, Quirk quirk)
    {
        output.WriteLine(quirk.Name);
        output.WriteLine($"  does      {quirk.Does}{Versions(quirk)}");
        output.WriteLine($"  provokes  {quirk.Provokes}");
        output.WriteLine($"  source    {quirk.Source}");
    }

    private static string Versions(Quirk quirk) =>
        quirk.Oldest.IsTls13 ? $" ({quirk.Oldest} only)"
        : !quirk.Newest.IsTls13 ? $" (up to {quirk.Newest})"
        : "";
}
