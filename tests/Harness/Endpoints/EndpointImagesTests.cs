using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Endpoints.Engine;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class EndpointImagesTests
{
    private string _containers = "";
    private EndpointDefinition _definition = null!;

    [SetUp]
    public void SetUp()
    {
        _containers = Directory.CreateTempSubdirectory("tlsinterop-images-").FullName;
        foreach (var folder in new[] { "base", "stack" }) Directory.CreateDirectory(Path.Combine(_containers, folder));
        Write("base/Dockerfile", "FROM x");
        Write("stack/Dockerfile", "FROM y");
        Write("stack/endpoint.yaml", "description: some");
        _definition = TestRequests.Definition(Path.Combine(_containers, "stack"));
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_containers, recursive: true);

    [Test]
    public async Task An_image_is_built_once_on_a_base_that_is_built_once()
    {
        var engine = new EngineDouble("debian:trixie-slim");
        using var images = new EndpointImages(engine, _containers, _ => { });

        var first = await images.EnsureAsync(_definition, "trixie", CancellationToken.None);
        var second = await images.EnsureAsync(_definition, "trixie", CancellationToken.None);

        Assert.That(second, Is.EqualTo(first));
        Assert.That(
            engine.Built.Select(built => built.Image.Split('-')[0]),
            Is.EqualTo((string[])["tlsinterop/base:trixie", "tlsinterop/stack:trixie"]));
        Assert.That(engine.Built.First().Arguments["BASE"], Is.EqualTo("debian:trixie-slim"));
        Assert.That(engine.Built.Last().Arguments["BASE"], Is.EqualTo(engine.Built.First().Image));
        Assert.That(images.Counts, Is.EqualTo((1, 1)));
    }

    [TestCase("stack/Dockerfile", true)]
    [TestCase("stack/more/file.conf", true)]
    [TestCase("base/Dockerfile", true)]
    [TestCase("stack/endpoint.yaml", false)]
    [TestCase("base/session.sh", false)]
    public async Task The_name_of_an_image_is_that_of_its_content(string file, bool isPart)
    {
        var before = await NameAsync();
        Write(file, "something else");

        Assert.That(await NameAsync(), isPart ? Is.Not.EqualTo(before) : Is.EqualTo(before));
    }

    [Test]
    public async Task A_file_that_moves_makes_another_image()
    {
        Write("stack/a/conf", "x");
        var before = await NameAsync();
        Directory.Move(Path.Combine(_containers, "stack", "a"), Path.Combine(_containers, "stack", "b"));

        Assert.That(await NameAsync(), Is.Not.EqualTo(before));
    }

    [Test]
    public async Task Suites_are_images_of_their_own()
    {
        using var images =
            new EndpointImages(new EngineDouble("debian:trixie-slim", "debian:bookworm-slim"), _containers, _ => { });

        EndpointImage[] names =
        [
            await images.EnsureAsync(_definition, "trixie", default),
            await images.EnsureAsync(_definition, "bookworm", default),
        ];

        Assert.That(names.Select(image => image.Id), Is.Unique);
    }

    [Test]
    public async Task A_version_with_build_arguments_of_its_own_is_an_image_of_its_own_on_the_base_of_its_suite()
    {
        Dictionary<string, string> Arguments(string node) => new() { ["SUITE"] = "trixie", ["NODE"] = node };
        var engine = new EngineDouble("debian:trixie-slim");
        using var images = new EndpointImages(engine, _containers, _ => { });

        var old = await images.EnsureAsync(
            _definition with { Versions = new() { ["1.0"] = Arguments("0.8") } }, "1.0", default);
        var other = await images.EnsureAsync(
            _definition with { Versions = new() { ["1.0"] = Arguments("0.10") } }, "1.0", default);

        Assert.That(old.Name, Does.StartWith("tlsinterop/stack:1.0-"));
        Assert.That(other.Name, Is.Not.EqualTo(old.Name));
        Assert.That(
            engine.Built.Select(built => built.Arguments.GetValueOrDefault("NODE")),
            Is.EqualTo((string?[])[null, "0.8", "0.10"]));
        Assert.That(engine.Built.Last().Arguments["BASE"], Does.StartWith("tlsinterop/base:trixie-"));
    }

    [Test]
    public async Task What_a_command_fetches_is_in_the_context_of_the_build_and_not_in_the_folder()
    {
        var engine = new EngineDouble("debian:trixie-slim");
        using var images = new EndpointImages(engine, _containers, _ => { });

        await images.EnsureAsync(_definition with { Fetch = "echo x > \"node-$SUITE\"" }, "trixie", default);

        var (folder, files) = engine.Contexts.Last();
        Assert.That(files, Is.EqualTo((string[])["Dockerfile", "endpoint.yaml", "node-trixie"]));
        Assert.That(folder, Does.Not.Exist, "it was a copy");
        Assert.That(Path.Combine(_definition.Folder, "node-trixie"), Does.Not.Exist);
    }

    [Test]
    public void A_command_that_fetches_nothing_is_told_with_what_it_said()
    {
        var engine = new EngineDouble("debian:trixie-slim");
        using var images = new EndpointImages(engine, _containers, _ => { });

        Assert.That(
            async () =>
            await images.EnsureAsync(_definition with { Fetch = "echo no such package; exit 3" }, "trixie", default),
            Throws.TypeOf<EndpointException>().With.Message.Contains(
                "exit code 3").And.Message.Contains("no such package"));
        Assert.That(engine.Built.Select(built => built.Image), Has.None.StartsWith("tlsinterop/stack"));
    }

    [Test]
    public async Task A_root_of_packages_that_is_there_needs_no_registry()
    {
        var engine = new EngineDouble("tlsinterop/debian:bookworm", "tlsinterop/debian:trixie");
        using var images = new EndpointImages(engine, _containers, _ => { });

        await images.EnsureAsync(_definition, "bookworm", CancellationToken.None);
        await images.EnsureAsync(_definition, "trixie", CancellationToken.None);

        Assert.That(engine.Pulled, Is.Empty);
        Assert.That(
            engine.Built.Select(built => built.Arguments["BASE"]),
            Does.Contain("tlsinterop/debian:bookworm").And.Contain("tlsinterop/debian:trixie"));
    }

    [Test]
    public async Task A_registry_that_answers_gives_each_root_and_is_asked_once_for_it()
    {
        var engine = new EngineDouble { RegistryAnswers = true };
        using var images = new EndpointImages(engine, _containers, _ => { });

        foreach (var suite in new[] { "bookworm", "trixie", "bookworm" })
            await images.EnsureAsync(_definition, suite, CancellationToken.None);

        Assert.That(engine.Pulled, Is.EqualTo((string[])["debian:bookworm-slim", "debian:trixie-slim"]));
        Assert.That(engine.Built.First().Arguments["MIRROR"], Is.Empty, "a registry's image has sources of its own");
    }

    [TestCase("base", 1)]
    [TestCase("stack", 2)]
    public void A_build_that_fails_is_told_and_not_tried_again(string image, int built)
    {
        var engine = new EngineDouble("debian:trixie-slim")
        {
            Refuses = name =>
                name.Contains($"/{image}:", StringComparison.Ordinal) ? "exit code 1: no space left" : null,
        };
        using var images = new EndpointImages(engine, _containers, _ => { });

        for (var i = 0; i < 2; i++)
        {
            Assert.That(async () => await images.EnsureAsync(_definition, "trixie", CancellationToken.None),
                Throws.TypeOf<EndpointException>().With.Message.Contains(
                    "no space left").And.Message.Contains("remedy: mend it"));
        }
        Assert.That(engine.Built, Has.Count.EqualTo(built));
    }

    [Test]
    public async Task Who_stops_waiting_does_not_spoil_it_for_the_next()
    {
        using var images = new EndpointImages(new EngineDouble("debian:trixie-slim"), _containers, _ => { });
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        Assert.That(
            async () =>
            await images.EnsureAsync(_definition, "trixie", stopped.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            (await images.EnsureAsync(_definition, "trixie", CancellationToken.None)).Name,
            Does.StartWith("tlsinterop/stack:trixie-"));
    }

    private async Task<string> NameAsync()
    {
        using var images = new EndpointImages(new EngineDouble("debian:trixie-slim"), _containers, _ => { });
        return (await images.EnsureAsync(_definition, "trixie", CancellationToken.None)).Name;
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_containers, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
