using System.Collections;
using System.Globalization;
using System.Reflection;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.RoundTrip;

/// <summary>A value as text, down to its octets: two values are the same if their texts are.</summary>
internal static class Structure
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        ReadOnlyMemory<byte> octets => $"<{Convert.ToHexStringLower(octets.Span)}>",
        ExtensionList { IsPresent: false } => "absent",
        string text => text,
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        _ when value.GetType() is { IsPrimitive: true } or { IsEnum: true } => value.ToString()!,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ when value.GetType().Namespace == typeof(CipherSuite).Namespace => value.ToString()!,
        _ => $"{value.GetType().Name}({string.Join(", ", Properties(value))})",
    };

    private static IEnumerable<string> Properties(object value) =>
        value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => $"{property.Name}: {Of(property.GetValue(value))}");
}
