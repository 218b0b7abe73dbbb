using System.Buffers.Binary;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Tests.Endpoints;
using TlsInterop.Harness.Tests.Matrix;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Leases;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Tests.Verdicts;

/// <summary>
/// Observations made of the captures in <c>tests/Tls/Captures</c>: what a cell would have seen of them.
/// </summary>
internal static class RecordedCell
{
    public const string Tls12 = "tls12-ecdhe-rsa-aes128-gcm";
    public const string Tls13 = "tls13-x25519-aes256-gcm";
    public const string Refused = "tls12-no-shared-cipher";

    private const string Ends = "openssl@trixie/gnutls@bookworm/echo/";

    private static readonly RunningServer Server = new(TestRequests.Request(), "192.0.2.1", 4433, "", "", 1);

    /// <summary>A cell that went as its capture shows and whose client was content.</summary>
    /// <param name="capture">Name of a capture.</param>
    /// <param name="parameters">The cell's last part: what was asked for.</param>
    /// <param name="withKeys">False: the server wrote no key log.</param>
    /// <param name="change">What else befell the frames.</param>
    /// <param name="steps">The conversation that was asked for.</param>
    public static CellObservation See(
        string capture = Tls12,
        string parameters = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-x25519",
        bool withKeys = true,
        Func<List<CapturedFrame>, IEnumerable<CapturedFrame>>? change = null,
        params ConversationStep[] steps)
    {
        var frames = new List<CapturedFrame>();
        using (var file = File.OpenRead(RepositoryFiles.Find($"tests/Tls/Captures/{capture}.pcap")))
            CaptureFile.Read(file, (in FrameHeader header, ReadOnlySpan<byte> frame) =>
                frames.Add(new CapturedFrame(header, frame.ToArray())));
        var keys = new KeyLog();
        if (withKeys) new KeyLogFile(RepositoryFiles.Find($"tests/Tls/Captures/{capture}.keys"), keys).ReadNew();
        var seen = new CellObservation
        {
            Cell = TestCells.Cell(Ends + parameters),
            Request = TestRequests.Request() with { Scenario = TestRequests.Scenario(steps: steps) },
            Server = new ServerLease(Server, 0, ""),
            Client = new ClientOutcome(0, true, ""),
            Frames = new LeaseFrames([.. change?.Invoke(frames) ?? frames], 1, true, false, 0),
        };
        return CellExecution.Decode(seen, keys);
    }

    /// <summary>The same, asked for by another scenario.</summary>
    public static CellObservation Asking(this CellObservation seen, Func<Scenario, Scenario> change) =>
        seen with { Request = seen.Request with { Scenario = change(seen.Request.Scenario) } };

    /// <summary>Changes the ServerHello's octet at an offset from its record's beginning.</summary>
    public static IEnumerable<CapturedFrame> ChangeServerHello(List<CapturedFrame> frames, int offset, byte value)
    {
        // RFC 5246, Sections 6.2.1 and 7.4: handshake record of TLS 1.2, its first message is a ServerHello (2).
        foreach (var frame in frames)
        {
            var octets = frame.Bytes.ToArray();
            for (var at = 0; at + 5 < octets.Length; at++)
            {
                if (octets.AsSpan(at) is not [22, 3, 3, _, _, 2, ..]) continue;
                octets[at + offset] = value;
                break;
            }
            yield return frame with { Bytes = octets };
        }
    }

    /// <summary>The frames up to the first ones that carry payload, so many of them.</summary>
    public static IEnumerable<CapturedFrame> FirstWithPayload(List<CapturedFrame> frames, int count)
    {
        foreach (var frame in frames)
        {
            if (IsPayload(frame) && count-- == 0) yield break;
            yield return frame;
        }
    }

    /// <summary>The client closes behind the server's certificate, and the server complains of that.</summary>
    public static IEnumerable<CapturedFrame> HungUp(List<CapturedFrame> frames)
    {
        // Up to the client's bare acknowledgement of the certificate; then comes its next flight, then the server's.
        var flight = FirstWithPayload(frames, 2).ToArray();
        var next = frames[flight.Length + 1];
        byte[] end = [.. flight[^1].Bytes.Span], alert = [.. next.Bytes.Span[..Headers], 21, 3, 3, 0, 2, 2, 50];
        // RFC 9293, Section 3.1: FIN. RFC 791, Section 3.1: Total Length.
        end[14 + 20 + 13] |= 1;
        BinaryPrimitives.WriteUInt16BigEndian(alert.AsSpan(14 + 2), (ushort)(alert.Length - 14));
        return [.. flight[..^1], flight[^1] with { Bytes = end }, next with { Bytes = alert }];
    }

    /// <summary>The client refuses the server's certificate with a fatal alert.</summary>
    public static IEnumerable<CapturedFrame> Alerted(List<CapturedFrame> frames, byte alert)
    {
        var flight = FirstWithPayload(frames, 2).ToArray();
        var next = frames[flight.Length];
        byte[] octets = [.. next.Bytes.Span[..Headers], 21, 3, 3, 0, 2, 2, alert];
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(14 + 2), (ushort)(octets.Length - 14));
        return [.. flight, next with { Bytes = octets }];
    }

    /// <summary>The same, and the server takes leave of it in clear text.</summary>
    public static IEnumerable<CapturedFrame> AlertedAndLeft(List<CapturedFrame> frames, byte alert)
    {
        CapturedFrame[] refused = [.. Alerted(frames, alert)];
        var next = frames[refused.Length];
        byte[] octets = [.. next.Bytes.Span[..Headers], .. "421 bye\r\n"u8];
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(14 + 2), (ushort)(octets.Length - 14));
        // RFC 9293, Section 3.1: it has got the alert, of 7 octets, and nothing that is not there.
        var sent = BinaryPrimitives.ReadUInt32BigEndian(refused[^1].Bytes.Span[(14 + 20 + 4)..]);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(14 + 20 + 8), sent + 7);
        return [.. refused, next with { Bytes = octets }];
    }

    /// <summary>The server closes with its certificate.</summary>
    public static IEnumerable<CapturedFrame> ServerHungUp(List<CapturedFrame> frames)
    {
        var flight = FirstWithPayload(frames, 2).ToList();
        var last = flight.FindLastIndex(IsPayload);
        byte[] end = [.. flight[last].Bytes.Span];
        end[14 + 20 + 13] |= 1;    // RFC 9293, Section 3.1: FIN
        return [.. flight[..last], flight[last] with { Bytes = end }];
    }

    /// <summary>The capture ends with the handshake.</summary>
    public static IEnumerable<CapturedFrame> Silent(List<CapturedFrame> frames) => FirstWithPayload(frames, 4);

    /// <summary>All frames but the one that carries payload as the count-th, from 0.</summary>
    public static IEnumerable<CapturedFrame> WithoutPayload(List<CapturedFrame> frames, int which) =>
        frames.Where(frame => !IsPayload(frame) || which-- != 0);

    // Loopback frames of Linux have an Ethernet header: 14 octets, IPv4 20, TCP 32 with its timestamps.
    private const int Headers = 14 + 20 + 32;

    private static bool IsPayload(CapturedFrame frame) => frame.Bytes.Length > Headers + 8;
}
