using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Agreement;

namespace TlsInterop.Harness.Pki;

/// <summary>
/// The certificates of one run: made anew, each when it is first asked for, good for a day, never outside its folder.
/// </summary>
/// <remarks>RFC 5280; names and key usages as RFC 9525 and RFC 5246, Section 7.4.2 want them.</remarks>
public sealed class TestPki : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;
    private readonly DateTimeOffset _now;
    private readonly ConcurrentDictionary<string, Lazy<IssuingAuthority>> _authorities = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task>> _written = new(StringComparer.Ordinal);

    private TestPki(string folder, DateTimeOffset now)
    {
        _folder = folder;
        _now = now;
    }

    /// <summary>Writes what every run needs: <c>root.pem</c>, <c>ffdhe2048.pem</c> and the default profile.</summary>
    /// <param name="folder">Where it goes.</param>
    /// <param name="now">The beginning of the run.</param>
    public static async Task<TestPki> CreateAsync(string folder, DateTimeOffset now)
    {
        var pki = new TestPki(folder, now);
        pki.Write("root.pem", pki.Authority(TestAuthority.Root).Certificate.ExportCertificatePem());
        pki.Write("ffdhe2048.pem", Ffdhe2048());
        await pki.EnsureAsync(CertificateProfile.Default);
        return pki;
    }

    /// <summary>
    /// Writes, if they are not there, <c>&lt;name&gt;.pem</c> (leaf, then what the server sends behind it),
    /// <c>&lt;name&gt;.chain.pem</c> (that without the leaf; not if there is nothing), <c>&lt;name&gt;.key</c> (PKCS
    /// #8, mode 0600) and <c>&lt;name&gt;.ocsp</c> (DER: its issuer calls it good).
    /// </summary>
    /// <param name="profile">Name of a profile, of a server or a client; of none, nothing is written.</param>
    public Task EnsureAsync(string profile) => CertificateProfile.FindAny(profile) is not { } row
        ? Task.CompletedTask
        : _written.GetOrAdd(profile, _ => new Lazy<Task>(() => Task.Run(() => Write(row)))).Value;

    public async ValueTask DisposeAsync()
    {
        // Keys that are still being made would stay.
        foreach (var written in _written.Values)
            await written.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var authority in _authorities.Values) authority.Value.Dispose();
    }

    private void Write(CertificateProfile profile)
    {
        var issuer = profile.Issuer is { } name ? Authority(name) : null;
        var key = profile.Key.Make();
        using var leaf = LeafCertificate.Make(profile, key, issuer, _now);
        var behind = profile.Sends.Select(sent => Authority(sent).Certificate.ExportCertificatePem()).ToArray();
        Write($"{profile.Name}.pem", [leaf.ExportCertificatePem(), .. behind]);
        if (behind.Length > 0) Write($"{profile.Name}.chain.pem", behind);
        if (issuer is not null)
            File.WriteAllBytes(Path.Combine(_folder, $"{profile.Name}.ocsp"), OcspResponse.Good(leaf, issuer, _now));
        WriteKey($"{profile.Name}.key", PemEncoding.WriteString("PRIVATE KEY", key.Pkcs8));
    }

    private IssuingAuthority Authority(string name) => _authorities.GetOrAdd(name, _ => new(() =>
    {
        var authority = TestAuthority.Find(name);
        return IssuingAuthority.Make(authority, authority.Issuer is { } above ? Authority(above) : null, _now);
    })).Value;

    private void Write(string file, params string[] pems) =>
        File.WriteAllText(Path.Combine(_folder, file), string.Concat(pems.Select(pem => pem + "\n")));

    private void WriteKey(string file, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var stream = new FileStream(Path.Combine(_folder, file), options);
        using var writer = new StreamWriter(stream);
        writer.Write(pem + "\n");
    }

    // PKCS #3, Section 9 (DHParameter); the group is RFC 7919, Appendix A.1.
    private static string Ffdhe2048()
    {
        var group = DHStandardGroups.rfc7919_ffdhe2048;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(group.P.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(group.G.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true));
        }
        return PemEncoding.WriteString("DH PARAMETERS", writer.Encode());
    }
}
