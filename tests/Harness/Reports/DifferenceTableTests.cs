using TlsInterop.Harness.Predictions;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Reports;

public sealed class DifferenceTableTests
{
    private static readonly Difference Group = new("group", "x25519", "secp256r1", "RFC 8446, Section 4.2.7");

    [Test]
    public void What_differs_alike_is_told_once_with_who_it_was()
    {
        var lines = DifferenceTable.Of(
        [
            Result("exim@sid/curl@sid/smtps/default", Group),
            Result("exim@sid/curl@bookworm/smtps/default", Group),
            Result("exim@sid/openssl@sid/smtps/default", Group with { Got = "x448" }),
            Result("exim@sid/gnutls@sid/smtps/default", null),
        ]).Select(line => line.ToString());

        Assert.That(lines, Is.EqualTo((string[])
        [
            "Not as foretold from what both ends offer",
            "    2 × group: predicted x25519, got secp256r1 (RFC 8446, Section 4.2.7)",
            "        servers exim@sid",
            "        clients curl@{bookworm,sid}",
            "        as in   exim@sid/curl@sid/smtps/default",
            "    1 × group: predicted x25519, got x448 (RFC 8446, Section 4.2.7)",
            "        servers exim@sid",
            "        clients openssl@sid",
            "        as in   exim@sid/openssl@sid/smtps/default",
        ]));
    }

    [Test]
    public void A_screen_has_room_for_some_of_it() => Assert.That(
        DifferenceTable.Of(
            [Result("a/b/echo/default", Group), Result("a/b/echo/default", Group with { Got = "x448" })], most: 1)
            .Last().ToString(), Does.Contain("… and 1 more kinds"));

    [Test]
    public void Where_all_is_as_foretold_there_is_no_table() =>
        Assert.That(DifferenceTable.Of([Result("a/b/echo/default", null)]), Is.Empty);

    [Test]
    public void Cells_that_negotiate_the_same_share_an_entry()
    {
        var lines = NegotiationTable.Of(
        [
            Result("exim@sid/curl@sid/smtps/default", null, "TLS 1.2 · A"),
            Result("exim@sid/curl@bookworm/smtps/default", null, "TLS 1.3 · B"),
            Result("cyrus@sid/sslstream/imaps/default", null, "TLS 1.3 · B"),
            Result("exim@sid/gnutls@sid/smtps/default", null),
        ]).Select(line => line.ToString());

        Assert.That(lines, Is.EqualTo((string[])
        [
            "What was negotiated, in how many cells, and by whom",
            "    2 × TLS 1.3 · B",
            "        servers cyrus@sid, exim@sid",
            "        clients curl@bookworm, sslstream",
            "    1 × TLS 1.2 · A",
            "        servers exim@sid",
            "        clients curl@sid",
        ]));
        Assert.That(NegotiationTable.Of([Result("a/b/echo/default", null)]), Is.Empty);
    }

    private static CellResult Result(string cell, Difference? difference, string? effective = null) =>
        new() { Cell = cell, Verdict = Verdict.Pass, Difference = difference, Effective = effective };
}
