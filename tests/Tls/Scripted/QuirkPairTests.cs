using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Scripted;

/// <summary>What a row says that a right peer does with a quirk, the plain ends here do.</summary>
public sealed class QuirkPairTests
{
    private static IEnumerable<TestCaseData> Rows() =>
        from quirk in AllQuirks.All
        from side in new[] { QuirkSide.Client, QuirkSide.Server }
        where quirk.Of.HasFlag(side)
        from version in new[] { ProtocolVersion.Tls10, ProtocolVersion.Tls12, ProtocolVersion.Tls13 }
        where quirk.IsOf(version)
        select new TestCaseData(quirk, side, version).SetArgDisplayNames(quirk.Name, $"{side}", version.Id);

    [TestCaseSource(nameof(Rows))]
    public async Task Quirk_ends_as_its_row_says(Quirk quirk, QuirkSide side, ProtocolVersion version)
    {
        var suite = new CipherSuite(CipherSuites.Find(
            version.IsTls13 ? "AES_128_GCM_SHA256" : "ECDHE_ECDSA_WITH_AES_128_CBC_SHA")!.Code);
        var (client, server) = (ScriptedPair.Client(version, suite), ScriptedPair.Server(suite));
        var behaviour = AllQuirks.Behaviour([quirk]);
        var talk = side == QuirkSide.Client
            ? await ScriptedPair.TalkAsync(client with { Behaviour = behaviour }, server)
            : await ScriptedPair.TalkAsync(client, server with { Behaviour = behaviour });
        var (own, peers) = side == QuirkSide.Client
            ? (talk.AtClient, talk.AtServer)
            : (talk.AtServer, talk.AtClient);
        var ending = peers?.Alert is not null ? QuirkEnding.Refused
            : own is null && peers is null ? QuirkEnding.Taken
            : QuirkEnding.Left;
        Assert.That(
            quirk.Ends.HasFlag(ending), $"{ending}: the end that has it: {own?.Message}; its peer: {peers?.Message}");
    }
}
