using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Commands;

/// <summary>Reads the RSA private keys of a command line, and tells which of them were of use.</summary>
internal static class RsaKeyInput
{
    private const int LongestFile = 4 << 20;
    private const int KeysShown = 3;

    /// <summary>Reads every file.</summary>
    /// <exception cref="UsageException">One can't be read, or has no key to use.</exception>
    public static RsaPrivateKeys Read(IReadOnlyList<string> paths)
    {
        var keys = new RsaPrivateKeys();
        foreach (var path in paths)
        {
            // By itself: a file may repeat the key of another one, and hold parts of other kinds beside it.
            var text = Text(path);
            var own = RsaPrivateKeys.Parse(text);
            if (own.Count == 0)
                throw new UsageException($"{path}: Expected: an RSA private key in PEM. Got: {Instead(own, text)}");
            keys.Add(text);
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
            var which = servers.Count == 1 ? "it does not fit the key that servers show here"
                : $"it fits none of the {servers.Count} keys that servers show here";
            yield return $"{names}: {which}: {string.Join(", ", shown)}{(servers.Count > KeysShown ? ", ..." : "")}";
        }
        else if (own.Sum(server => server.OtherKeyExchanges) is > 0 and var others)
        {
            yield return $"{names}: {Plural.Of(others, "handshake")} with this key used (EC)DHE, which no private key "
                + "opens; their secrets have to come from a key log";
        }
    }

    private static string Instead(RsaPrivateKeys none, string text)
    {
        if (none.Faults.Count == 0)
        {
            var what = text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)
                ? "certificates alone" : "PEM without a private key";
            return $"{what}.\n  remedy: name the file with the key that belongs to the server's certificate";
        }
        var reasons = none.Faults.Take(KeysShown).Select(fault => $"line {fault.Line}: {fault.Reason}");
        return $"none.\n  {string.Join("\n  ", reasons)}";
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
            using var reader = new StreamReader(file);
            // A device has no length, and no end.
            var text = new char[LongestFile + 1];
            var length = reader.ReadBlock(text);
            return length <= LongestFile
                ? new string(text, 0, length)
                : throw new UsageException(
                    $"{path}: Expected: an RSA private key in PEM. Got: more than {LongestFile >> 20} MiB.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{path}: {Environment.UserName} may not read it.\n  remedy: chmod, or read it as its owner");
        }
    }
}
