using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Reports.Bundle;

/// <summary>The files of a bundle as they are gathered: each is looked through before it is taken.</summary>
/// <param name="scrubbing">What is taken out of each text.</param>
internal sealed class BundleFiles(Scrubbing scrubbing)
{
    /// <summary>The most files that a bundle has, and the most that it says of others.</summary>
    public const int Most = 100;

    // The end of a log is where it says what it did not like; others' words may stand before.
    private const int MostOfText = 256 << 10;

    private readonly List<BundleEntry> _entries = [];
    private readonly List<string> _leftOut = [];
    private int _more;

    /// <summary>What was taken.</summary>
    public IReadOnlyList<BundleEntry> Entries => _entries;

    /// <summary>What was not, and why, a sentence each.</summary>
    public IReadOnlyList<string> LeftOut =>
        _more == 0 ? _leftOut : [.. _leftOut, $"… and {_more} more: a bundle has at most {Most} files"];

    /// <summary>Tells that something is not there.</summary>
    public void Lack(string sentence)
    {
        if (_leftOut.Count < Most) _leftOut.Add(sentence);
        else _more++;
    }

    /// <summary>Puts the text that tells of all others before them.</summary>
    public void AddFirst(string name, string what, string text)
    {
        var entry = BundleEntry.OfText(name, what, scrubbing.Of(text));
        if (Refusal(entry) is { } why) Lack(why);
        else _entries.Insert(0, entry);
    }

    /// <summary>Takes a text.</summary>
    /// <returns>The text; empty if it is not taken.</returns>
    public string Add(string name, string what, string text) =>
        Add(BundleEntry.OfText(name, what, scrubbing.Of(text))) ? text : "";

    /// <summary>Takes a file.</summary>
    /// <returns>False if it is not taken.</returns>
    public bool Add(BundleEntry entry)
    {
        // The text that tells of all of them comes last, and is the first.
        var why = _entries.Count >= Most - 1 ? $"{Shown(entry.Name)}: {Most} files are enough" : Refusal(entry);
        if (why is null) _entries.Add(entry);
        else Lack(why);
        return why is null;
    }

    /// <summary>Takes a text of the run's folder.</summary>
    /// <param name="path">Where it is; null if its place can't be told.</param>
    /// <param name="name">Its name in the archive.</param>
    /// <param name="what">What it is.</param>
    /// <param name="isNeeded">False if nobody misses it.</param>
    /// <returns>The text; empty if there is none, or it is not taken.</returns>
    public string AddFile(string? path, string name, string what, bool isNeeded = true)
    {
        if (path is null || !File.Exists(path))
        {
            if (isNeeded) Lack($"{Shown(name)}: there is none");
            return "";
        }
        try
        {
            return Add(name, what, EvidenceFile.Text(path, MostOfText));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            Lack($"{Shown(name)}: it can't be read");
            return "";
        }
    }

    private string? Refusal(BundleEntry entry) =>
        _entries.Exists(known => known.Name == entry.Name) ? $"{Shown(entry.Name)}: there is another one of that name"
        : !IsName(entry.Name) ? $"{Shown(entry.Name)}: no other program is to be asked to make a file of that name"
        : entry.HoldsPrivateKey ? $"{entry.Name}: there is a private key in it" : null;

    // Endpoints name their files, and whoever opens the archive makes them.
    private static bool IsName(string name) => name.Split('/').All(part =>
        part.Length > 0 && part.Trim('.').Length > 0 && part.All(IsHarmless));

    private static bool IsHarmless(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-';

    private static string Shown(string name) =>
        string.Concat(name.Select(letter => IsHarmless(letter) || letter == '/' ? letter : '?'));
}
