using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Harness.Verdicts;

/// <summary>What the judge's sentences are made of.</summary>
internal static class CellWords
{
    /// <summary>What was asked for, as a sentence has it.</summary>
    public static string Asked(CellObservation seen) => seen.Cell is { Version: null }
        ? "what both choose by themselves"
        : $"{seen.Cell.Version} with {seen.Cell.Suite}{(seen.Cell.Group is { } group ? $" and {group}" : "")}";

    /// <summary>What the wire shows, or null if there was no ServerHello.</summary>
    public static string? Effective(CellObservation seen) =>
        seen.Connection?.Facts is { Version: { } version, Suite: { } suite } facts
        ? string.Join(
            " · ", new[] { version.ToString(), suite.ToString(), facts.Group, facts.SignatureScheme }.Where(
                part => part is not null))
        : null;

    /// <summary>How the last connection of a cell ended.</summary>
    public static string HowItEnded(CellObservation seen) => HowItEnded(seen.Connection!);

    /// <summary>How a connection ended: by which alert, or by whom behind what.</summary>
    public static string HowItEnded(DecodedConnection connection)
    {
        var facts = connection.Facts;
        if (Outcome.Alert(facts) is { } alert) return Of(alert);
        var after = facts.LastMessage is { } last
            ? $"after {last.Type} of the {Ends(last.Direction)}"
            : "before any TLS";
        return facts.FirstTcpEnd is { } end
            ? $"{(end.Kind == CloseKind.Reset ? "RST" : "FIN")} from the {Ends(end.Direction)} {after}, and no alert"
            : $"no end of the connection {after}";
    }

    /// <summary>An alert, who sent it, and behind what.</summary>
    public static string Of(AlertFact alert) =>
        $"alert {alert.Alert.Description} ({alert.Alert.Description.Code}) from the "
            + $"{Ends(alert.Direction)}{(alert.AfterMessage is { } message ? $" after {message}" : "")}";

    /// <summary>What was seen last of a cell that does not end.</summary>
    public static string LastOnTheWire(CellObservation seen) =>
        (seen.Connection is { Events: [.., var last] } ? last : null) switch
    {
        HandshakeEvent item => $"{item.Message.Type} of the {Ends(item.Direction)}",
        AlertEvent item => $"alert {item.Alert.Description} of the {Ends(item.Direction)}",
        ApplicationDataEvent item => $"application data of the {Ends(item.Direction)}",
        EndEvent item => $"{item.End} of the {Ends(item.Direction)}",
        { } item => $"an octet of the {Ends(item.Direction)}",
        null => "the opening of the connection",
    };

    /// <summary>The end of what a program printed: where it says what it did not like.</summary>
    public static string Last(string end, string output) =>
        LastLines(output) is { Length: > 0 } ? Said(end, output) : "";

    /// <summary>What an end said last, or that it said nothing.</summary>
    public static string Said(string end, string output) =>
        LastLines(output) is { Length: > 0 } lines ? $"the {end} said: {lines}" : $"the {end} said nothing";

    /// <summary>Which end sends in a direction.</summary>
    public static string Ends(Direction direction) => direction == Direction.ClientToServer ? "client" : "server";

    private static string LastLines(string output) => string.Join(
        " | ",
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3));
}
