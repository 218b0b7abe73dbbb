using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Tls.Tests.Decoding.ClearText;

/// <summary>What two ends say before TLS, and what a person shall see of it.</summary>
/// <param name="Protocol">Name that it shall be recognised by.</param>
/// <param name="Steps">What is sent, in order.</param>
/// <param name="Shown">Arrows and lines: <c>→ EHLO me</c>.</param>
internal sealed record SampleDialogue(
    string Protocol, IReadOnlyList<(Direction From, byte[] Bytes)> Steps, IReadOnlyList<string> Shown)
{
    /// <summary>A ClientHello of TLS 1.2 with one suite.</summary>
    public static byte[] ClientHello { get; } =
        [22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 3, .. new byte[32], 0, 0, 2, 0, 47, 1, 0];

    /// <summary>The ServerHello that answers it.</summary>
    public static byte[] ServerHello { get; } =
        [22, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3, .. new byte[32], 0, 0, 47, 0];

    /// <summary>A fatal alert, unexpected_message.</summary>
    public static byte[] Alert { get; } = [21, 3, 1, 0, 2, 2, 10];

    /// <summary>
    /// Steps from text: <c>&gt;</c> is the client, <c>&lt;</c> the server, <c>\r\n</c> is added; after <c>x</c> come
    /// octets in hexadecimal, after <c>=</c> text without a line end.
    /// </summary>
    public static SampleDialogue Of(string protocol, string script, params string[] shown)
    {
        var steps = new List<(Direction, byte[])>();
        foreach (var line in script.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var from = line[0] == '>' ? Direction.ClientToServer : Direction.ServerToClient;
            var text = line[Math.Min(line.Length, line.ElementAtOrDefault(1) is 'x' or '=' ? 3 : 2)..];
            steps.Add((from, line.ElementAtOrDefault(1) switch
            {
                'x' => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal)),
                '=' => Encoding.Latin1.GetBytes(text),
                _ => Encoding.Latin1.GetBytes($"{text}\r\n"),
            }));
        }
        return new(protocol, steps, shown.Length > 0 ? shown : [.. Lines(steps)]);
    }

    /// <summary>The same steps with TLS behind them.</summary>
    public IEnumerable<(Direction From, byte[] Bytes)> WithTls() =>
        [.. Steps, (Direction.ClientToServer, ClientHello), (Direction.ServerToClient, ServerHello)];

    public static DecodedConnection Decode(IEnumerable<(Direction From, byte[] Bytes)> steps)
    {
        var decoder = new ConnectionDecoder();
        var frame = 0;
        foreach (var (from, bytes) in steps) decoder.Data(from, bytes, new(++frame, frame * 1_000_000L));
        return decoder.Decode();
    }

    public static IEnumerable<(Direction From, byte[] Bytes)> OctetByOctet(
        IEnumerable<(Direction From, byte[] Bytes)> steps) =>
        steps.SelectMany(step => step.Bytes.Select(octet => (step.From, (byte[])[octet])));

    public static IEnumerable<string> Show(DecodedConnection connection) =>
        connection.Events.OfType<ClearTextEvent>().Select(item => $"{Arrow(item.Direction)} {item.Line}");

    public override string ToString() => Protocol;

    private static IEnumerable<string> Lines(List<(Direction From, byte[] Bytes)> steps) =>
        steps.Select(step => $"{Arrow(step.From)} {Encoding.Latin1.GetString(step.Bytes).TrimEnd('\r', '\n')}");

    private static char Arrow(Direction direction) => direction == Direction.ClientToServer ? '→' : '←';
}
