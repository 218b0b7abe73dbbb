namespace TlsInterop.Harness.Endpoints.Engine;

/// <summary>
/// Where this machine gets Debian's packages from; empty if it has no Debian sources: then the images keep theirs.
/// </summary>
/// <param name="Archive">Base address of the archive, or empty.</param>
/// <param name="Security">Base address of the security archive, or empty.</param>
public sealed record DebianMirrors(string Archive, string Security)
{
    /// <summary>Reads them from the machine's own apt configuration, so that no package host is named here.</summary>
    public static async Task<DebianMirrors> FindAsync(CancellationToken cancellationToken)
    {
        var targets = await Command.RunAsync(
            "apt-get", ["indextargets", "--format", "$(LABEL)|$(SITE)"], TimeSpan.FromSeconds(20),
            cancellationToken: cancellationToken);
        var sites = targets.Output.Split('\n').Select(line => line.Trim().Split('|')).Where(parts => parts.Length == 2)
            .ToArray();
        string First(string label) => sites.FirstOrDefault(parts => parts[0] == label)?[1] ?? "";
        return new DebianMirrors(First("Debian"), First("Debian-Security"));
    }
}
