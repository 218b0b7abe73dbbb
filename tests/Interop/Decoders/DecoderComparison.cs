using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>What two decoders don't agree on.</summary>
/// <param name="File">Name of the capture file.</param>
/// <param name="Stream">Number of the connection in it, from 1.</param>
/// <param name="Field">What they read differently.</param>
/// <param name="Ours">What this project reads.</param>
/// <param name="Theirs">What tshark reads.</param>
internal sealed record Disagreement(string File, int Stream, string Field, string Ours, string Theirs)
{
    private const int Around = 120;

    /// <summary>Both readings from a little before the place where they part.</summary>
    public override string ToString()
    {
        var same = Ours.AsSpan().CommonPrefixLength(Theirs);
        return $"{File}, stream {Stream}, {Field}\n  ours    {From(Ours, same)}\n  tshark  {From(Theirs, same)}\n";
    }

    private static string From(string text, int place)
    {
        var start = Math.Max(0, place - Around);
        var end = Math.Min(text.Length, place + Around);
        return $"{(start > 0 ? "..." : "")}{text[start..end]}{(end < text.Length ? "..." : "")}";
    }
}

/// <summary>Both decoders over one capture.</summary>
/// <param name="Streams">How many connections either of them found TLS in.</param>
/// <param name="Decrypted">How many of them both found application data in that they could decrypt.</param>
/// <param name="Disagreements">What they don't agree on.</param>
internal sealed record DecoderComparison(int Streams, int Decrypted, IReadOnlyList<Disagreement> Disagreements)
{
    /// <summary>How many connections they read the same.</summary>
    public int Agreeing => Streams - Disagreements.Select(found => found.Stream).Distinct().Count();

    /// <summary>The field of a connection in which only one of them finds TLS.</summary>
    public const string Tls = "Tls";

    /// <summary>Lets both decoders read a capture.</summary>
    public static DecoderComparison Of(string capture, string? keys)
    {
        var file = Path.GetFileName(capture);
        var own = OwnReading.Of(capture, keys);
        // tshark tells most protocols by their port: where all connections of a port are TLS it may know.
        var decodeAs = own.GroupBy(item => item.Info.Server.Port)
            .Where(port => port.All(item => IsTlsFromTheFirstOctet(item.Decoded)))
            .SelectMany(port => (string[])["-d", $"tcp.port=={port.Key},tls"])
            .ToArray();
        var theirs = TsharkPdml.Read(Tshark.Run(capture, keys, [.. decodeAs, .. TsharkPdml.Options]));
        var follow = TsharkFollow.Read(
            Tshark.Run(capture, keys, [.. decodeAs, .. TsharkFollow.Options(theirs.Select(stream => stream.Number))]));

        var disagreements = new List<Disagreement>();
        var (count, decrypted) = (0, 0);
        foreach (var (info, _, ours) in own)
        {
            var stream = theirs.Find(candidate => candidate.IsPartOf(info)
                && own.TrueForAll(other => other.Info.FirstFrame.Number <= info.FirstFrame.Number
                    || !candidate.IsPartOf(other.Info)));
            var reading = stream is null ? new() : TsharkReading.Of(stream, info);
            if (ours.IsEmpty && reading.IsEmpty) continue;
            count++;
            if (ours.IsEmpty || reading.IsEmpty)
            {
                disagreements.Add(new(file, info.Number, Tls, Presence(ours), Presence(reading)));
                continue;
            }
            if (follow.TryGetValue(stream!.Number, out var octets))
            {
                var isClientFirst = octets.Node == info.Client.ToString();
                reading.AddOctets(Direction.ClientToServer, isClientFirst ? octets.First : octets.Second);
                reading.AddOctets(Direction.ServerToClient, isClientFirst ? octets.Second : octets.First);
            }
            if (ours[ReadingField.ApplicationData].Length > 0 && reading[ReadingField.ApplicationData].Length > 0)
                decrypted++;
            foreach (var field in Enum.GetValues<ReadingField>())
            {
                if (ours[field] != reading[field])
                    disagreements.Add(new(file, info.Number, field.ToString(), ours[field], reading[field]));
            }
        }
        return new(count, decrypted, disagreements);
    }

    private static bool IsTlsFromTheFirstOctet(DecodedConnection decoded) =>
        decoded is { Records.Count: > 0, Events: [not ClearTextEvent, ..] };

    private static string Presence(StreamReading reading) => reading.IsEmpty ? "no TLS" : "TLS";
}
