using System.Diagnostics;
using System.Text;
using TlsInterop.Harness.Import;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Import;

/// <summary>Reports that say more than a ClientHello or a reader has room for.</summary>
public sealed class ImportLimitsTests
{
    private static readonly string Trace = File.ReadAllText(Sample.At("openssl-3.0-client-trace-tls13.txt"));

    // RFC 7301, Section 3.1: opaque ProtocolName<1..2^8-1>; RFC 8422, Section 5.1.2: ec_point_format_list<1..2^8-1>
    [TestCase("application_layer_protocol_negotiation(16)")]
    [TestCase("ec_point_formats(11)")]
    public void Extension_with_more_words_than_it_has_room_for_is_left_out(string extension)
    {
        var words = extension.StartsWith("ec", StringComparison.Ordinal)
            ? string.Concat(Enumerable.Repeat("          uncompressed (0)\n", 300))
            : $"          {new string('a', 300)}\n";
        var told = Trace.Insert(
            Trace.IndexOf("        extension_type=", StringComparison.Ordinal),
            $"        extension_type={extension}, length=2\n{words}");

        var imported = Sample.Import(Encoding.ASCII.GetBytes(told));

        Assert.That(imported.Guesses, Has.Some.Contains("can't be repeated"));
        Assert.That(ImportJson.Of(imported, written: null).ToJsonString(), Is.Not.Empty);
        Assert.That(ImportText.Lines(imported), Is.Not.Empty);
    }

    [Test]
    public void Certificates_without_end_are_read_up_to_a_number_and_the_rest_is_told()
    {
        var text = new StringBuilder(File.ReadAllText(Sample.At("gnutls-3.8-client-d9-tls13.txt")));
        for (var i = 0; i < 200_000; i++) text.Append(" - subject `CN=").Append(i).Append("'\n");
        var clock = Stopwatch.StartNew();

        var imported = Sample.Import(Encoding.ASCII.GetBytes(text.ToString()));

        Assert.That(imported.Answer.Certificates, Has.Count.EqualTo(20));
        Assert.That(imported.Remarks, Has.Some.Contains("more than 20 certificates"));
        // With a copy of all for each it takes many minutes.
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)));
    }

    // The list of extensions is shorter than what stands in it, and than what stands behind it.
    [Test]
    public void Extensions_behind_their_list_are_none()
    {
        byte[] list = [0, 10, 0, 4, 0, 2, 0, 29, /* cut here */ 0, 16, 0xea, 0x60, 1];
        byte[] body =
        [
            3, 3, .. new byte[32], 0, 0, 2, 0x13, 0x01, 1, 0, 0, (byte)list.Length, .. list,
            .. Enumerable.Range(0, 3).SelectMany(_ => (byte[])[0, 17, 0xea, 0x60, .. new byte[60_000]]),
        ];
        byte[] message = [1, (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];
        byte[] octets =
        [
            .. message.Chunk(1 << 14).SelectMany(part =>
                (byte[])[22, 3, 1, (byte)(part.Length >> 8), (byte)part.Length, .. part]),
        ];

        var imported = Sample.Import(octets);

        Assert.That(imported.Profile!.Hello!.Extensions!.Select(shape => shape.Type),
            Is.EqualTo(new[] { ExtensionType.SupportedGroups }));
        Assert.That(imported.Guesses, Has.Some.Contains("cut behind 1 extension"));
    }
}
