using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Tests.Verification.Certificates;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification.Endings;

/// <summary>A client that dislikes a certificate and closes without a word: a real one did, for an expired
/// one.</summary>
public sealed class ClosedInHandshakeTests
{
    [Test]
    public void The_finding_names_the_last_message_the_time_and_what_was_wrong_with_the_certificate()
    {
        var expired = ChainEvidence.Server(
            MadeCertificate.Leaf with { FirstYear = 2025, LastYear = 2025 }, MadeCertificate.Intermediate);
        var noon = ChainEvidence.Midsummer.ToUnixTimeMilliseconds() * 1_000_000;
        var closed = SessionEvidence.WithEvents(expired, events =>
        [
            .. events.TakeWhile(
                item => item is not HandshakeEvent { Message.Type: var type } || type != HandshakeType.ServerHelloDone),
            events.OfType<HandshakeEvent>().Single(item => item.Message.Type == HandshakeType.ServerHelloDone) with
            {
                At = new FrameStamp(7, noon),
            },
            new EndEvent(Direction.ClientToServer, new FrameStamp(8, noon + 900_000), ConnectionEnd.Fin),
        ]);

        var findings = SessionEvidence.WithoutNotes(Rules.Findings(closed));

        Assert.That(
            findings.Select(finding => finding.RuleId),
                Is.SupersetOf((string[])["certificate-expired", "closed-in-handshake"]));
        var finding = findings.Single(found => found.RuleId == "closed-in-handshake");
        Assert.That(finding.Message, Is.EqualTo(
            "Expected an alert of the client, or the rest of the handshake. "
            + "Got: FIN 0.9 ms after ServerHelloDone of the server, whose certificate had expired 172 days before."));
        Assert.That((finding.Frame, finding.Direction), Is.EqualTo((8L, Direction.ClientToServer)));
    }
}
