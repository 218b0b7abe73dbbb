using TlsInterop.Tls.Fingerprints;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Tests.Verification;

namespace TlsInterop.Tls.Tests.Fingerprints;

/// <summary>What is remembered is what would be computed.</summary>
public sealed class RecentFingerprintsTests
{
    [Test]
    public void Every_recorded_hello_has_its_own_fingerprints()
    {
        foreach (var name in RecordedSession.Names)
        {
            var session = RecordedSession.Load(name);
            foreach (var item in SessionEvidence.Decode(session, keyLog: null).Messages)
            {
                if (item.Message.Body is ClientHello offer) Check(offer);
                if (item.Message.Body is ServerHello answer)
                    Assert.That(RecentFingerprints.Of(answer), Is.EqualTo(Pair(Ja3S.Of(answer), Ja4S.Of(answer))));
            }
        }
    }

    [Test]
    public void A_change_of_anything_that_a_fingerprint_tells_changes_what_is_remembered()
    {
        (ushort Type, byte[] Data)[] extensions =
        [
            HelloBytes.Empty(0), HelloBytes.List16(10, 23, 24), HelloBytes.List16(10, 24, 23),
            HelloBytes.PointFormats(0), HelloBytes.PointFormats(1),
            HelloBytes.List16(13, 0x0403), HelloBytes.List16(13, 0x0804), HelloBytes.Empty(23),
        ];
        foreach (ushort version in new ushort[] { 769, 771 })
        {
            foreach (var first in extensions)
            {
                foreach (var second in extensions)
                {
                    Check(HelloBytes.Client(version, [47, 53], first, second));
                    Check(HelloBytes.Client(version, [53, 47], first, second));
                }
                Check(HelloBytes.Client(version, [47], first));
            }
        }
    }

    private static void Check(ClientHello hello)
    {
        var expected = Pair(Ja3.Of(hello), Ja4.Of(hello));
        Assert.That(RecentFingerprints.Of(hello), Is.EqualTo(expected));
        Assert.That(RecentFingerprints.Of(hello), Is.EqualTo(expected), "the second time");
    }

    private static RecentFingerprints.Pair Pair(string ja3, string ja4) => new(ja3, ja4);
}
