using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class KeyLogFileTests
{
    private string _path = "";
    private KeyLog _log = new();
    private KeyLogFile _file = new("unset", new KeyLog());

    [SetUp]
    public void Begin()
    {
        _path = Path.Combine(Directory.CreateTempSubdirectory("keylog").FullName, "keys.log");
        _log = new KeyLog();
        _file = new KeyLogFile(_path, _log);
    }

    [TearDown]
    public void End() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    private static string Line(int n) => $"CLIENT_RANDOM {n:x64} {n:x96}\n";

    [Test]
    public void A_file_that_is_not_there_yet_has_no_lines() => Assert.That(_file.ReadNew(), Is.Zero);

    [Test]
    public void Only_what_was_appended_is_read_again()
    {
        File.WriteAllText(_path, Line(1) + Line(2));
        Assert.That(_file.ReadNew(), Is.EqualTo(2));
        Assert.That(_file.ReadNew(), Is.Zero);

        File.AppendAllText(_path, Line(3));
        Assert.That(_file.ReadNew(), Is.EqualTo(1));
        Assert.That(_log.SessionCount, Is.EqualTo(3));
    }

    [Test]
    public void A_line_is_taken_once_it_is_whole()
    {
        File.WriteAllText(_path, Line(1) + Line(2)[..50]);
        Assert.That(_file.ReadNew(), Is.EqualTo(1));

        File.AppendAllText(_path, Line(2)[50..]);
        Assert.That(_file.ReadNew(), Is.EqualTo(1));
        Assert.That(_log.FaultCount, Is.Zero);
    }

    [Test]
    public void A_file_that_was_written_anew_is_read_from_its_start()
    {
        File.WriteAllText(_path, Line(1) + Line(2));
        _file.ReadNew();

        File.WriteAllText(_path, Line(3));
        Assert.That(_file.ReadNew(), Is.EqualTo(1));
    }

    [Test]
    public void Many_lines_and_a_line_without_end_are_read_in_bounded_memory()
    {
        File.WriteAllText(_path, string.Concat(Enumerable.Range(1, 2000).Select(Line)) + new string('x', 1_000_000));
        Assert.That(_file.ReadNew(), Is.EqualTo(2000));

        File.AppendAllText(_path, "\n" + Line(3000));
        Assert.That(_file.ReadNew(), Is.EqualTo(1));
        Assert.That(_log.SessionCount, Is.EqualTo(2001));
    }
}
