using TlsInterop.Tls.Tests.Captures;

namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>
/// Changed captures through the whole chain: no exception, no more than a second, no more than the stated memory. The
/// same engine runs for as long as wanted from the command line.
/// </summary>
public sealed class FuzzTests
{
    private static readonly FuzzCorpus Corpus = new(Path.Combine(SampleConnection.Folder(), ".."));

    [Test]
    public void The_originals_hold_connections_and_break_no_claim()
    {
        foreach (var input in Corpus.Originals)
            Assert.That(DecodingChain.Run(input, isLive: false), Is.Positive, input.Origin);
    }

    [Test]
    public void The_same_numbers_make_the_same_input()
    {
        for (var index = 0; index < 50; index++)
        {
            var (one, other) = (Corpus.Input(7, index), Corpus.Input(7, index));
            Assert.That((one.Origin, one.KeyLog, Convert.ToHexString(one.File)),
                Is.EqualTo((other.Origin, other.KeyLog, Convert.ToHexString(other.File))));
        }
        Assert.That(Enumerable.Range(0, 50).Select(index => Convert.ToHexString(Corpus.Input(7, index).File)),
            Is.Unique);
    }

    [Test]
    public void Changed_captures_break_no_claim()
    {
        var report = new FuzzRun(Corpus, seed: 1).Run(first: 0, count: 3000);

        TestContext.Out.WriteLine(report);
        Assert.That(report.Failures, Is.Empty);
        Assert.That(report.Connections, Is.GreaterThan(1000), "Changes that leave no connection prove nothing.");
    }
}
