using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Endpoints.Engine;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class EvidenceFileTests
{
    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-evidence-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_short_text_is_read_whole_and_of_a_long_one_the_end()
    {
        File.WriteAllText(At("log"), "one\ntwo\n");

        Assert.That(EvidenceFile.Text(At("log"), 8), Is.EqualTo("one\ntwo\n"));
        Assert.That(EvidenceFile.Text(At("log"), 4), Is.EqualTo("... 4 octets before this are left out\ntwo\n"));
        Assert.That(EvidenceFile.Bytes(At("log")), Is.EqualTo("one\ntwo\n"u8.ToArray()));
    }

    [Test]
    [CancelAfter(20_000)]
    [Platform(Exclude = "Win", Reason = "it has no pipes that are files")]
    public async Task A_pipe_that_nobody_writes_to_holds_up_nobody_nor_does_a_link_to_one(CancellationToken cancelled)
    {
        await MakePipeAsync(At("answer"));
        File.CreateSymbolicLink(At("link"), "answer");

        foreach (var name in new[] { "answer", "link" })
        {
            var read = await Task.Run(() => EvidenceFile.Text(At(name), 100), cancelled).WaitAsync(cancelled);
            Assert.That(read, Is.Empty, name);
        }
    }

    [Test]
    public void What_a_link_leads_to_is_read()
    {
        File.WriteAllText(At("log"), "words that are longer than the name of the file");
        File.CreateSymbolicLink(At("link"), "log");

        Assert.That(EvidenceFile.Text(At("link"), 100), Is.EqualTo(File.ReadAllText(At("log"))));
    }

    [TestCase("nothing")]
    [TestCase("folder")]
    public void What_is_not_there_or_is_a_folder_is_told(string name)
    {
        Directory.CreateDirectory(At("folder"));

        Assert.That(() => EvidenceFile.Open(At(name)), Throws.InstanceOf<IOException>());
    }

    /// <summary>Makes a pipe that is a file.</summary>
    internal static async Task MakePipeAsync(string path) => Assert.That(
        (await Command.RunAsync("mkfifo", [path], TimeSpan.FromSeconds(20))).ExitCode, Is.Zero, path);

    private string At(string name) => Path.Combine(_folder, name);
}
