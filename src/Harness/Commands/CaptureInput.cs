using System.IO.Compression;
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
    ];

    // RFC 1952, Section 2.3.1
    private static readonly byte[] Gzip = [0x1f, 0x8b];

    /// <summary>Opens a file, or standard input.</summary>
    /// <exception cref="UsageException">There is none that could be read.</exception>
    public static Stream Open(DecodeArguments arguments)
    {
        var path = arguments.File;
        if (path == DecodeArguments.StandardInput)
        {
            return Inherited.Is(0)
                ? Console.OpenStandardInput()
                : throw new UsageException(
                    $"{arguments.FileName}: {Expected} Got: nothing, it is closed.\n"
                    + "  remedy: give the program one, as in '< FILE', or name a file");
        }
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
        if (read is { Format: not CaptureFormat.Unknown, Faults: [var fault, ..] })
        {
            return new($"{name}: {Expected} Got: the beginning of one, "
                + (fault.Kind == CaptureFaultKind.Truncated ? "cut before its first frame."
                    : $"and {fault.What} before any frame (octet {fault.Offset})."));
        }
        var start = Start(stream);
        if (start is { Length: 0 }) return new($"{name}: {Expected} Got: an empty file.");
        foreach (var (magic, what, remedy) in Others)
        {
            if (start.AsSpan().StartsWith(magic))
                return new($"{name}: {Expected} Got: {what}.\n  remedy: {remedy.Replace("FILE", name)}");
        }
        if (start.AsSpan().StartsWith(Gzip)) return Packed(name, Unpacked(stream));
        var octets = start is null
            ? "nothing, or"
            : $"{Convert.ToHexStringLower(start.AsSpan(0, Math.Min(4, start.Length)))}:";
        return new($"{name}: {Expected} Got: {octets} neither of them, packed with gzip or not.");
    }

    private static UsageException Packed(string name, byte[] start)
    {
        if (start.AsSpan().StartsWith(Gzip))
        {
            return new($"{name}: {Expected} Got: something packed with gzip twice.\n"
                + $"  remedy: unpack it once: zcat {name} | {CommandTree.Program} decode -");
        }
        var what = Array.Find(Others, row => start.AsSpan().StartsWith(row.Magic)).What ?? "something else";
        return new($"{name}: {Expected} Got: {(start.Length == 0 ? "nothing" : what)}, packed with gzip.\n"
            + $"  remedy: see what is in it: zcat {name} | head -c 64 | xxd");
    }

    private static byte[] Unpacked(Stream stream)
    {
        stream.Position = 0;
        using var unpacked = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            return FirstOctets(unpacked);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    // Null if it can't be read again.
    private static byte[]? Start(Stream stream)
    {
        if (!stream.CanSeek) return null;
        stream.Position = 0;
        return FirstOctets(stream);
    }

    private static byte[] FirstOctets(Stream stream)
    {
        var start = new byte[32];
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }
}
