using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Wire;

/// <summary>People read words, not the names of enumerations.</summary>
internal sealed class FaultWordsTests
{
    [Test]
    public void Every_fault_and_every_owner_has_words_of_its_own()
    {
        var kinds = Enum.GetValues<WireFaultKind>().Select(kind => Fault(kind).What).ToList();
        var owners = Enum.GetValues<FaultOwner>().Select(owner => Fault(WireFaultKind.NotTls, owner).Whose).ToList();

        Assert.That(kinds, Is.Unique.And.None.AnyOf(Enum.GetNames<WireFaultKind>()));
        Assert.That(owners, Is.Unique.And.None.AnyOf(Enum.GetNames<FaultOwner>()));
        Assert.That(Fault(WireFaultKind.NotTls).What, Is.EqualTo("no TLS"));
        Assert.That(Fault(WireFaultKind.Undecipherable).What, Is.EqualTo("not decryptable"));
    }

    [Test]
    public void Every_fault_of_a_capture_file_has_words_of_its_own()
    {
        var kinds = Enum.GetValues<CaptureFaultKind>().Select(kind => new CaptureFault(kind, 0).What).ToList();

        Assert.That(kinds, Is.Unique.And.None.AnyOf(Enum.GetNames<CaptureFaultKind>()));
        Assert.That(kinds[(int)CaptureFaultKind.BadCompression], Does.Contain("gzip"));
    }

    private static WireFault Fault(WireFaultKind kind, FaultOwner owner = FaultOwner.Peer) =>
        new(kind, "field", 0, owner, "Expected this. Got: that");
}
