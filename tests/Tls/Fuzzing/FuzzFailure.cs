namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>An input that breaks a claim.</summary>
/// <param name="Index">Which input of the seed: it is made again from the two.</param>
/// <param name="Origin">What the input was made from.</param>
/// <param name="Claim">What it breaks, in words that are the same for the same cause.</param>
/// <param name="Detail">What happened.</param>
internal sealed record FuzzFailure(long Index, string Origin, string Claim, string Detail)
{
    public override string ToString() => $"input {Index} (from {Origin}): {Claim}\n{Detail}";
}
