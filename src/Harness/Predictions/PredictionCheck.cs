using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Harness.Predictions;

/// <summary>Compares what was foretold of a handshake with what the wire shows of it.</summary>
public static class PredictionCheck
{
    private sealed record Aspect(
        string Name, string Source, Func<Prediction, string?> Predicted, Func<HandshakeFacts, string?> Got);

    // In the order in which each depends on those above.
    private static readonly Aspect[] Aspects =
    [
        new("version", "RFC 8446, Section 4.2.1; RFC 5246, Appendix E.1",
            made => made.Version?.ToString(), wire => wire.Version?.ToString()),
        new("resumption", "RFC 8446, Section 2.2; RFC 5077, Section 3.1; RFC 5246, Section 7.3",
            made => YesNo(made.Resumes), wire => YesNo(wire.IsResumed)),
        new("suite", "RFC 8446, Section 4.1.1; RFC 5246, Section 7.4.1.3",
            made => made.Suite?.ToString(), wire => wire.Suite?.ToString()),
        new("group", "RFC 8446, Section 4.2.7; RFC 8422, Section 5.1",
            made => made.Group?.ToString(), wire => wire.Group),
        new("HelloRetryRequest", "RFC 8446, Section 4.1.4",
            made => YesNo(made.RetriesHello), wire => YesNo(wire.HasHelloRetryRequest)),
        new("signature scheme", "RFC 8446, Section 4.2.3; RFC 5246, Section 7.4.1.4.1",
            made => made.Scheme?.ToString(), wire => wire.SignatureScheme),
        new("extended_master_secret", "RFC 7627, Section 5.2",
            made => YesNo(made.ExtendedMasterSecret), wire => YesNo(wire.ExtendedMasterSecret)),
        new("encrypt_then_mac", "RFC 7366, Section 2",
            made => YesNo(made.EncryptThenMac), wire => YesNo(wire.EncryptThenMac)),
    ];

    /// <summary>The first thing that differs, as what follows may follow from it; null if nothing does.</summary>
    /// <param name="made">The prediction.</param>
    /// <param name="seen">The connection.</param>
    public static Difference? FirstOf(Prediction made, DecodedConnection seen)
    {
        var outcome = Outcome.Of(seen);
        var facts = seen.Facts;
        if (made.Refused is { } refusal)
        {
            var got = outcome == refusal.By
                ? Outcome.Alert(facts)?.Alert.Description.ToString() ?? "no alert"
                : outcome;
            return refusal.Alerts.Any(alert => got == alert.ToString())
                ? null
                : new($"no {refusal.Lack}", refusal.Alerts[0].ToString(), got, refusal.Source);
        }
        // A handshake that ends early shows what it got to.
        if (facts.ServerHello is null) return null;
        foreach (var aspect in Aspects)
        {
            if (aspect.Predicted(made) is { } predicted && aspect.Got(facts) is { } got && predicted != got)
                return new(aspect.Name, predicted, got, aspect.Source);
        }
        return null;
    }

    private static string? YesNo(bool? value) => value switch { true => "yes", false => "no", null => null };
}
