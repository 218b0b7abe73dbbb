using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Harness.Tests.Verdicts;

/// <summary>Each rule of the judge, seen red by one thing that is wrong with a cell that is else good.</summary>
public sealed class CellJudgeTests
{
    private const string Tls13Parameters = "tls1.3-AES_256_GCM_SHA384-x25519";

    [TestCase(RecordedCell.Tls12, "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-x25519")]
    [TestCase(RecordedCell.Tls12, "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256")]
    [TestCase(RecordedCell.Tls13, Tls13Parameters)]
    public void A_cell_that_did_what_was_asked_passes(string capture, string parameters)
    {
        var seen = RecordedCell.See(capture, parameters);

        Assert.That(CellJudge.Judge(seen), Is.EqualTo(Judgement.Passed), CellJudge.Judge(seen).Got);
        Assert.That(CellWords.Effective(seen), Does.Contain("x25519"));
    }

    [TestCase(127, Verdict.Unsupported, "exit code 127: it can't do that")]
    [TestCase(1, Verdict.Error, "exit code 1 at its start")]
    public void A_server_that_does_not_start_is_told_with_its_last_words(int exitCode, Verdict verdict, string got)
    {
        var seen = RecordedCell.See() with { Server = new ServerLease(null, exitCode,
            "one\ntwo\nthree\nno cipher match\n"), Client = null, Frames = null };

        Expect(seen with { Connections = [] }, verdict, got, why: "the server said: two | three | no cipher match");
    }

    [Test]
    public void A_capture_that_lost_packets_is_no_basis()
    {
        var seen = RecordedCell.See();

        Expect(seen with { Frames = seen.Frames! with { DroppedDuring = 3 } }, Verdict.Error,
            "the kernel dropped 3 of them");
        Expect(seen with { Frames = seen.Frames! with { IsCut = true } }, Verdict.Error, "more than a cell may keep");
        Assert.That(CellJudge.Judge(seen with { Frames = seen.Frames! with { DroppedDuring = null } }).Verdict,
            Is.EqualTo(Verdict.Pass));
    }

    [Test]
    public void Octets_that_are_missing_are_an_error_of_the_capture() => Expect(
        RecordedCell.See(change: frames => RecordedCell.WithoutPayload(frames, 1)), Verdict.Error,
        "octets of the server are missing before frame");

    [Test]
    public void A_client_that_can_not_is_unsupported() => Expect(
        RecordedCell.See() with { Client = new ClientOutcome(127, false, "no protocols available") },
        Verdict.Unsupported, "exit code 127: it can't do that", why: "the client said: no protocols available");

    [TestCase(124, Verdict.Hang)]
    [TestCase(1, Verdict.Error)]
    public void A_client_that_never_connected_is_told(int exitCode, Verdict verdict)
    {
        var seen = RecordedCell.See();

        Expect(
            seen with { Frames = seen.Frames! with { Connections = 0 }, Connections = [],
                Client = new ClientOutcome(exitCode, false, "") },
            verdict, $"none; the client ended with exit code {exitCode}");
    }

    [Test]
    public void What_does_not_end_in_time_hangs() => Expect(
        RecordedCell.See(change: frames =>
            RecordedCell.FirstWithPayload(frames, 1)) with { Client = new ClientOutcome(124, false, "") },
        Verdict.Hang, "none; the last on the wire was ClientHello of the client");

    private const string Quirky = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-x25519-";

    private static CellObservation RefusedQuirk(string quirk) =>
        RecordedCell.See(RecordedCell.Refused, Quirky + quirk, withKeys: false) with
        {
            Client = new ClientOutcome(1, false, "handshake failure"),
        };

    [TestCase("grease")]
    [TestCase("record-version-newest")]
    public void A_quirk_that_may_be_taken_passes_if_it_is(string quirk) =>
        Assert.That(CellJudge.Judge(RecordedCell.See(parameters: Quirky + quirk)).Verdict, Is.EqualTo(Verdict.Pass));

    [TestCase("finished-wrong")]
    [TestCase("record-version-newest")]
    public void A_quirk_that_may_be_refused_passes_if_it_is(string quirk) =>
        Assert.That(CellJudge.Judge(RefusedQuirk(quirk)).Verdict, Is.EqualTo(Verdict.Pass));

    [Test]
    public void A_quirk_that_is_to_be_refused_fails_if_it_is_taken() => Expect(
        RecordedCell.See(parameters: Quirky + "finished-wrong"), Verdict.Fail, "complete: ");

