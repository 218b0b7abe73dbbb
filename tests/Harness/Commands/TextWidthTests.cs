using TlsInterop.Harness.Commands;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class TextWidthTests
{
    [TestCase(null, 0, 118, Description = "a pipe")]
    [TestCase("100", 0, 100, Description = "a pipe, and COLUMNS")]
    [TestCase("70", 150, 70)]
    [TestCase(null, 70, 70)]
    [TestCase("x", 70, 70)]
    [TestCase("9", 0, 40, Description = "narrower, nothing could be read")]
    public void Sentences_are_as_wide_as_COLUMNS_or_the_window(string? columns, int window, int width) =>
        Assert.That(TextWidth.Of(columns, window), Is.EqualTo(width));
}
