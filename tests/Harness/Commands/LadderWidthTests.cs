using TlsInterop.Harness.Commands;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class LadderWidthTests
{
    [TestCase(false, "200", 150, 118, Description = "files are the same everywhere")]
    [TestCase(true, "200", 150, 200)]
    [TestCase(true, null, 150, 150)]
    [TestCase(true, "x", 150, 150)]
    [TestCase(true, null, 0, 118)]
    [TestCase(true, "20", 20, 80, Description = "narrower, nothing could be read")]
    public void A_ladder_is_as_wide_as_the_terminal(bool isTerminal, string? columns, int window, int width) =>
        Assert.That(LadderWidth.Of(isTerminal, columns, window), Is.EqualTo(width));
}
