using TlsInterop.Harness.Reports;

namespace TlsInterop.Harness.Tests.Reports;

public sealed class SnapshotDiffTests
{
    private static string Numbers(int count) => string.Concat(Enumerable.Range(1, count).Select(i => $"{i}\n"));

    private static IEnumerable<string> Texts(string? verified, string received) =>
        SnapshotDiff.Unified(verified, received).Select(line => line.Text);

    [Test]
    public void Equal_texts_have_no_difference() =>
        Assert.That(SnapshotDiff.Unified("a\r\nb\r\n", "a\nb"), Is.Empty);

    [Test]
    public void A_changed_line_stands_between_three_lines_of_context()
    {
        var lines = SnapshotDiff.Unified(Numbers(20), Numbers(20).Replace("10\n", "ten\n"));

        Assert.That(lines.Select(line => line.Text), Is.EqualTo((string[])
            ["@@ -7,7 +7,7 @@", " 7", " 8", " 9", "-10", "+ten", " 11", " 12", " 13"]));
        Assert.That(lines.Select(line => line.Kind).Distinct(), Is.EqualTo((DiffLineKind[])
            [DiffLineKind.Hunk, DiffLineKind.Context, DiffLineKind.Removed, DiffLineKind.Added]));
    }

    [Test]
    public void Changes_far_apart_have_a_hunk_each_and_near_ones_share_it()
    {
        var far = Texts(Numbers(30), Numbers(30).Replace("5\n6\n", "5\nsix\n").Replace("25\n", "25\nmore\n"));
        var near = Texts(Numbers(30), Numbers(30).Replace("5\n6\n", "5\nsix\n").Replace("12\n13\n", "12\nthirteen\n"));

        Assert.That(far.Where(text => text[0] == '@'), Is.EqualTo((string[])["@@ -3,7 +3,7 @@", "@@ -23,6 +23,7 @@"]));
        Assert.That(near.Where(text => text[0] == '@'), Is.EqualTo((string[])["@@ -3,14 +3,14 @@"]));
    }

    [TestCase(null)]
    [TestCase("")]
    public void A_first_text_is_all_added(string? verified) =>
        Assert.That(Texts(verified, "a\nb\n"), Is.EqualTo((string[])["@@ -0,0 +1,2 @@", "+a", "+b"]));

    [Test]
    public void A_text_that_lost_its_end_shows_what_is_gone() =>
        Assert.That(Texts("a\nb\nc\n", "a\n"), Is.EqualTo((string[])["@@ -1,3 +1,1 @@", " a", "-b", "-c"]));

    [Test]
    public void Blanks_count() =>
        Assert.That(Texts("a\n", "a \n"), Is.EqualTo((string[])["@@ -1,1 +1,1 @@", "-a", "+a "]));
}
