using System.Numerics;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class OddModulusTests
{
    private static byte[] Octets(BigInteger number) => number.ToByteArray(isUnsigned: true, isBigEndian: true);

    [TestCase(3)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(1024)]
    [TestCase(2047)]
    [TestCase(4096)]
    public void Powers_are_those_of_the_platform(int bits)
    {
        var random = new Random(bits);
        for (var round = 0; round < 20; round++)
        {
            var modulus = (BigInteger.One << (bits - 1)) | new BigInteger(Filled(random, (bits - 1) / 8),
                isUnsigned: true) | 1;
            var number = new BigInteger(Filled(random, (bits + 7) / 8), isUnsigned: true) % modulus;
            foreach (var exponent in (int[])[1, 2, 3, 65537])
            {
                var power = new OddModulus(Octets(modulus)).Power(Octets(number), Octets(exponent));
                Assert.That(new BigInteger(power, isUnsigned: true, isBigEndian: true),
                    Is.EqualTo(BigInteger.ModPow(number, exponent, modulus)));
            }
        }
    }

    [Test]
    public void All_ones_carry_through()
    {
        var modulus = (BigInteger.One << 512) - 1;
        var number = modulus - 1;

        var power = new OddModulus(Octets(modulus)).Power(Octets(number), [3]);

        Assert.That(new BigInteger(power, isUnsigned: true, isBigEndian: true), Is.EqualTo(number));
    }

    [Test]
    public void A_base_that_is_not_below_the_modulus_has_no_power()
    {
        var modulus = new OddModulus([0xff, 0xff]);

        Assert.That(modulus.Power([0xff, 0xff], [1]), Is.Null);
        Assert.That(modulus.Power([1, 0, 0], [1]), Is.Null);
        Assert.That(modulus.Power([0xff, 0xfe], [1]), Is.EqualTo((byte[])[0xff, 0xfe]));
    }

    [TestCase(new byte[] { 4 })]
    [TestCase(new byte[] { 1 })]
    [TestCase(new byte[] { })]
    public void An_even_modulus_or_one_is_the_callers_mistake(byte[] modulus) =>
        Assert.That(() => new OddModulus(modulus), Throws.ArgumentException);

    private static byte[] Filled(Random random, int length)
    {
        var octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }
}
