using TlsInterop.Harness.Diagnosis.Logs;

namespace TlsInterop.Harness.Tests.Diagnosis;

public sealed class LogTextTests
{
    [Test]
    public void Last_line_of_a_long_log_is_understood_and_has_its_own_number()
    {
        var log = LogText.Of("the server's log", string.Join('\n', Enumerable.Repeat("all is well", 30_000))
            + "\r\nSSL routines::no shared cipher");
        var hint = LogPatterns.Hints(log).Single();
        Assert.That(hint.Number, Is.EqualTo(30_001));
        Assert.That(hint.ToString(), Does.StartWith("the server's log, line 30001 (OpenSSL): \"SSL routines"));
    }

    [Test]
    public void Line_of_a_short_log_has_the_number_that_an_editor_shows() =>
        Assert.That(
            LogPatterns.Hints(LogText.Of("log", "one\ntwo\nno shared cipher\n")).Single().Number, Is.EqualTo(3));

    [Test]
    public void Each_meaning_is_told_once_and_no_log_tells_nothing()
    {
        Assert.That(LogPatterns.Hints(LogText.Of("log", "no shared cipher\nno shared cipher")), Has.Count.EqualTo(1));
        Assert.That(LogPatterns.Hints(null), Is.Empty);
    }
}
