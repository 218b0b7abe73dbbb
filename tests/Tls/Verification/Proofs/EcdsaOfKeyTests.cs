using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using TlsInterop.Tls.Verification.Proofs;

namespace TlsInterop.Tls.Tests.Verification.Proofs;

public sealed class EcdsaOfKeyTests
{
    private static readonly string[] Curves =
    [
        "secp192r1", "secp224r1", "secp256r1", "secp256k1", "secp384r1", "secp521r1",
        "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1",
    ];

    // The keys G and -G meet the generator in every sum.
    private static readonly int[] Keys = [1, -1, 2, 0x5eed, -0x5eed];

    private static readonly int[] HashLengths = [20, 32, 48, 64];

    [Test]
    public void What_bouncy_castle_signs_fits([ValueSource(nameof(Curves))] string curve)
    {
        foreach (var number in Keys)
        {
            var (signer, key, ecdsa) = KeyOf(curve, number);
            foreach (var length in HashLengths)
            {
                var hash = Hash(number, length);
                var signature = signer.GenerateSignature(hash);
                Assert.That(ecdsa.Fits(hash, signature[0], signature[1]), $"{number}, {length} octets");
                Assert.That(ecdsa.VerifySignature(hash, signature[0], signature[1]));
                Assert.That(key.Parameters.N.Equals(ecdsa.Order));
            }
        }
    }

    [Test]
    public void A_hash_of_zeros_fits([ValueSource(nameof(Curves))] string curve)
    {
        var (signer, _, ecdsa) = KeyOf(curve, 0x5eed);
        var hash = new byte[32];
        var signature = signer.GenerateSignature(hash);

        Assert.That(ecdsa.Fits(hash, signature[0], signature[1]));
    }

    [Test]
    public void Nothing_else_fits([ValueSource(nameof(Curves))] string curve)
    {
        var (signer, key, ecdsa) = KeyOf(curve, 0x5eed);
        var hash = Hash(1, 32);
        var signature = signer.GenerateSignature(hash);
        var (r, s, n) = (signature[0], signature[1], key.Parameters.N);
        (byte[], BigInteger, BigInteger)[] others =
        [
            (Hash(2, 32), r, s), (hash, s, r), (hash, r.Add(BigInteger.One), s), (hash, r, s.Subtract(BigInteger.One)),
            (hash, BigInteger.Zero, s), (hash, r, BigInteger.Zero), (hash, r.Add(n), s), (hash, r, s.Add(n)),
            (hash, r.Negate(), s), (hash, r, s.Negate()), (hash, n, n),
        ];

        foreach (var (other, otherR, otherS) in others)
        {
            Assert.That(ecdsa.Fits(other, otherR, otherS), Is.False, $"{otherR}, {otherS}");
            Assert.That(ecdsa.VerifySignature(other, otherR, otherS), Is.False);
        }
        Assert.That(ecdsa.Fits(hash, r, n.Subtract(s)), "the opposite of s fits as well");
    }

    private static (ECDsaSigner Signer, ECPublicKeyParameters Key, EcdsaOfKey Ecdsa) KeyOf(string curve, int number)
    {
        var oid = ECNamedCurveTable.GetOid(curve);
        var domain = new ECNamedDomainParameters(oid, ECNamedCurveTable.GetByOid(oid));
        var d = BigInteger.ValueOf(number).Mod(domain.N);
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, new ECPrivateKeyParameters("EC", d, oid));
        var key = new ECPublicKeyParameters("EC", domain.G.Multiply(d).Normalize(), oid);
        var arithmetic = EllipticCurve.Of(key)!;
        var ecdsa = new EcdsaOfKey(arithmetic, new PointTable(arithmetic, key.Q));
        ecdsa.Init(forSigning: false, key);
        return (signer, key, ecdsa);
    }

    private static byte[] Hash(int seed, int length)
    {
        var hash = new byte[length];
        new Random(seed).NextBytes(hash);
        return hash;
    }
}
