using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Verdicts;

/// <summary>
/// What a failure looks like on the wire. As an observation it holds what was seen; as the pin of a known failure it
/// holds
/// what must be seen again, and null where anything will do.
/// </summary>
/// <param name="Alert">
/// The alert's name as in RFC 8446, Section 6 (<c>handshake_failure</c>), or <see cref="NoAlert"/> if a side gave up
/// without one.
/// </param>
/// <param name="Direction">Who sent the alert or, with none, who closed.</param>
/// <param name="After">The last handshake message before it, by its name in the RFCs: <c>ClientHello</c>.</param>
/// <param name="Message">The sentence of the verdict; as a pin, a glob over the whole of it.</param>
public sealed record FailureSignature(
    string? Alert = null, Direction? Direction = null, string? After = null, string? Message = null)
{
    /// <summary>The alert of a connection that was given up without an alert.</summary>
    public const string NoAlert = "none";

    /// <summary>
    /// What an observation has otherwise than this pin says, one sentence a difference; none if it matches.
    /// </summary>
    public IReadOnlyList<string> Differences(FailureSignature observed)
    {
        var differences = new List<string>();
        Compare("alert", Alert, observed.Alert);
        Compare("direction", Words.Of(Direction), Words.Of(observed.Direction));
        Compare("after", After, observed.After);
        if (Message is not null
            && !(Glob.TryParse(Message, out var glob, out _) && glob.IsMatch(observed.Message ?? "")))
            Compare("message", Message, observed.Message ?? "");
        return differences;

        void Compare(string field, string? expected, string? got)
        {
            if (expected is not null && expected != got)
                differences.Add($"Expected {field} '{expected}'. Got: {(got is null ? "none" : $"'{got}'")}");
        }
    }

    /// <summary>The words that stand for a direction in a file.</summary>
    internal static class Words
    {
        public static readonly IReadOnlyDictionary<string, Direction> All =
            new Dictionary<string, Direction>(StringComparer.Ordinal)
        {
            ["client-to-server"] = Tls.Capture.Direction.ClientToServer,
            ["server-to-client"] = Tls.Capture.Direction.ServerToClient,
        };

        public static string? Of(Direction? direction) => All.FirstOrDefault(word => word.Value == direction).Key;
    }
}
