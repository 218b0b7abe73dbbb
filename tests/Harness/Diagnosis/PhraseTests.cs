using TlsInterop.Harness.Diagnosis;

namespace TlsInterop.Harness.Tests.Diagnosis;

public sealed class PhraseTests
{
    [TestCase(0, "0 seconds")]
    [TestCase(1, "1 second")]
    [TestCase(59, "59 seconds")]
    [TestCase(60, "1 minute")]
    [TestCase(7199, "119 minutes")]
    [TestCase(7200, "2 hours")]
    [TestCase(172_799, "47 hours")]
    [TestCase(172_800, "2 days")]
    public void Long_time_is_told_in_the_largest_unit_of_which_it_has_two(int seconds, string words) =>
        Assert.That(Phrase.Long(TimeSpan.FromSeconds(seconds)), Is.EqualTo(words));

    [TestCase(0.94, " 0.9 ms")]
    [TestCase(999, " 999.0 ms")]
    [TestCase(1000, " 1.0 s")]
    public void Short_time_is_told_behind_a_verb(double milliseconds, string words) =>
        Assert.That(Phrase.After(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(words));

    [Test]
    public void Time_that_is_not_known_is_not_told() => Assert.That(Phrase.After(null), Is.Empty);

    [Test]
    public void Long_list_is_told_up_to_its_eighth_item_and_without_GREASE()
    {
        Assert.That(Phrase.List(Enumerable.Range(1, 8)), Is.EqualTo("1, 2, 3, 4, 5, 6, 7, 8"));
        Assert.That(Phrase.List(Enumerable.Range(1, 10)), Does.EndWith("7, 8 and 2 more"));
        Assert.That(Phrase.List(new ushort[] { 0x0a0a, 1 }, code => code), Is.EqualTo("1"));
        Assert.That(Phrase.List(new ushort[] { 0x0a0a }, code => code), Is.EqualTo("none"));
    }
}
