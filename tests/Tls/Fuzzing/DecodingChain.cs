using System.Buffers;
using System.Text.Json;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Presentation.Json;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Snapshots;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>
/// All that is done with a capture, from its first octet to the last line of text: file, packets, reassembly, records,
/// messages, decryption, rules, snapshot, ladder, summary.
/// </summary>
internal static class DecodingChain
{
    /// <summary>Decodes an input in every way.</summary>
    /// <param name="input">The file and its key log.</param>
    /// <param name="isLive">True to decode connections while they come, as long ones are.</param>
    /// <returns>How many connections there were.</returns>
    /// <exception cref="InvalidDataException">A text that must not be.</exception>
    public static long Run(FuzzInput input, bool isLive)
    {
        var keyLog = new KeyLog();
        keyLog.AddLines(input.KeyLog);
        var options = new CaptureDecoderOptions
        {
            KeyLog = keyLog,
            Workers = 1,
            WaitingPerConnection = isLive ? 0 : 256 << 10,
            Limits = isLive ? DecodingLimits.Streaming : DecodingLimits.Default,
        };
        return new CaptureDecoder(options).Read(new MemoryStream(input.File), Render, RequireSafe).Connections;
    }

    /// <summary>Verifies and renders a connection in every way.</summary>
    /// <exception cref="InvalidDataException">A text that must not be.</exception>
    public static void Judge(CapturedConnection connection) => RequireSafe(Render(connection));

    private static string[] Render(CapturedConnection captured)
    {
        var (info, connection, keyLog) = captured;
        var findings = ConnectionVerifier.Verify(connection, keyLog);
        var summary = ConnectionSummary.Of(info, connection, findings);
        RequireJson(writer => SummaryJson.Write(writer, summary));
        RequireJson(writer => ConnectionJson.Write(writer, captured, findings));
        return
        [
            SnapshotText.RenderBody(connection),
            LadderText.Render(info, connection, findings, new LadderOptions(default, Details: true)),
            SummaryText.Line(summary),
        ];
    }

    private static void RequireJson(Action<Utf8JsonWriter> write)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = SummaryJson.CreateWriter(json)) write(writer);
        var reader = new Utf8JsonReader(json.WrittenSpan);
        while (reader.Read())
        {
            // The reader throws at what is no JSON.
        }
    }

    // Text of foreign octets must not command a terminal.
    private static void RequireSafe(string[] texts)
    {
        foreach (var text in texts)
        {
            var unsafeAt = text.AsSpan().IndexOfAnyInRange('\x00', '\x09');
            if (unsafeAt < 0) unsafeAt = text.AsSpan().IndexOfAnyInRange('\x0b', '\x1f');
            if (unsafeAt < 0) unsafeAt = text.AsSpan().IndexOfAnyInRange('\x7f', '\x9f');
            if (unsafeAt >= 0)
                throw new InvalidDataException($"Expected printable text. Got: U+{(int)text[unsafeAt]:x4}");
        }
    }
}