    [Test]
    public void A_quirk_that_is_to_be_taken_fails_if_it_is_refused() => Expect(
        RefusedQuirk("grease"), Verdict.Fail, "server-refuses: alert handshake_failure (40) from the server");

    [Test]
    public void Records_of_TLS_1_2_may_stay_closed() =>
        Assert.That(CellJudge.Judge(RecordedCell.See(withKeys: false)).Verdict, Is.EqualTo(Verdict.Pass));

    [Test]
    public void Malformed_TLS_of_a_peer_is_its_failure() => Expect(
        // RFC 5246, Section 7.4.1.3: session_id<0..32>, behind 5 + 4 + 2 + 32 octets.
        RecordedCell.See(change: frames => RecordedCell.ChangeServerHello(frames, 43, 0xff)), Verdict.Fail,
        "session_id");

    [Test]
    public void A_capture_that_ends_within_a_message_is_an_error_of_the_capture()
    {
        var seen = RecordedCell.See(change: frames => RecordedCell.FirstWithPayload(frames, 2)
            .Select(frame => frame.Bytes.Length > 900 ? frame with { Bytes = frame.Bytes[..^100] } : frame));
        Assert.That(seen.Connections, Has.Count.EqualTo(1));

        Assert.That(CellJudge.Judge(seen).Verdict, Is.EqualTo(Verdict.Error));
    }

    [Test]
    public void A_handshake_that_ends_with_an_alert_fails_with_its_signature()
    {
        var seen = RecordedCell.See(RecordedCell.Refused,
            withKeys: false) with { Client = new ClientOutcome(1, false, "handshake failure") };

        Expect(seen, Verdict.Fail, "alert handshake_failure (40) from the server after ClientHello");
        Assert.That(CellJudge.Judge(seen).Signature, Is.EqualTo(new FailureSignature(
            "handshake_failure", Direction.ServerToClient, "ClientHello",
            "alert handshake_failure (40) from the server after ClientHello")));
        Assert.That(CellWords.Effective(seen), Is.Null);
    }

    [TestCase("tls1.2-ECDHE_RSA_WITH_AES_256_GCM_SHA384-x25519")]
    [TestCase("tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-secp256r1")]
    [TestCase("tls1.3-AES_128_GCM_SHA256")]
    public void What_runs_is_what_was_requested_or_a_failure(string parameters) => Expect(
        RecordedCell.See(parameters: parameters),
        Verdict.Fail, "TLS 1.2 · ECDHE_RSA_WITH_AES_128_GCM_SHA256 · x25519 · rsa_pss_rsae_sha256 on the wire");

    [TestCase(Severity.Error, Verdict.Fail)]
    [TestCase(Severity.Note, Verdict.Pass)]
    public void An_error_of_the_verification_fails_and_a_note_does_not(Severity severity, Verdict verdict)
    {
        var finding = new Finding("verify-data", severity, "verify_data is another", null, 7,
            "RFC 5246, Section 7.4.9");

        Assert.That(CellJudge.Judge(RecordedCell.See() with { Findings = [finding] }).Verdict, Is.EqualTo(verdict));
    }

    [Test]
    public void A_TLS_13_connection_without_a_key_log_is_an_error_and_no_failure_of_the_peers() => Expect(
        RecordedCell.See(RecordedCell.Tls13, "tls1.3-AES_256_GCM_SHA384-x25519", withKeys: false), Verdict.Error,
        "stays closed");

    [Test]
    public void Early_data_that_are_refused_stay_closed_and_nothing_else_does()
    {
        var seen = RecordedCell.See("tls13-early-data-refused", Tls13Parameters);

        Assert.That(seen.Connection!.Events.OfType<EncryptedEvent>().Count(), Is.EqualTo(1));
        Assert.That(CellJudge.Judge(seen).Verdict, Is.EqualTo(Verdict.Pass), CellJudge.Judge(seen).Got);
        Expect(RecordedCell.See("tls13-early-data-refused", Tls13Parameters, withKeys: false), Verdict.Error,
            "stays closed");
    }

    [Test]
    public void What_an_end_was_asked_to_break_is_no_news()
    {
        var finding = new Finding(
            "clear-text-after-starttls", Severity.Error, "Got in clear text", null, 7, "RFC 3207");
        var seen = RecordedCell.See() with { Findings = [finding] };

        Expect(seen, Verdict.Fail, "Got in clear text");
        Expect(seen.Asking(scenario => scenario with { Breaks = new("verify-data") }), Verdict.Fail,
            "Got in clear text");
        Assert.That(CellJudge.Judge(seen.Asking(scenario => scenario with { Breaks = new(finding.RuleId) })).Verdict,
            Is.EqualTo(Verdict.Pass));
    }

