using System.Text;

namespace TlsInterop.Harness.Reports.Bundle;

/// <summary>The files of a bundle as they are gathered: each is looked through before it is taken.</summary>
/// <param name="scrubbing">What is taken out of each text.</param>
internal sealed class BundleFiles(Scrubbing scrubbing)
{
    // The end of a log is where it says what it did not like; others' words may stand before.
    private const int MostOfText = 256 << 10;

    private readonly List<BundleEntry> _entries = [];
    private readonly List<string> _leftOut = [];

    /// <summary>What was taken.</summary>
    public IReadOnlyList<BundleEntry> Entries => _entries;

    /// <summary>What was not, and why, a sentence each.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>Tells that something is not there.</summary>
    public void Lack(string sentence) => _leftOut.Add(sentence);

    /// <summary>Puts the text that tells of all others before them.</summary>
    public void AddFirst(string name, string what, string text) =>
        _entries.Insert(0, BundleEntry.OfText(name, what, scrubbing.Of(text)));

    public void Add(string name, string what, string text) =>
        Add(BundleEntry.OfText(name, what, scrubbing.Of(text)));

    public void Add(BundleEntry entry)
    {
        if (entry.HoldsPrivateKey) _leftOut.Add($"{entry.Name}: there is a private key in it");
        else _entries.Add(entry);
    }

    /// <summary>Takes a text of the run's folder.</summary>
    /// <param name="path">Where it is; null if its place can't be told.</param>
    /// <param name="name">Its name in the archive.</param>
    /// <param name="what">What it is.</param>
    /// <param name="isNeeded">False if nobody misses it.</param>
    /// <returns>The text; empty if there is none.</returns>
    public string AddFile(string? path, string name, string what, bool isNeeded = true)
    {
        if (path is null || !File.Exists(path))
        {
            if (isNeeded) _leftOut.Add($"{name}: there is none");
            return "";
        }
        try
        {
            using var file =
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var cut = Math.Max(0, file.Length - MostOfText);
            file.Seek(cut, SeekOrigin.Begin);
            using var reader = new StreamReader(file, Encoding.UTF8);
            var text = (cut > 0 ? $"... {cut} octets before this are left out\n" : "") + reader.ReadToEnd();
            Add(name, what, text);
            return text;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _leftOut.Add($"{name}: it can't be read");
            return "";
        }
    }
}
