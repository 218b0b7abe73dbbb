using System.Security.Cryptography;
using System.Text;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// What a decoded handshake hashes to without what varies from run to run: equal shapes are equal handshakes.
/// </summary>
public static class HandshakeShape
{
    /// <summary>The shape of a snapshot's text: 16 hexadecimal digits.</summary>
    /// <param name="snapshot">The text, whose first line is the cell's id.</param>
    public static string Of(string snapshot)
    {
        var behindId = snapshot[(snapshot.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(behindId)))[..16];
    }
}
