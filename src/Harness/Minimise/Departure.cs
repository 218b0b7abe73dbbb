using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Minimise;

/// <summary>The end of a failure that departs from an RFC, where the cause of the failure says so.</summary>
/// <param name="Role">Which end.</param>
/// <param name="End">Who that is.</param>
/// <param name="Rule">The cause, with the RFC and what it says.</param>
public sealed record Departure(string Role, EndpointReference End, DiagnosisRule Rule)
{
    /// <summary>
    /// Causes by which an end does not bear what an RFC allows the other to send: who gave up is who departs from it.
    /// </summary>
    public static readonly IReadOnlyList<string> OfWhoGaveUp =
        ["padding-intolerance", "empty-record-intolerance", "extension-intolerance", "grease-intolerance"];

    /// <summary>Reads it off a failure; null if its cause is not known, or breaks no rule.</summary>
    public static Departure? Of(Cell cell, CellResult? failed)
    {
        if (failed is not { Diagnosis.Cause: var cause, From: { } from } || !OfWhoGaveUp.Contains(cause)) return null;
        var rule = DiagnosisRules.All.First(known => known.Id == cause);
        return from == Direction.ClientToServer ? new("client", cell.Client, rule) : new("server", cell.Server, rule);
    }
}
