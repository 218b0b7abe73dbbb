using TlsInterop.Harness.Cases;

namespace TlsInterop.Harness.Tests.Cases;

/// <summary>A folder of cases that lasts as long as its test.</summary>
internal sealed class CaseFolder : IDisposable
{
    public const string Cell = "openssl@trixie/scripted@plain/echo/tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    public string Path { get; } = Directory.CreateTempSubdirectory("tlsinterop-cases-").FullName;

    /// <summary>Writes a case whose one cell passes.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="more">Further keys of its cell.</param>
    /// <param name="profile">Its profile, or null.</param>
    public void Write(string id, string more = "", string? profile = null)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, id)).FullName;
        File.WriteAllText(System.IO.Path.Combine(folder, CaseFile.FileName),
            $"title: t\ncells:\n  - cell: {Cell}\n    shows: s\n    verdict: pass\n{more}");
        File.WriteAllText(System.IO.Path.Combine(folder, CaseFile.ReadmeName), "# t\n");
        if (profile is not null) File.WriteAllText(System.IO.Path.Combine(folder, CaseFile.ProfileName), profile);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
