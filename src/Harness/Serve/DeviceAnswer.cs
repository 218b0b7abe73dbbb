using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Serve;

/// <summary>What a device made of a configuration: a line of the file that a search goes on from.</summary>
/// <param name="Result">What became of the cell.</param>
/// <param name="Offer">What it had offered by then.</param>
public sealed record DeviceAnswer(CellResult Result, DeviceOffer? Offer);
