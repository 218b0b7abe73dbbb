using TlsInterop.Harness.Reports.Html;
using TlsInterop.Harness.Tests.Commands;

namespace TlsInterop.Harness.Tests.Reports;

public sealed class CellNamesTests
{
    [Test]
    public void The_id_of_a_cell_can_be_a_path() => Assert.That(CellNames.IsPath(TestCells.First), Is.True);

    [TestCase("../b/c/d")]
    [TestCase("a/b/c")]
    [TestCase("a/b\\c/d/e")]
    [TestCase("a/b//d")]
    public void What_leads_elsewhere_or_is_no_id_can_t(string id) => Assert.That(CellNames.IsPath(id), Is.False);

    // Linux, Windows and macOS take names of 255.
    [TestCase(240, true)]
    [TestCase(250, false)]
    public void A_part_leaves_room_for_the_ending_of_its_page_and_capture(int length, bool canBe) =>
        Assert.That(CellNames.IsPath($"a/b/c/{new string('d', length)}"), Is.EqualTo(canBe));
}
