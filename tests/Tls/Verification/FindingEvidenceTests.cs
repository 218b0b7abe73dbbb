using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Verification.Records;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification;

/// <summary>A finding shows the octets that it speaks of.</summary>
public sealed class FindingEvidenceTests
{
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    [Test]
    public void A_finding_in_a_record_names_its_number_and_shows_its_header()
    {
        var session = RecordedSession.Load(Tls12);
        var last = session.Segments.Count - 1 - session.Segments.Reverse()
            .ToList().FindIndex(segment => segment.Bytes[0] == 23);
        var connection = SessionEvidence.Decode(session, session.KeyLog, corruptedFrame: last + 1);

        var finding = ConnectionVerifier.Verify(connection, session.KeyLog)[0];

        var ofSender = connection.Records.Where(record => record.Direction == finding.Direction).ToList();
        var record = ofSender[(int)finding.Record!.Value - 1].Record;
        Assert.That(record.At.Number, Is.EqualTo(last + 1));
        Assert.That((finding.Offset, finding.Bytes), Is.EqualTo((0, $"170303{record.Fragment.Length:x4}")));
        Assert.That(finding.Sentence, Is.EqualTo(Rules.All.Single(rule => rule.Id == finding.RuleId).Sentence));
    }

    [Test]
    public void A_finding_in_a_message_shows_the_octets_at_their_offset()
    {
        var session = RecordedSession.Load(Tls12);
        var connection = SessionEvidence.Decode(session, session.KeyLog);
        var item = connection.Messages.First(seen => seen.Message.Body is ServerHello);
        var random = ((ServerHello)item.Message.Body).Random;

        var hit = new RuleHit("The random is odd.", item, random);
        var rule = new Rule(
            "odd-random", "RFC 5246, Section 7.4.1.3", "It is even.", Severity.Note, (_, hits) => hits.Add(hit));
        var finding = rule.At(hit, new Evidence(connection, session.KeyLog));

        // msg_type and length, legacy_version
        Assert.That(finding.Offset, Is.EqualTo(6));
        Assert.That(finding.Bytes, Is.EqualTo(Convert.ToHexStringLower(random.Span[..Finding.MostBytes])));
        Assert.That(finding.Record, Is.EqualTo(1));
    }

    [TestCase(true, Direction.ServerToClient)]
    [TestCase(false, Direction.ClientToServer)]
    public void A_missing_extended_master_secret_is_shown_in_the_first_hello_that_lacks_it(
        bool isAsked, Direction lacking)
    {
        var evidence = Altered.Both(
            Tls12,
            hello => isAsked ? hello : hello.Without(ExtensionType.ExtendedMasterSecret),
            hello => hello.Without(ExtensionType.ExtendedMasterSecret));

        var finding = Rules.Findings(evidence).Single(found => found.RuleId == "extended-master-secret-absent");

        Assert.That(finding.Direction, Is.EqualTo(lacking));
        Assert.That(finding.Frame, Is.EqualTo(evidence.Handshakes[0].First(lacking,
            isAsked ? HandshakeType.ServerHello : HandshakeType.ClientHello)!.At.Number));
    }

    [Test]
    public void A_part_that_comes_from_elsewhere_has_no_offset_of_its_own()
    {
        var session = RecordedSession.Load(Tls12);
        var item = SessionEvidence.Decode(session, session.KeyLog).Messages.First();

        var hit = new RuleHit("Something.", item, (byte[])[1, 2, 3]);

        Assert.That((hit.Offset, hit.Bytes.Length), Is.EqualTo((0, item.Message.Bytes.Length)));
    }

    [TestCaseSource(typeof(RecordedSession), nameof(RecordedSession.Names))]
    public void Every_message_alert_and_piece_of_data_has_its_record(string name)
    {
        var session = RecordedSession.Load(name);
        var connection = SessionEvidence.Decode(session, session.KeyLog);
        var places = new Evidence(connection, session.KeyLog).Places;

        foreach (var item in connection.Events.Where(item => item is not EndEvent))
        {
            var place = places.Find(item);
            Assert.That(place, Is.Not.Null, $"{item.GetType().Name} in frame {item.At.Number}");
            Assert.That(place!.Last.Record.At.Number, Is.EqualTo(item.At.Number));
            Assert.That(RecordPlaces.ContentOf(place.Last)!.Value.Type, Is.EqualTo(item switch
            {
                HandshakeEvent => ContentType.Handshake,
                AlertEvent => ContentType.Alert,
                ChangeCipherSpecEvent => ContentType.ChangeCipherSpec,
                _ => ContentType.ApplicationData,
            }));
        }
    }

    [Test]
    public void Messages_that_share_a_record_know_what_follows_them()
    {
        var session = RecordedSession.Load("tls1.3-gnutls");
        var connection = SessionEvidence.Decode(session, session.KeyLog);
        var places = new Evidence(connection, session.KeyLog).Places;

        var finished = connection.Messages.First(item => item.Message.Type == HandshakeType.Finished);
        Assert.That(finished.Direction, Is.EqualTo(Direction.ServerToClient));
        Assert.That(places.Find(finished)!.Behind, Is.Zero);
        foreach (var pair in connection.Messages.Where(item => item.Direction == Direction.ServerToClient)
            .Zip(connection.Messages.Where(item => item.Direction == Direction.ServerToClient).Skip(1)))
        {
            var (one, next) = (places.Find(pair.First)!, places.Find(pair.Second)!);
            Assert.That(one.Behind > 0, Is.EqualTo(ReferenceEquals(one.Last, next.First)));
        }
    }
}
