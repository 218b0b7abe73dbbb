using TlsInterop.Tls.Capture.Files;

namespace TlsInterop.Harness.Commands;

/// <summary>Opens what is to be decoded, and says in a person's words why it can't be.</summary>
internal static class CaptureInput
{
    private const string Expected = "Expected: a pcap or pcapng capture.";

    // What people hand over instead, by its first octets.
    private static readonly (byte[] Magic, string What, string Remedy)[] Others =
    [
        ("snoop\0\0\0"u8.ToArray(), "a snoop capture", "convert it: editcap -F pcapng IN OUT"),
        ("GMBU"u8.ToArray(), "a capture of Network Monitor", "convert it: editcap -F pcapng IN OUT"),
        ([0x28, 0xb5, 0x2f, 0xfd], "a zstd archive", "unpack it: zstd -d FILE"),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "an xz archive", "unpack it: xz -d FILE"),
        ([0x04, 0x22, 0x4d, 0x18], "an lz4 archive", "unpack it: lz4 -d FILE"),
        ("BZh"u8.ToArray(), "a bzip2 archive", "unpack it: bzip2 -d FILE"),
        ("PK\x03\x04"u8.ToArray(), "a zip archive", "unpack it: unzip FILE"),
        ("-----BEGIN "u8.ToArray(), "a PEM file", "keys and certificates belong to other options"),
        ("CLIENT_"u8.ToArray(), "a key log", "it belongs to --keys"),
        ("SERVER_"u8.ToArray(), "a key log", "it belongs to --keys"),
        ("# SSL/TLS secrets"u8.ToArray(), "a key log", "it belongs to --keys"),
        ([0x1f, 0x8b], "something else, packed with gzip", "see what is in it: zcat FILE | head -c 64 | xxd"),
    ];

    /// <summary>Opens a file, or standard input.</summary>
    /// <exception cref="UsageException">There is none that could be read.</exception>
    public static Stream Open(DecodeArguments arguments)
    {
        var path = arguments.File;
        if (path == DecodeArguments.StandardInput) return Console.OpenStandardInput();
        if (Directory.Exists(path))
            throw new UsageException($"{path}: {Expected} Got: a folder.\n  remedy: name one of the files in it");
        if (!File.Exists(path))
            throw new UsageException(
                $"{path}: there is no such file.\n  remedy: check the path; '-' reads standard input");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 1, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{path}: {Environment.UserName} may not read it.\n  remedy: chmod, or read it as its owner");
        }
    }

    /// <summary>Why nothing at all could be read.</summary>
    public static UsageException Unreadable(DecodeArguments arguments, Stream stream, CaptureFileSummary read)
    {
        var name = arguments.FileName;
        if (read.Format != CaptureFormat.Unknown)
            return new($"{name}: {Expected} Got: the beginning of one, cut before its first frame.");

        var start = Start(stream);
        if (start is { Length: 0 }) return new($"{name}: {Expected} Got: an empty file.");
        foreach (var (magic, what, remedy) in Others)
        {
            if (start.AsSpan().StartsWith(magic))
                return new($"{name}: {Expected} Got: {what}.\n  remedy: {remedy.Replace("FILE", name)}");
        }
        var octets = start is null
            ? "nothing, or"
            : $"{Convert.ToHexStringLower(start.AsSpan(0, Math.Min(4, start.Length)))}:";
        return new($"{name}: {Expected} Got: {octets} neither of them, packed with gzip or not.");
    }

    // Null if it can't be read again.
    private static byte[]? Start(Stream stream)
    {
        if (!stream.CanSeek) return null;
        var start = new byte[32];
        stream.Position = 0;
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }
}
