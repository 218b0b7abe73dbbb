using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Keys;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Scripted;

public sealed class KeyAgreementTests
{
    private static NamedGroup Group(string name) => new(NamedGroups.Find(name)!.Code);

    [TestCase("x25519")]
    [TestCase("x448")]
    [TestCase("secp256r1")]
    [TestCase("secp384r1")]
    [TestCase("secp521r1")]
    [TestCase("ffdhe2048")]
    public void Both_ends_come_to_the_same_secret(string group)
    {
        var random = SeededRandom.Of(7);
        var (one, other) = (KeyAgreement.Of(Group(group), random)!, KeyAgreement.Of(Group(group), random)!);
        Assert.That(one.PublicKey, Is.Not.EqualTo(other.PublicKey));
        Assert.That(one.Secret(other.PublicKey, isTls13: true), Is.EqualTo(other.Secret(one.PublicKey, isTls13: true)));
        Assert.That(one.PublicKey, Has.Length.EqualTo(NamedGroups.Find(group)!.ClientShareLength));
    }

    [TestCase("X25519MLKEM768")]
    [TestCase("SecP256r1MLKEM768")]
    [TestCase("SecP384r1MLKEM1024")]
    public void Share_of_a_hybrid_is_as_long_as_the_registry_says(string group) =>
        Assert.That(
            KeyAgreement.Of(Group(group), SeededRandom.Of(7))!.PublicKey,
            Has.Length.EqualTo(NamedGroups.Find(group)!.ClientShareLength));

    // FIPS 203, Algorithms 15 and 17, for a key of zeros and a message of zeros, or of ones; with Python's hashlib.
    [TestCase("MLKEM768", 0, "74b053f09302e59b528d5706ed20a9c817a5ecf2c800eba9523b6ac77e415d2d")]
    [TestCase("MLKEM768", 1, "b30764a04fd2d9fce01d349643c3bb72827360b2ebc80bfb42621d0dda723324")]
    [TestCase("MLKEM1024", 0, "b9b9f0e5bb7ee8963b3865358e8dfc0a3ea703a6d253979b86c01fceb0727084")]
    [TestCase("MLKEM1024", 1, "44ab8c5a4f076f93fbe9ef51444a5735477df0dce198a59ed57ca82a25838fbb")]
    public void Ciphertext_gives_the_secret_of_its_message(string group, int bit, string secret) =>
        Assert.That(
            KeyAgreement.Of(Group(group), SeededRandom.Of(7))!.Secret(Ciphertext(group, bit), isTls13: true),
            Is.EqualTo(Convert.FromHexString(secret)));

    // draft-ietf-tls-ecdhe-mlkem: here ML-KEM comes first, in shares and in secrets.
    [Test]
    public void Secret_of_X25519MLKEM768_is_that_of_ML_KEM_and_then_that_of_X25519()
    {
        var own = KeyAgreement.Of(Group("X25519MLKEM768"), SeededRandom.Of(7))!;
        var peer = new X25519PrivateKeyParameters(SeededRandom.Of(8));
        var expected = new byte[64];
        MlKemSecret("MLKEM768").CopyTo(expected, 0);
        peer.GenerateSecret(new X25519PublicKeyParameters(own.PublicKey, 1184), expected, 32);

        byte[] share = [.. Ciphertext("MLKEM768", 0), .. peer.GeneratePublicKey().GetEncoded()];
        Assert.That(own.Secret(share, isTls13: true), Is.EqualTo(expected));
    }

    // And here the curve does.
    [TestCase("SecP256r1MLKEM768", "nistP256", "MLKEM768", 65)]
    [TestCase("SecP384r1MLKEM1024", "nistP384", "MLKEM1024", 97)]
    public void Secret_of_a_NIST_hybrid_is_that_of_the_curve_and_then_that_of_ML_KEM(
        string group, string curve, string set, int pointLength)
    {
        var own = KeyAgreement.Of(Group(group), SeededRandom.Of(7))!;
        using var peer = ECDiffieHellman.Create(ECCurve.CreateFromFriendlyName(curve));
        using var other = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.CreateFromFriendlyName(curve), Q = Point(own.PublicKey.AsSpan(0, pointLength)),
        });
        var q = peer.ExportParameters(includePrivateParameters: false).Q;

        byte[] share = [4, .. q.X!, .. q.Y!, .. Ciphertext(set, 0)];
        Assert.That(own.Secret(share, isTls13: true), Is.EqualTo(
            (byte[])[.. peer.DeriveRawSecretAgreement(other.PublicKey), .. MlKemSecret(set)]));
    }

    [TestCase("secp256r1", "04")]
    [TestCase("secp256r1", "")]
    [TestCase("x25519", "00")]
    [TestCase("x25519", "0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("ffdhe2048", "01")]
    [TestCase("X25519MLKEM768", "0102")]
    public void Key_that_is_none_of_the_group_is_refused_with_illegal_parameter(string group, string peer)
    {
        var own = KeyAgreement.Of(Group(group), SeededRandom.Of(7))!;
        var fault = Assert.Throws<ScriptedFault>(() => own.Secret(Convert.FromHexString(peer), isTls13: true));
        Assert.That(fault!.Alert.ToString(), Is.EqualTo("illegal_parameter"));
    }

    [Test]
    public void Every_group_that_is_covered_has_a_key()
    {
        Assert.That(ScriptedOffers.Groups, Does.Contain("X25519MLKEM768").And.Contain("secp521r1"));
        foreach (var group in ScriptedOffers.Groups)
            Assert.That(KeyAgreement.Of(Group(group), SeededRandom.Of(7)), Is.Not.Null, group);
    }

    // u is of no account where the secret vector is zero; v has the message, a bit a coefficient of d_v bits.
    private static byte[] Ciphertext(string set, int bit)
    {
        var ciphertext = new byte[NamedGroups.Find(set)!.ServerShareLength];
        var width = set == "MLKEM1024" ? 5 : 4;
        for (var i = 0; bit == 1 && i < 256; i++)
        {
            var at = 8 * (ciphertext.Length - (32 * width)) + (i * width) + width - 1; // q/2 has the highest bit alone
            ciphertext[at / 8] |= (byte)(1 << (at % 8));
        }
        return ciphertext;
    }

    private static byte[] MlKemSecret(string set) =>
        KeyAgreement.Of(Group(set), SeededRandom.Of(7))!.Secret(Ciphertext(set, 0), isTls13: true);

    private static ECPoint Point(ReadOnlySpan<byte> uncompressed)
    {
        var length = (uncompressed.Length - 1) / 2;
        return new()
        {
            X = uncompressed.Slice(1, length).ToArray(), Y = uncompressed.Slice(1 + length, length).ToArray(),
        };
    }
}
