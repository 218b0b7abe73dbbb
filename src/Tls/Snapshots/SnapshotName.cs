namespace TlsInterop.Tls.Snapshots;

/// <summary>Names of snapshots: segments joined by <c>/</c>, each of which is a file name on every system.</summary>
public static class SnapshotName
{
    // Windows refuses these in file names; \ and : would also leave the root there.
    private const string Refused = "\\:*?\"<>|";

    /// <summary>Why a name can't be used, or null if it can.</summary>
    public static string? Fault(string name)
    {
        foreach (var segment in name.Split('/'))
        {
            if (segment.Length == 0) return "a segment is empty (absolute paths are refused too)";
            // This also refuses "." and "..".
            if (segment[^1] is '.' or ' ') return $"the segment '{segment}' ends with a dot or a blank";
            foreach (var letter in segment)
            {
                if (char.IsControl(letter) || Refused.Contains(letter))
                    return $"the segment '{segment}' holds a character that file names may not hold";
            }
        }
        return null;
    }
}
