using System.Globalization;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>The messages of a connection as a picture: two lines of life, and an arrow for each message.</summary>
public sealed record LadderView
{
    // What has more is data to search, not a picture to look at.
    private const int MostSteps = 150;

    /// <summary>Which connection it is; its steps' names begin with it.</summary>
    public required int Number { get; init; }

    /// <summary>The connection in words.</summary>
    public required string Title { get; init; }

    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Steps that are not drawn.</summary>
    public int Left { get; init; }

    /// <summary>An arrow of the picture.</summary>
    /// <param name="Id">Its name in the page.</param>
    /// <param name="Time">Milliseconds since the first frame.</param>
    /// <param name="Name">The message.</param>
    /// <param name="Size">Its size; empty for what has none.</param>
    /// <param name="Detail">What it says.</param>
    /// <param name="IsFromClient">True if the client sent it.</param>
    /// <param name="IsAlert">True for an alert.</param>
    /// <param name="IsTrouble">True for what a reader must not miss.</param>
    /// <param name="Fields">Every field, each a name and a text.</param>
    public sealed record Step(
        string Id, string Time, string Name, string Size, string Detail, bool IsFromClient, bool IsAlert,
        bool IsTrouble, IReadOnlyList<(string Name, string Text)> Fields)
    {
        /// <summary>Its sign, so that trouble is not told by colour alone.</summary>
        public string Mark => IsTrouble ? "✕ " : IsAlert ? "⚑ " : "";

        /// <summary>All of it in a line.</summary>
        public string Words => $"{Time} ms, {(IsFromClient ? "client" : "server")}: {Name}"
            + (Size.Length > 0 ? $", {Size}" : "") + (Detail.Length > 0 ? $": {Detail}" : "");
    }

    /// <summary>The picture of a connection.</summary>
    public static LadderView Of(CapturedConnection connection)
    {
        var number = connection.Info.Number;
        var first = connection.Info.FirstFrame.UnixNanoseconds;
        var steps = LadderSteps.Of(connection.Decoded.Events).ToList();
        return new()
        {
            Number = number,
            Title = $"Connection {number}: {connection.Info.Client} to {connection.Info.Server}",
            Steps = [.. steps.Take(MostSteps).Select((step, place) => StepOf($"c{number}-s{place + 1}", step, first))],
            Left = Math.Max(0, steps.Count - MostSteps),
        };
    }

    private static Step StepOf(string id, LadderStep step, long first) => new(
        id,
        ((step.First.At.UnixNanoseconds - first) / 1e6).ToString("0.0", CultureInfo.InvariantCulture),
        SafeText.Of(step.Name),
        step.Octets is { } octets ? Plural.Of(octets, "octet") : "",
        SafeText.Of(step.Detail),
        step.First.Direction == Direction.ClientToServer,
        step.IsAlert,
        step.IsTrouble,
        [.. FieldsOf(step)]);

    private static IEnumerable<(string Name, string Text)> FieldsOf(LadderStep step)
    {
        yield return ("frame", step.First.At.Number.ToString(CultureInfo.InvariantCulture));
        if (step.Record is { } record) yield return ("record", record.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, text) in step.Fields) yield return (SafeText.Of(name), SafeText.Of(text));
    }
}
