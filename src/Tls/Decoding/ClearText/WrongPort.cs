using System.Text;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>What servers of HTTP say in clear text on a port of TLS: nginx, Apache, Go, Tomcat.</summary>
internal static class WrongPort
{
    /// <summary>The sentences; what stands around them is each server's own.</summary>
    public static readonly string[] Sentences =
    [
        "plain HTTP request was sent to HTTPS port", "speaking plain HTTP to an SSL-enabled server port",
        "sent an HTTP request to an HTTPS server", "combination of host and port requires TLS",
    ];

    private static readonly byte[][] Octets = Array.ConvertAll(Sentences, Encoding.ASCII.GetBytes);

    /// <summary>The sentence that a line holds, or null.</summary>
    public static string? In(ReadOnlySpan<byte> line)
    {
        for (var i = 0; i < Octets.Length; i++)
        {
            if (line.IndexOf(Octets[i]) >= 0) return Sentences[i];
        }
        return null;
    }
}
