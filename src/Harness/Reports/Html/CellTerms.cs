using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>What a cell asked for beside what its handshake agreed on.</summary>
internal static class CellTerms
{
    private const string Free = "the stacks' choice";
    private const string Unseen = "not agreed";

    /// <summary>The terms that were asked for, or agreed on.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="facts">What its last connection agreed on; null if there is no capture.</param>
    public static IReadOnlyList<(string Name, string Requested, string Effective)> Of(
        ListedCell cell, HandshakeFacts? facts)
    {
        if (!CellId.TryParse(cell.Id, out var asked, out _) || facts is null)
            return [("all", Asked(cell.Names), SafeText.Of(cell.Result?.Effective ?? Unseen))];
        return
        [
            .. new (string Name, string? Requested, string? Effective)[]
            {
                ("version", asked.Version?.ToString(), facts.Version?.ToString()),
                ("cipher suite", asked.Suite?.ToString(), facts.Suite?.ToString()),
                ("group", asked.Group, facts.Group),
                ("signature", null, facts.SignatureScheme),
                ("ALPN", null, facts.Alpn),
                ("certificate", asked.Certificate,
                    facts.ServerCertificate is { Entries: [{ Summary.Subject: { } name }, ..] } ? name : null),
                ("quirk", asked.Quirk, null),
            }
            .Where(row => row is not { Requested: null, Effective: null })
            .Select(row => (row.Name, row.Requested ?? Free, SafeText.Of(row.Effective ?? Missing(row.Name)))),
        ];
    }

    // A quirk is not agreed on: what it does is in the ladder.
    private static string Missing(string name) => name == "quirk" ? "see the messages" : Unseen;

    private static string Asked(CellNames names) => string.Join(
        " · ", new[] { names.Version, names.Suite, names.Rest }.Where(word => word.Length > 0));
}
