using System.IO.Compression;
using System.Text.Json;
using TlsInterop.Harness.Commands;

namespace TlsInterop.Harness.Tests.Commands;

/// <summary>Files that are no capture, or one of something else.</summary>
public sealed class DecodeInputTests : DecodeFixture
{
    private static IEnumerable<TestCaseData> Unreadable =>
    [
        new((byte[])[], "Got: an empty file."),
        new("CLIENT_RANDOM 00 11\n"u8.ToArray(), "Got: a key log.\n  remedy: it belongs to --keys"),
        new((byte[])[0x28, 0xb5, 0x2f, 0xfd, 0, 0], "Got: a zstd archive.\n  remedy: unpack it: zstd -d "),
        new("<html>"u8.ToArray(), "Got: 3c68746d: neither of them, packed with gzip or not."),
        new((byte[])[0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0], "Got: the beginning of one, cut before its first frame."),
        new(Pcap(linkType: 1)[..24].Concat((byte[])[.. new byte[8], 255, 255, 255, 127, 255, 255, 255, 127]).ToArray(),
            "Got: the beginning of one, and a length that no frame has before any frame (octet 24)."),
        new((byte[])[0x1f, 0x8b, 8, 0], "Got: nothing, packed with gzip."),
        new(Gzip("<html>"u8.ToArray()), "Got: something else, packed with gzip.\n  remedy: see what is in it: zcat "),
        new(Gzip("SERVER_HANDSHAKE"u8.ToArray()), "Got: a key log, packed with gzip."),
        new(Gzip(Gzip(Pcap(linkType: 1, [1]))), "Got: something packed with gzip twice.\n  remedy: unpack it once: "
            + "zcat "),
    ];

    [TestCaseSource(nameof(Unreadable))]
    public async Task What_is_no_capture_is_told_with_its_remedy(byte[] bytes, string message)
    {
        var (status, output, error) = await Decode(Write("file", bytes));

        Assert.That((status, output), Is.EqualTo((ExitStatus.Unusable, "")));
        Assert.That(error, Does.Contain("Expected: a pcap or pcapng capture.").And.Contain(message));
        Assert.That(Lines(error), Has.Length.LessThan(3));
    }

    [Test]
    public async Task AFolder_and_a_missing_file_are_told()
    {
        Assert.That(await Decode(Folder), Has.Property("Status").EqualTo(ExitStatus.Unusable)
            .And.Property("Error").Contains("Got: a folder."));
        Assert.That(await Decode(At("none")), Has.Property("Status").EqualTo(ExitStatus.Unusable)
            .And.Property("Error").Contains("there is no such file"));
    }

    [Test]
    public async Task A_capture_that_is_cut_shows_what_there_is_and_says_so()
    {
        var bytes = await File.ReadAllBytesAsync(Capture);
        var (status, output, error) = await Decode("--summary", Write("cut.pcap", bytes[..(bytes.Length / 2)]));

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Does.StartWith("#1 "));
        Assert.That(error, Does.Contain("cut.pcap: cut in the middle of a frame"));
    }

    [Test]
    public async Task A_link_type_that_is_not_read_is_named()
    {
        var (status, _, error) = await Decode(Write("usb.pcap", Pcap(linkType: 189, [1, 2, 3], [4])));

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.Contain("usb.pcap: link type 189 (USB_LINUX) is not read: 2 frames left out"));
        Assert.That(error, Does.Contain("usb.pcap: no TCP connection in 2 frames"));
    }

    [Test]
    public async Task Dtls_Quic_and_other_datagrams_are_named()
    {
        var (status, output, error) = await Decode("--format", "json", Write("udp.pcap", Pcap(
            linkType: 101, Datagram([22, 0xfe, 0xfd, .. new byte[12]]), Datagram([0xc3, 0, 0, 0, 1, 8]), Datagram([1]),
                Datagram([2]))));

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(JsonDocument.Parse(output).RootElement.GetProperty("connections").GetArrayLength(), Is.Zero);
        Assert.That(error, Does.Contain(
            "no TCP connection in 4 frames: 1 datagram of DTLS, which is not read, 1 datagram of QUIC, whose "
            + "TLS is not read, 2 datagrams of UDP"));
    }

    [Test]
    public async Task A_capture_without_a_frame_has_nothing_to_show()
    {
        var (status, output, error) = await Decode(Write("empty.pcap", Pcap(linkType: 1)));

        Assert.That((status, output), Is.EqualTo((ExitStatus.Unusable, "")));
        Assert.That(error, Does.EndWith("empty.pcap: no TCP connection in 0 frames\n"));
    }

    [Test]
    public async Task Tunnels_are_named_beside_what_is_read()
    {
        byte[] vxlan = [8, 0, 0, 0, 0, 0, 1, 0, .. new byte[40]];
        var frames = await File.ReadAllBytesAsync(Capture);
        var (_, _, error) = await Decode("--summary", Write("tunnel.pcap",
            [.. frames, .. Pcap(linkType: 1, [.. new byte[12], 8, 0, .. Datagram(vxlan, port: 4789)])[24..]]));

        Assert.That(error, Does.EndWith("tunnel.pcap: 1 packet of VXLAN: what they carry is not read\n"));
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    // A pcap file in little endian (draft-ietf-opsawg-pcap, Sections 4 and 5).
    private static byte[] Pcap(byte linkType, params byte[][] frames) =>
    [
        0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, .. new byte[8], 0, 0, 4, 0, linkType, 0, 0, 0,
        .. frames.SelectMany(frame => (byte[])
            [.. new byte[8], (byte)frame.Length, 0, 0, 0, (byte)frame.Length, 0, 0, 0, .. frame]),
    ];

    // IPv4 and UDP without checksums.
    private static byte[] Datagram(byte[] payload, ushort port = 443) =>
    [
        0x45, 0, 0, (byte)(28 + payload.Length), 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2,
        0x30, 0x39, (byte)(port >> 8), (byte)port, 0, (byte)(8 + payload.Length), 0, 0, .. payload,
    ];
}
