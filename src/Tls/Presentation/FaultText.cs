using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation;

/// <summary>A fault as a sentence for a person, with whose it is.</summary>
internal static class FaultText
{
    public static string Of(WireFault fault) =>
        $"{fault.Kind} in {fault.Field} at offset {fault.Offset}: {fault.Detail} ({Owner(fault.Owner)})";

    private static string Owner(FaultOwner owner) => owner switch
    {
        FaultOwner.Peer => "the sender wrote it so",
        FaultOwner.CutCapture => "the capture lacks the rest; the sender may be innocent",
        _ => "the secrets or the limits of this decoder",
    };
}
