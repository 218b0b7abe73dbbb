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
}
