using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Tests.Captures;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class ExplicitNonceTests
{
    [TestCase("tls12-ecdhe-rsa-aes128-gcm", 8)]
    [TestCase("tls11-ecdhe-ecdsa-aes256-cbc-sha", 16)]
    public void Each_record_of_a_real_connection_has_a_nonce_of_its_own(string name, int length)
    {
        var opened = SampleConnection.Get(name).Decode().Records.Where(record => record.IsProtected).ToList();

        Assert.That(opened.Select(record => record.ExplicitNonce.Length), Is.All.EqualTo(length));
        foreach (var sender in Enum.GetValues<Direction>())
        {
            var nonces = opened.Where(record => record.Direction == sender)
                .Select(record => Convert.ToHexString(record.ExplicitNonce.Span));
            Assert.That(nonces, Is.Unique);
        }
    }

    [TestCase("tls10-rsa-aes128-cbc-sha")]
    [TestCase("tls13-x25519-aes256-gcm")]
    public void Without_secrets_or_without_a_nonce_in_the_record_it_is_empty(string name)
    {
        var sample = SampleConnection.Get(name);
        var records = sample.Decode().Records.Concat(SampleConnection.Decode(sample.Steps, keyLog: null).Records);

        Assert.That(records.Select(record => record.ExplicitNonce.Length), Is.All.Zero);
    }
}
