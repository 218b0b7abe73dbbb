using TlsInterop.Harness.Predictions;
using TlsInterop.Harness.Tests.Verdicts;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Predictions;

/// <summary>What comes of a ClientHello at a server that is known.</summary>
public sealed class PredictionTests
{
    private const ushort Aes128 = 0x1301, Aes256 = 0x1302, EcdheRsa = 0xc02f, DheRsa = 0x009e, PlainRsa = 0x002f;
    private const ushort P256 = 23, P384 = 24, X25519 = 29;
    private const ushort PssSha256 = 0x0804, EcdsaSha256 = 0x0403;

    private static readonly VersionPolicy Tls12 = new(
        Clients(EcdheRsa, PlainRsa), Clients(P256, X25519), Preference.None, Clients(PssSha256),
        new Dictionary<ushort, IReadOnlyList<ushort>>(), true, false);

    private static readonly VersionPolicy Tls13 = new(
        Own(Aes256, Aes128), Own(X25519, P256), Own(X25519, P256), Clients(PssSha256),
        new Dictionary<ushort, IReadOnlyList<ushort>>(), null, null);

    [Test]
    public void The_latest_version_of_both_is_chosen()
    {
        Assert.That(
            Of(Hello(), Server(("tls1.2", Tls12), ("tls1.3", Tls13))).Version, Is.EqualTo(ProtocolVersion.Tls13));
        Assert.That(Of(Hello(), Server(("tls1.2", Tls12))).Version, Is.EqualTo(ProtocolVersion.Tls12));
    }

    [Test]
    public void Before_supported_versions_a_client_speaks_all_up_to_the_one_that_it_names()
    {
        var hello = Hello(versions: []);

        Assert.That(Of(hello, Server(("tls1.1", Tls12), ("tls1.3", Tls13))).Version, Is.EqualTo(ProtocolVersion.Tls11));
    }

    [Test]
    public void Without_a_version_in_common_the_server_refuses()
    {
        var refused = Of(Hello(versions: [ProtocolVersion.Tls12]), Server(("tls1.3", Tls13))).Refused;

        Assert.That(refused, Is.EqualTo(ForetoldRefusal.Version));
        Assert.That(refused!.ToString(), Is.EqualTo(
            "no version in common: the server refuses with protocol_version"));
    }

    [Test]
    public void A_server_that_is_too_old_for_supported_versions_leaves_it_to_the_client_to_refuse()
    {
        var made = Of(Hello(), Server(("tls1.0", Tls12)));

        Assert.That(made.Version, Is.EqualTo(ProtocolVersion.Tls10));
        Assert.That(made.Refused?.ToString(), Is.EqualTo(
            "no version in common: the client refuses with protocol_version"));
    }

    [Test]
    public void A_server_that_took_nothing_of_any_hello_refuses_this_one_too() =>
        Assert.That(Of(Hello(), Server()).Refused, Is.EqualTo(ForetoldRefusal.Anything));

    [Test]
    public void The_order_decides_of_whoever_has_one()
    {
        Assert.That(Of(Hello(), Server(("tls1.3", Tls13))).Suite?.Code, Is.EqualTo(Aes256), "the server's");
        Assert.That(Of(Hello(), Server(("tls1.3", Tls13 with { Suites = Clients(Aes256, Aes128) }))).Suite?.Code,
            Is.EqualTo(Aes128), "the client's");
        Assert.That(Of(Hello(), Server(("tls1.3", Tls13 with { Suites = Own(0x1303) }))).Refused,
            Is.EqualTo(ForetoldRefusal.Suite));
    }

    [Test]
    public void A_server_asks_for_the_key_share_of_the_group_that_it_wants()
    {
        var made = Of(Hello(shares: [P256]), Server(("tls1.3", Tls13)));

        Assert.That(made.Group?.Code, Is.EqualTo(X25519));
        Assert.That(made.RetriesHello, Is.True);
    }

    [Test]
    public void A_key_share_that_is_there_may_go_before_a_group_that_is_liked_better()
    {
        var policy = Tls13 with { Overtaken = new Dictionary<ushort, IReadOnlyList<ushort>> { [P256] = [X25519] } };
        var made = Of(Hello(shares: [P256]), Server(("tls1.3", policy)));

        Assert.That(made.Group?.Code, Is.EqualTo(P256));
        Assert.That(made.RetriesHello, Is.False);
    }

    [Test]
    public void Among_several_key_shares_another_order_may_decide()
    {
        var policy = Tls13 with { Shared = Clients(X25519, P256) };

        Assert.That(Of(Hello(shares: [P256, X25519]), Server(("tls1.3", policy))).Group?.Code, Is.EqualTo(P256));
        Assert.That(Of(Hello(shares: [P256, X25519]), Server(("tls1.3", Tls13))).Group?.Code, Is.EqualTo(X25519));
    }

    [Test]
    public void TLS_1_3_needs_a_group_and_a_scheme_in_common()
    {
        Assert.That(Of(Hello(groups: [P384]), Server(("tls1.3", Tls13))).Refused, Is.EqualTo(ForetoldRefusal.Group));
        Assert.That(
            Of(Hello(schemes: [EcdsaSha256]), Server(("tls1.3", Tls13))).Refused, Is.EqualTo(ForetoldRefusal.Scheme));
    }

    [Test]
    public void A_hello_of_TLS_1_3_without_key_share_is_refused_as_incomplete()
    {
        var refused = Of(Hello(shares: []), Server(("tls1.3", Tls13))).Refused;

        Assert.That(refused?.ToString(), Is.EqualTo("no supported_groups, key_share or signature_algorithms: the "
            + "server refuses with missing_extension"));
        Assert.That(Of(Hello(shares: []), Server(("tls1.2", Tls12))).Refused, Is.Null);
    }

