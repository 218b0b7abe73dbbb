using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Tests.Matrix;
using TlsInterop.Harness.Tests.Verdicts;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Harness.Tests.Scenarios;

/// <summary>What the recorded connections show.</summary>
public sealed class WireFactTests
{
    [TestCase("alpn", RecordedCell.Tls12, "none")]
    [TestCase("alpn", "tls12-alpn", "http/1.1")]
    [TestCase("alpn", "tls13-alpn", "http/1.1")]
    [TestCase("sni", RecordedCell.Tls12, "tlsinterop.test")]
    [TestCase("session", RecordedCell.Tls13, "none")]
    [TestCase("session", "tls12-resumption", "ticket")]
    [TestCase("session", "tls12-resumption-session-id", "id")]
    [TestCase("session", "tls13-resumption", "psk")]
    [TestCase("offers-session", RecordedCell.Tls13, "none")]
    [TestCase("offers-session", "tls12-resumption", "ticket")]
    [TestCase("offers-session", "tls12-resumption-session-id", "id")]
    [TestCase("offers-session", "tls13-resumption", "psk")]
    [TestCase("hello-retry-request", RecordedCell.Tls13, "no")]
    [TestCase("hello-retry-request", "tls13-hello-retry-request", "yes")]
    [TestCase("client-certificate", RecordedCell.Tls12, "not-asked")]
    [TestCase("client-certificate", "tls13-certificate-required", "none")]
    [TestCase("client-certificate", "tls12-client-cert-ecdsa", "sent")]
    [TestCase("client-certificate", "tls13-client-cert-ed25519", "sent")]
    [TestCase("stapled", RecordedCell.Tls13, "no")]
    [TestCase("stapled", "tls12-ocsp-stapling", "yes")]
    [TestCase("stapled", "tls13-ocsp-stapling", "yes")]
    [TestCase("early-data", "tls13-resumption", "none")]
    [TestCase("early-data", "tls13-early-data-refused", "refused")]
    [TestCase("early-data", "tls13-resumption-early-data", "accepted")]
    [TestCase("key-updates", RecordedCell.Tls13, "none")]
    [TestCase("key-updates", "tls13-key-update", "client")]
    [TestCase("key-updates", "tls13-key-update-server", "server")]
    [TestCase("key-updates", "tls13-key-update-both", "both")]
    [TestCase("renegotiation", RecordedCell.Tls12, "none")]
    [TestCase("renegotiation", "tls12-renegotiation", "complete")]
    [TestCase("renegotiation", "tls12-server-renegotiation", "complete")]
    [TestCase("client-closes", RecordedCell.Tls13, "close_notify")]
    [TestCase("server-closes", RecordedCell.Refused, "fatal alert")]
    [TestCase("client-closes", RecordedCell.Refused, "fin")]
    [TestCase("speaks-first", RecordedCell.Tls12, "client")]
    [TestCase("speaks-first", RecordedCell.Refused, "none")]
    [TestCase("unanswered", RecordedCell.Tls12, "one")]
    [TestCase("alert", RecordedCell.Refused, "handshake_failure")]
    [TestCase("alert", RecordedCell.Tls13, "none")]
    public void A_fact_is_what_the_wire_shows(string fact, string capture, string shown) =>
        Assert.That(WireFact.Find(fact)!.Of(Last(capture)), Is.EqualTo(shown));

    [TestCase(RecordedCell.Tls12, Outcome.Complete)]
    [TestCase(RecordedCell.Tls13, Outcome.Complete)]
    [TestCase(RecordedCell.Refused, Outcome.ServerRefuses)]
    [TestCase("tls13-certificate-required", Outcome.ServerRefuses)]
    [TestCase("tls12-handshake-failure-no-client-certificate", Outcome.ServerRefuses)]
    [TestCase("tls12-unknown-ca", Outcome.ClientRefuses)]
    [TestCase("tls13-unknown-ca", Outcome.ClientRefuses)]
    public void An_outcome_says_who_refused(string capture, string outcome) =>
        Assert.That(Outcome.Of(Last(capture)), Is.EqualTo(outcome));

    [Test]
    public void Whoever_hangs_up_has_refused() =>
        Assert.That(Outcome.Of(RecordedCell.See(change: RecordedCell.HungUp).Connection!),
            Is.EqualTo(Outcome.ClientRefuses));

    [Test]
    public void The_contract_lists_what_can_be_asked_and_demanded()
    {
        var contract = File.ReadAllText(RepositoryFiles.Find("containers/CONTRACT.md"));

        foreach (var parameter in ScenarioParameter.All)
        {
            var roles = string.Join(", ", parameter.Roles).ToLowerInvariant();
            Assert.That(contract, Does.Contain($"| `{parameter.Name}` | {roles} | {parameter.Meaning} |"));
        }
        foreach (var fact in WireFact.All) Assert.That(contract, Does.Contain($"| `{fact.Name}` | {fact.Meaning} |"));
    }

    private static DecodedConnection Last(string capture) =>
        RecordedCell.See(capture, withKeys: File.Exists(RepositoryFiles.Find($"tests/Tls/Captures/{capture}.keys")))
            .Connection!;
}
