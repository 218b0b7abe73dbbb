using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Commands;

/// <summary>Reads the RSA private keys of a command line, and tells which of them were of use.</summary>
internal static class RsaKeyInput
{
    private const long LongestFile = 16 << 20;
    private const int KeysShown = 3;

    /// <summary>Reads every file.</summary>
    /// <exception cref="UsageException">One can't be read, or has no key to use.</exception>
    public static RsaPrivateKeys Read(IReadOnlyList<string> paths)
    {
        var keys = new RsaPrivateKeys();
        foreach (var path in paths)
        {
            var before = (keys.Count, Faults: keys.Faults.Count);
            keys.Add(Text(path));
            // A file may repeat the key of another one, and hold parts of other kinds beside it.
            if (keys.Count == before.Count && keys.Faults.Count > before.Faults)
            {
                var reasons = keys.Faults.Skip(before.Faults).Take(KeysShown)
                    .Select(fault => $"line {fault.Line}: {fault.Reason}");
                throw new UsageException(
                    $"{path}: Expected: an RSA private key in PEM. Got: none.\n  {string.Join("\n  ", reasons)}");
            }
        }
        return keys;
    }

    /// <summary>What to tell of the keys when everything is decoded.</summary>
    public static IEnumerable<string> Remarks(IReadOnlyList<string> paths, SessionSecrets secrets)
    {
        if (secrets.RsaKeys.Count == 0) yield break;
        var (names, servers) = (string.Join(", ", paths), secrets.ServerKeys);
        var own = servers.Where(server => server.HasPrivateKey).ToList();
        if (servers.Count == 0)
        {
            yield return $"{names}: no server shows a certificate that a private key could belong to";
        }
        else if (own.Count == 0)
        {
            var shown = servers.Take(KeysShown).Select(server => $"{server.Subject} ({server.Kind})");
            yield return $"{names}: fits none of the {servers.Count} keys that servers show here: "
                + string.Join(", ", shown) + (servers.Count > KeysShown ? ", ..." : "");
        }
        else if (own.Sum(server => server.OtherKeyExchanges) is > 0 and var others)
        {
            yield return $"{names}: {others} handshakes with this key use (EC)DHE, which no private key opens; "
                + "their secrets have to come from a key log";
        }
    }

    private static string Text(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(Directory.Exists(path)
                ? $"{path}: Expected: an RSA private key in PEM. Got: a folder."
                : $"{path}: there is no such key.\n  remedy: check the path");
        }
        try
        {
            using var file = File.OpenRead(path);
            if (file.CanSeek && file.Length > LongestFile)
                throw new UsageException($"{path}: Expected: an RSA private key in PEM. Got: a file of {file.Length} octets.");
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{path}: {Environment.UserName} may not read it.\n  remedy: chmod, or read it as its owner");
        }
    }
}
