using System.IO.Enumeration;
using System.Text;

namespace TlsInterop.Tls.Snapshots;

/// <summary>Snapshots as files below one folder, with the names and habits of Verify.</summary>
/// <remarks>
/// <c>name.verified.txt</c> is the accepted text. <c>name.received.txt</c> is written beside it when the received one
/// differs or is new, and removed when they are equal. Files are UTF-8 without a byte order mark, with line ends
/// <c>\n</c> and one at the end; other line ends and the number of line ends at the end make no difference. Safe for
/// many threads with different names.
/// </remarks>
/// <param name="rootFolder">The folder; it need not exist yet.</param>
public sealed class SnapshotStore(string rootFolder) : ISnapshotVerifier
{
    internal const string VerifiedSuffix = ".verified.txt";
    private const string ReceivedSuffix = ".received.txt";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _root = Path.GetFullPath(rootFolder);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The name would leave the folder or is no file name.</exception>
    /// <exception cref="IOException">The files can't be read or written.</exception>
    public SnapshotVerdict Verify(string name, string received)
    {
        var (verifiedPath, receivedPath) = PathsOf(name);
        var text = Normalised(received);
        var verified = File.Exists(verifiedPath) ? Normalised(File.ReadAllText(verifiedPath)) : null;

        if (verified == text)
        {
            if (File.Exists(receivedPath)) File.Delete(receivedPath);
            return new SnapshotVerdict(SnapshotState.Equal, verified, verifiedPath, receivedPath);
        }
        Write(receivedPath, text);
        var state = verified is null ? SnapshotState.New : SnapshotState.Different;
        return new SnapshotVerdict(state, verified, verifiedPath, receivedPath);
    }

    /// <summary>Accepts received texts: each replaces the verified one of its name.</summary>
    /// <param name="filter">
    /// A glob over names: <c>*</c> is any run of characters, also over <c>/</c>, and <c>?</c> is one.
    /// </param>
    /// <returns>The names that were accepted, in order.</returns>
    public IReadOnlyList<string> Accept(string filter = "*")
    {
        var accepted = Received()
            .Where(name => FileSystemName.MatchesSimpleExpression(filter, name, ignoreCase: false))
            .ToList();
        foreach (var name in accepted)
            File.Move(PathOf(name, ReceivedSuffix), PathOf(name, VerifiedSuffix), overwrite: true);
        return accepted;
    }

    /// <summary>Names that have a received text waiting, in order.</summary>
    public IReadOnlyList<string> Received() => Names(ReceivedSuffix);

    /// <summary>Names that have an accepted text, in order.</summary>
    public IReadOnlyList<string> Verified() => Names(VerifiedSuffix);

    /// <summary>Accepted texts that belong to nothing any more: a renamed or removed cell leaves one.</summary>
    /// <param name="planned">Every name that exists, whether it ran or not.</param>
    public IReadOnlyList<string> Stale(IEnumerable<string> planned)
    {
        var known = planned.ToHashSet(StringComparer.Ordinal);
        return [.. Verified().Where(name => !known.Contains(name))];
    }

    /// <summary>The files of a name, whether they are there or not.</summary>
    /// <exception cref="ArgumentException">The name would leave the folder or is no file name.</exception>
    internal (string Verified, string Received) PathsOf(string name) =>
        (PathOf(name, VerifiedSuffix), PathOf(name, ReceivedSuffix));

    private List<string> Names(string suffix)
    {
        if (!Directory.Exists(_root)) return [];
        return
        [
            .. Directory.EnumerateFiles(_root, "*" + suffix, SearchOption.AllDirectories)
                .Select(path =>
                    Path.GetRelativePath(_root, path)[..^suffix.Length].Replace(Path.DirectorySeparatorChar, '/'))
                .Order(StringComparer.Ordinal),
        ];
    }

    private string PathOf(string name, string suffix) =>
        SnapshotName.Fault(name) is { } fault
            ? throw new ArgumentException($"Expected a snapshot name. Got: '{name}': {fault}.", nameof(name))
            : Path.Combine(_root, name.Replace('/', Path.DirectorySeparatorChar) + suffix);

    /// <summary>Line ends as this writes them.</summary>
    internal static string Normalised(string text) =>
        text.Replace("\r\n", "\n").Replace('\r', '\n').TrimEnd('\n') + "\n";

    // A reader sees the old text or the whole new one: written beside, then moved.
    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, text, Utf8);
        File.Move(temporary, path, overwrite: true);
    }
}