    [Test]
    public void A_suite_of_DHE_is_signed_as_one_of_ECDHE_is()
    {
        var made = Of(Hello(), Server(("tls1.2", Tls12 with { Suites = Own(DheRsa) })));

        Assert.That(made.Scheme?.Code, Is.EqualTo(PssSha256));
        Assert.That(made.Group, Is.Null);
        var unsigned = Tls12 with { Suites = Own(DheRsa, PlainRsa), Schemes = Clients(EcdsaSha256) };
        Assert.That(Of(Hello(schemes: [PssSha256]), Server(("tls1.2", unsigned))).Suite?.Code, Is.EqualTo(PlainRsa));
    }

    [Test]
    public void Before_TLS_1_3_a_suite_that_needs_no_group_is_left_without_one_in_common()
    {
        var made = Of(Hello(groups: [P384]), Server(("tls1.2", Tls12)));

        Assert.That(made.Suite?.Code, Is.EqualTo(PlainRsa));
        Assert.That(made.Group, Is.Null);
        Assert.That(made.Scheme, Is.Null);
    }

    [Test]
    public void Of_an_order_that_was_not_found_out_nothing_is_foretold()
    {
        var unknown = Tls13 with { Suites = Preference.Unknown, Groups = Preference.Unknown };
        var made = Of(Hello(), Server(("tls1.3", unknown)));

        Assert.That(made.Version, Is.EqualTo(ProtocolVersion.Tls13));
        Assert.That((made.Suite, made.Group, made.RetriesHello, made.Refused), Is.EqualTo(
            ((CipherSuite?)null, (NamedGroup?)null, (bool?)null, (ForetoldRefusal?)null)));
    }

    [Test]
    public void A_recorded_handshake_is_as_foretold_and_what_is_not_is_told_with_its_source()
    {
        var seen = RecordedCell.See(RecordedCell.Tls13, "tls1.3-AES_256_GCM_SHA384-x25519") with
        {
            Policy = ServerPolicy.Exactly(ProtocolVersion.Tls13, "AES_256_GCM_SHA384", "x25519"),
        };
        Assert.That(Difference(seen), Is.Null);

        var other = seen with { Policy = ServerPolicy.Exactly(ProtocolVersion.Tls12, "AES_256_GCM_SHA384", "x25519") };
        Assert.That(Difference(other)?.ToString(), Is.EqualTo("no version in common: predicted protocol_version, "
            + "got complete (RFC 8446, Appendix D.1)"));
    }

    [Test]
    public void Two_stacks_that_have_nothing_in_common_pass_where_nobody_asked_for_anything()
    {
        var refused = RecordedCell.See(RecordedCell.Refused, "default", withKeys: false) with
        {
            Policy = Server(("tls1.2", Tls12 with { Suites = Own(0x1303) })),
        };

        Assert.That(CellJudge.Judge(refused).Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(CellJudge.Judge(refused).Why, Is.EqualTo((string[])
        [
            "no cipher suite in common: the server refuses with handshake_failure",
            "alert handshake_failure (40) from the server after ClientHello",
        ]));
        Assert.That(CellJudge.Judge(refused with { Policy = null }).Verdict, Is.EqualTo(Verdict.Fail));
    }

    private static Difference? Difference(CellObservation seen) =>
        PredictionCheck.FirstOf(seen.Prediction!, seen.Connection!);

    private static Prediction Of(ClientHello hello, ServerPolicy server) => Prediction.Of(hello, server, before: null);

    private static ServerPolicy Server(params (string Id, VersionPolicy Policy)[] versions) =>
        new(versions.ToDictionary(entry => entry.Id, entry => entry.Policy));

    private static Preference Own(params ushort[] codes) => new([.. codes.Select(code => (ushort[])[code])]);

    private static Preference Clients(params ushort[] codes) => new([codes]);

    private static ClientHello Hello(
        ProtocolVersion[]? versions = null, ushort[]? groups = null, ushort[]? shares = null, ushort[]? schemes = null)
    {
        versions ??= [ProtocolVersion.Tls13, ProtocolVersion.Tls12];
        List<(ExtensionType Type, ExtensionBody Body)> extensions =
        [
            (ExtensionType.SupportedGroups,
                new SupportedGroupsExtension([.. (groups ?? [P256, X25519]).Select(code => new NamedGroup(code))])),
            (ExtensionType.SignatureAlgorithms, new SignatureAlgorithmsExtension(
                [.. (schemes ?? [EcdsaSha256, PssSha256]).Select(code => new SignatureScheme(code))])),
        ];
        if (shares is not [])
            extensions.Add((ExtensionType.KeyShare, new KeyShareExtension(
                [.. (shares ?? [X25519]).Select(code => new KeyShareEntry(new NamedGroup(code), new byte[1]))], null)));
        if (versions.Length > 0)
            extensions.Add((ExtensionType.SupportedVersions, new SupportedVersionsExtension(versions)));
        return new ClientHello(
            ProtocolVersion.Tls12, new byte[32], default,
            [.. ((ushort[])[Aes128, Aes256, EcdheRsa, DheRsa, PlainRsa]).Select(code => new CipherSuite(code))],
            [CompressionMethod.Null],
            ExtensionList.Of(extensions.Select(item =>
                Extension.Of(item.Type, item.Body, ExtensionPlace.ClientHello))));
    }
}
