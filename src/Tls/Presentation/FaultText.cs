using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation;

/// <summary>A fault as a sentence for a person.</summary>
internal static class FaultText
{
    /// <summary>All that is known of it.</summary>
    public static string Of(WireFault fault) => $"{Brief(fault)}: {fault.Detail} ({fault.Whose})";

    /// <summary>What is wrong, and where.</summary>
    public static string Brief(WireFault fault) => $"{fault.What} in {fault.Field} at offset {fault.Offset}";
}
