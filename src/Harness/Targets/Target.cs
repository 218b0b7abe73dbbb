using System.Globalization;
using TlsInterop.Harness.Commands;

namespace TlsInterop.Harness.Targets;

/// <summary>A server somewhere, which nobody here starts or configures.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
public sealed record Target(string Host, int Port)
{
    /// <summary>Reads <c>HOST:PORT</c>; an IPv6 address stands in brackets: <c>[::1]:443</c>.</summary>
    /// <exception cref="UsageException">It is not of that form.</exception>
    public static Target Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon] : "";
        var isBracketed = host is ['[', _, .., ']'];
        if (isBracketed) host = host[1..^1];
        var isHost = host.Length > 0 && !host.Any(char.IsWhiteSpace) && host.AsSpan().IndexOfAny("[]") < 0
            && (isBracketed || !host.Contains(':'));
        return isHost && int.TryParse(
                text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and < 65536
            ? new(host, port)
            : throw new UsageException(
                $"{text}: Expected: HOST:PORT, as mail.example.org:465 or [::1]:443");
    }

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
