using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Tests.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Extensions;

public sealed class RecentExtensionsTests
{
    [Test]
    public void An_extension_is_a_slice_of_its_own_message_the_second_time_too()
    {
        foreach (var name in RecordedSession.Names.Concat(RecordedSession.Names))
        {
            var session = RecordedSession.Load(name);
            foreach (var item in SessionEvidence.Decode(session, session.KeyLog).Messages)
            {
                foreach (var extension in item.Message.Body.Extensions.Where(each => !each.Data.IsEmpty))
                    Assert.That(item.Message.Bytes.Span.Overlaps(extension.Data.Span), Is.True, $"{extension.Type}");
            }
        }
    }

    [Test]
    public void The_same_octets_say_something_else_in_another_message()
    {
        byte[] data = [0, 2, 3, 4];
        var type = ExtensionType.SupportedVersions;

        var asked = Read(type, [2, 3, 4], ExtensionPlace.ClientHello);
        var answered = Read(type, [2, 3, 4], ExtensionPlace.ServerHello);

        Assert.That(((SupportedVersionsExtension)asked.Body).Versions, Is.EqualTo([ProtocolVersion.Tls13]));
        Assert.That(asked.Fault, Is.Null);
        Assert.That(answered.Fault, Is.Not.Null);
        Assert.That(Read(ExtensionType.SupportedGroups, data, ExtensionPlace.ClientHello).Fault, Is.Null);
        Assert.That(Read(ExtensionType.EcPointFormats, data, ExtensionPlace.ClientHello).Fault, Is.Not.Null);
    }

    [Test]
    public void A_fault_is_told_with_the_offset_of_its_own_message()
    {
        var first = RecentExtensions.Read(ExtensionType.SupportedGroups, new byte[3], ExtensionPlace.ClientHello, 100);
        var second = RecentExtensions.Read(ExtensionType.SupportedGroups, new byte[3], ExtensionPlace.ClientHello, 200);

        Assert.That(second.Fault!.Offset - first.Fault!.Offset, Is.EqualTo(100));
    }

    private static Extension Read(ExtensionType type, byte[] data, ExtensionPlace place) =>
        RecentExtensions.Read(type, data, place, offset: 0);
}