    [Test]
    public void A_client_that_has_to_complain_does_so_by_its_exit_code()
    {
        var seen = RecordedCell.See().Asking(scenario => scenario with { Complaint = true });

        Expect(seen, Verdict.Fail, "exit code 0");
        Assert.That(CellJudge.Judge(seen with { Client = new ClientOutcome(1, true, "") }).Verdict,
            Is.EqualTo(Verdict.Pass));
    }

    [Test]
    public void A_conversation_that_breaks_off_fails() => Expect(
        RecordedCell.See() with { Client = new ClientOutcome(1, false, "") }, Verdict.Fail,
        "the client ended with exit code 1");

    [Test]
    public void A_payload_must_come_back_octet_for_octet()
    {
        Expect(RecordedCell.See(steps: new ConversationStep { Echo = 16384 }), Verdict.Fail, "6 octets, equal up to");
        Assert.That(CellJudge.Judge(RecordedCell.See(withKeys: false,
            steps: new ConversationStep { Echo = 16384 })).Verdict,
            Is.EqualTo(Verdict.Pass), "what stays closed can't be compared");
    }

    [Test]
    public void A_certificate_with_a_fault_is_to_be_refused_before_a_word_is_said()
    {
        // The one that was recorded.
        const string Parameters = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-x25519-self-signed";

        Expect(RecordedCell.See(parameters: Parameters), Verdict.Fail,
            "gnutls@bookworm accepted a certificate that signed itself, and that nobody trusts "
                + "(RFC 5280, Section 6.1.1) and went on");
        Expect(RecordedCell.See(RecordedCell.Refused, Parameters, withKeys: false), Verdict.Fail,
            "alert handshake_failure (40) from the server");
        var refused = RecordedCell.See(parameters: Parameters, change: frames =>
            RecordedCell.FirstWithPayload(frames, 2))
            with { Client = new ClientOutcome(1, false, "self-signed certificate") };
        Assert.That(CellJudge.Judge(refused).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(CellJudge.Judge(refused).Why, Has.Count.EqualTo(1), "it says how the client refused");
        Expect(
            RecordedCell.See(parameters: Parameters, change: frames =>
                RecordedCell.FirstWithPayload(frames, 1)) with { Client = new ClientOutcome(1, false, "") },
            Verdict.Fail, "no end of the connection after ClientHello of the client");
    }

    [Test]
    public void What_a_server_says_behind_a_refusal_is_no_TLS_any_more_and_before_it_must_be_well_formed()
    {
        const string Parameters = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-x25519-self-signed";
        const byte UnknownCa = 48;
        var left = RecordedCell.See(
            parameters: Parameters, change: frames => RecordedCell.AlertedAndLeft(frames, UnknownCa))
            with { Client = new ClientOutcome(1, false, "unknown ca") };
        Assert.That(left.Connection!.Faults, Is.Not.Empty);

        Assert.That(CellJudge.Judge(left), Has.Property("Verdict").EqualTo(Verdict.Pass), CellJudge.Judge(left).Got);
        // RFC 5246, Section 7.4.1.3: the length of session_id stands behind version and random.
        Expect(
            RecordedCell.See(parameters: Parameters, change: frames => RecordedCell.Alerted(
                [.. RecordedCell.ChangeServerHello(frames, 5 + 4 + 2 + 32, 0xff)], UnknownCa))
                with { Client = new ClientOutcome(1, false, "unknown ca") },
            Verdict.Fail, "length out of range in legacy_session_id_echo");
    }

    [Test]
    public void No_client_is_judged_by_a_chain_that_the_server_was_not_told_to_send()
    {
        const string Parameters = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-x25519";

        foreach (var certificate in (string[])["expired", "sha1"])
            Expect(RecordedCell.See(parameters: $"{Parameters}-{certificate}"), Verdict.Fail,
                "it sent tlsinterop.test");
    }

    [Test]
    public void A_server_that_complains_of_the_client_s_leaving_has_not_refused_it()
    {
        const string Parameters = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-x25519";
        const string Left = "FIN from the client after ServerHelloDone of the server, and no alert";
        var refused = RecordedCell.See(parameters: Parameters + "-self-signed", change: RecordedCell.HungUp)
            with { Client = new ClientOutcome(1, false, "self-signed certificate") };
        var good = RecordedCell.See(parameters: Parameters, change: RecordedCell.HungUp)
            with { Client = new ClientOutcome(1, false, "") };
        Assert.That(good.Connection!.Facts.FirstFatalAlert, Is.Not.Null);

        Assert.That(CellJudge.Judge(refused).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(CellJudge.Judge(refused).Why, Is.EqualTo((string[])[Left]));
        Expect(good, Verdict.Fail, Left);
        Assert.That(CellJudge.Judge(good).Signature, Is.EqualTo(new FailureSignature(
            FailureSignature.NoAlert, Direction.ClientToServer, "ServerHelloDone", Left)));
    }

    [Test]
    public void What_a_scenario_demands_of_the_wire_is_there_or_a_failure()
    {
        Assert.That(CellJudge.Judge(RecordedCell.See().Asking(scenario => scenario with
        {
            Wire = new() { ["alpn"] = new("none"), ["session"] = new("id", "none") },
        })).Verdict, Is.EqualTo(Verdict.Pass));
        Expect(
            RecordedCell.See().Asking(scenario => scenario with { Wire = new() { ["session"] = new("id", "ticket") } }),
            Verdict.Fail, "session: none");
    }

    [Test]
    public void A_refusal_passes_where_the_scenario_allows_it()
    {
        var refused = RecordedCell.See(RecordedCell.Refused, withKeys: false)
            with { Client = new ClientOutcome(1, false, "handshake failure") };
        var allowed = refused.Asking(scenario => scenario with
        {
            Outcome = new(Outcome.Complete, Outcome.ServerRefuses),
        });

        Assert.That(CellJudge.Judge(allowed).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(CellJudge.Judge(allowed).Why, Is.EqualTo(
            (string[])["alert handshake_failure (40) from the server after ClientHello"]));
        Expect(
            allowed.Asking(scenario => scenario with { Wire = new() { ["alert"] = new("unrecognized_name") } }),
            Verdict.Fail, "alert: handshake_failure");
        Expect(
            refused.Asking(scenario => scenario with { Outcome = new(Outcome.ClientRefuses) }),
            Verdict.Fail, "server-refuses: alert handshake_failure (40) from the server after ClientHello");
    }

    [Test]
    public void A_refusal_that_is_allowed_excuses_no_error_of_the_verification()
    {
        var finding = new Finding(
            "signature", Severity.Error, "a signature is wrong", null, 7, "RFC 8446, Section 4.4.3");
        var refused = RecordedCell.See(RecordedCell.Refused, withKeys: false)
            with { Client = new ClientOutcome(1, false, ""), Findings = [finding] };

        Expect(
            refused.Asking(scenario => scenario with { Outcome = new(Outcome.ServerRefuses) }),
            Verdict.Fail, "a signature is wrong");
    }

    [Test]
    public void Whoever_was_to_be_refused_and_was_not_fails() => Expect(
        RecordedCell.See().Asking(scenario => scenario with { Outcome = new(Outcome.ServerRefuses) }),
        Verdict.Fail, "complete: FIN from the server after Finished of the server");

    [Test]
    public void A_client_that_was_to_come_twice_and_came_once_fails() => Expect(
        RecordedCell.See().Asking(scenario => scenario with { Visits = 2 }), Verdict.Fail, "1");

    [Test]
    public void A_failure_that_no_rule_explains_tells_how_it_ended_and_what_the_client_said()
    {
        var seen = RecordedCell.See(parameters: "tls1.2-RSA_WITH_AES_128_GCM_SHA256");

        Assert.That(CellJudge.Judge(seen).Why, Is.EqualTo((string[])
            [CellWords.HowItEnded(seen), "the client said nothing"]));
        var talking = seen with { Client = new ClientOutcome(0, true, "done\n") };
        Assert.That(CellJudge.Judge(talking).Why[^1], Is.EqualTo("the client said: done"));
    }

    private static void Expect(CellObservation seen, Verdict verdict, string got, string? why = null)
    {
        var judgement = CellJudge.Judge(seen);
        Assert.That(judgement.Verdict, Is.EqualTo(verdict), judgement.Got);
        Assert.That(judgement.Got, Does.Contain(got));
        Assert.That(judgement.Expected, Is.Not.Empty);
        Assert.That(judgement.Signature?.Message, Is.EqualTo(judgement.Got));
        if (why is not null) Assert.That(judgement.Why, Is.EqualTo((string[])[why]));
    }
}
