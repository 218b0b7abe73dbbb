using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Tests.Verification;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Tests.Decoding;

/// <summary>Heartbeats that say of themselves what is not true.</summary>
public sealed class HeartbeatTests
{
    private static readonly byte[] Request = [24, 3, 2, 0, 3, 1, 0x40, 0];
    private static readonly byte[] Response = [24, 3, 2, 0, 3, 2, 0x40, 0];

    [Test]
    public void Only_who_asks_for_more_than_there_is_wants_the_memory_of_the_other_end()
    {
        var faults = Beats().Connection.Faults.Select(fault => fault.Fault.Detail).ToList();

        Assert.That(faults, Has.Count.EqualTo(2));
        Assert.That(faults[0], Does.EndWith(
            "Got: payload_length 16384. Who believes it answers with 16384 octets of its memory "
            + "(Heartbleed, CVE-2014-0160)"));
        Assert.That(faults[1], Does.EndWith("Got: payload_length 16384"));
    }

    [Test]
    public void The_one_who_asks_and_the_one_who_answers_are_each_to_blame()
    {
        var findings = Rules.Findings(Beats());

        Assert.That(
            findings.Where(finding => finding.RuleId == "heartbeat-payload-length")
                .Select(finding => (finding.Direction, finding.Record)),
            Is.EqualTo(new (Direction?, long?)[] { (Direction.ClientToServer, 1), (Direction.ServerToClient, 1) }));
        Assert.That(
            findings.Single(finding => finding.RuleId == "heartbeat-not-discarded").Direction,
            Is.EqualTo(Direction.ServerToClient));
    }

    private static Evidence Beats() =>
        SessionEvidence.OfBytes((Direction.ClientToServer, Request), (Direction.ServerToClient, Response));
}
