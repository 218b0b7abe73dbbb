using Org.BouncyCastle.Math.EC.Rfc7748;
using TlsInterop.Tls.Verification.Keys;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification.Keys;

public sealed class PointsTests
{
    [TestCase("0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("0100000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [TestCase("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [TestCase("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [TestCase("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [TestCase("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void Every_secret_with_a_key_of_small_order_is_zero(string key)
    {
        Assert.That(Points.HasSmallOrder(Convert.FromHexString(key)));

        var secret = new byte[32];
        X25519.ScalarMult([.. Enumerable.Repeat((byte)0x55, 32)], 0, Convert.FromHexString(key), 0, secret, 0);

        Assert.That(secret, Is.All.Zero);
    }

    [Test]
    public void Any_octets_for_any_curve_are_an_answer_and_no_exception()
    {
        var random = new Random(8422);
        foreach (var group in NamedGroups.All.Where(group => group.Kind == NamedGroupKind.EllipticCurve))
        {
            for (var length = 0; length < group.ClientShareLength + 2; length++)
            {
                var octets = new byte[length];
                random.NextBytes(octets);
                if (length > 0) octets[0] = (byte)(length % 6);
                Assert.That(Points.WhyNot(group.Name, octets), Is.Null.Or.Not.Empty, $"{group.Name}, {length} octets");
            }
        }
    }
}
