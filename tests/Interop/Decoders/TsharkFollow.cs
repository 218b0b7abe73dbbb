namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>Reads what <c>-z follow,tls,raw,N</c> writes: the decrypted octets of a stream.</summary>
internal static class TsharkFollow
{
    private const string Rule = "====";

    /// <summary>The options that make tshark write what is read here.</summary>
    public static IEnumerable<string> Options(IEnumerable<int> streams) =>
        ["-q", .. streams.SelectMany(stream => (string[])["-z", $"follow,tls,raw,{stream}"])];

    /// <summary>The octets by stream: of the first end, and of the second, which tshark indents.</summary>
    public static Dictionary<int, (string Node, byte[] First, byte[] Second)> Read(string text)
    {
        var streams = new Dictionary<int, (string Node, byte[] First, byte[] Second)>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("Filter: tcp.stream eq ", StringComparison.Ordinal)) continue;
            var number = int.Parse(lines[i].AsSpan(lines[i].LastIndexOf(' ')));
            var node = lines[i + 1]["Node 0: ".Length..];
            var first = new List<byte>();
            var second = new List<byte>();
            for (i += 3; i < lines.Length && !lines[i].StartsWith(Rule, StringComparison.Ordinal); i++)
                (lines[i].StartsWith('\t') ? second : first).AddRange(Convert.FromHexString(lines[i].Trim()));
            streams[number] = (node, [.. first], [.. second]);
        }
        return streams;
    }
}
