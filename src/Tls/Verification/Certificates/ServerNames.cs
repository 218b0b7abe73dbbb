namespace TlsInterop.Tls.Verification.Certificates;

/// <summary>Compares the names of certificates with the one that a client asked for.</summary>
/// <remarks>RFC 9525, Section 6.3.</remarks>
public static class ServerNames
{
    /// <summary>True if a dNSName, perhaps with a wildcard, stands for a name.</summary>
    public static bool Match(string presented, string asked)
    {
        var (pattern, name) = (WithoutRoot(presented), WithoutRoot(asked));
        // The wildcard is a whole label, the leftmost, and stands for exactly one.
        if (!pattern.StartsWith("*.", StringComparison.Ordinal))
            return pattern.Equals(name, StringComparison.OrdinalIgnoreCase);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && pattern[1..].Equals(name[dot..], StringComparison.OrdinalIgnoreCase);
    }

    // RFC 1034, Section 3.1: a dot at the end is the root, and says nothing else.
    private static string WithoutRoot(string name) => name.EndsWith('.') ? name[..^1] : name;
}
