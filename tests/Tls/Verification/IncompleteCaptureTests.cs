using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Tests.Verification;

/// <summary>What a capture without a SYN can be asked: as much as it surely holds.</summary>
internal sealed class IncompleteCaptureTests
{
    [TestCase("tls13-x25519-aes256-gcm")]
    [TestCase("tls13-hello-retry-request")]
    [TestCase("tls12-ecdhe-rsa-aes128-gcm")]
    public void Without_a_SYN_a_hello_that_is_surely_the_first_can_be_judged(string name) =>
        Assert.That(Found(name, skipped: 0, openingSeen: false), Does.Contain("record-tag"));

    [TestCase(false)]
    [TestCase(true)]
    public void A_hello_that_may_be_the_second_one_hides_what_may_be_the_capture_s_fault(bool openingSeen) =>
        Assert.That(
            Found("tls13-hello-retry-request", skipped: 2, openingSeen)
                .Contains("record-tag"), Is.EqualTo(openingSeen));

    [Test]
    public void A_second_hello_behind_a_ChangeCipherSpec_is_read_though_the_first_one_is_missing()
    {
        var sample = SampleConnection.Get("tls13-hello-retry-request");

        var connection = SampleConnection.Decode(sample.Steps.Skip(2), sample.KeyLog);

        Assert.That(connection.Facts.ClientHello, Is.Not.Null);
        Assert.That(connection.FromClient.FailedRecords + connection.FromServer.FailedRecords, Is.Zero);
        Assert.That(connection.Facts.IsComplete);
    }

    // A session whose last protected record was changed on its way.
    private static string[] Found(string name, int skipped, bool openingSeen)
    {
        var sample = SampleConnection.Get(name);
        var steps = sample.Steps.Where(step => step.End is null).Skip(skipped).ToList();
        var decoder = new ConnectionDecoder { OpeningSeen = openingSeen };
        foreach (var (index, step) in steps.Index())
        {
            byte[] bytes = [.. step.Bytes];
            if (index == steps.Count - 1) bytes[^1] ^= 1;
            decoder.Data(step.Direction, bytes, new FrameStamp(index + 1, 0));
        }
        return [.. ConnectionVerifier.Verify(decoder.Decode(sample.KeyLog), sample.KeyLog)
            .Select(found => found.RuleId)];
    }
}
