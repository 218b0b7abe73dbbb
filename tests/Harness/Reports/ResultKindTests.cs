using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Reports.History;
using TlsInterop.Harness.Reports.Html;

namespace TlsInterop.Harness.Tests.Reports;

public sealed class ResultKindTests
{
    [Test]
    public void Each_kind_has_its_word_its_state_in_the_pages_and_its_letter_in_the_history(
        [Values] ResultKind kind)
    {
        Assert.That(ResultKinds.Heading(kind), Is.Not.Empty);
        Assert.That(ListedState.Of(kind).Kind, Is.EqualTo(kind));
        Assert.That(HistoryLetters.ToneOf(HistoryLetters.Of(kind)), Is.EqualTo(ResultKinds.ToneOf(kind)));
    }

    [Test]
    public void No_two_kinds_have_one_sign_or_letter()
    {
        var kinds = Enum.GetValues<ResultKind>();

        Assert.That(kinds.Select(HistoryLetters.Of), Is.Unique);
        Assert.That(ListedState.All.Select(state => state.Mark), Is.Unique);
    }
}
