using System.Formats.Tar;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Endpoints.Engine;

namespace TlsInterop.Interop.Tests.Engine;

/// <summary>What the harness needs of a container engine, of each implementation of the seam.</summary>
[TestFixtureSource(typeof(EngineChoice), nameof(EngineChoice.All))]
public sealed class ContainerEngineTests(EngineChoice choice)
{
    private const string Label = "tlsinterop.seam";

    private readonly string _name = $"tlsinterop-seam-{Guid.NewGuid():N}";
    private string _folder = "";
    private IContainerEngine _engine = null!;

    private string Root => $"{_name}/root:1.0";
    private string Image => $"{_name}/image:1.0";

    [OneTimeSetUp]
    public async Task BeginAsync()
    {
        await InteropSession.RequireEngineAsync();
        var (docker, _) = await DockerCommandLine.FindAsync(CancellationToken.None);
        _engine = choice.Over(docker!);
        _folder = Directory.CreateTempSubdirectory("seam").FullName;
        await File.WriteAllBytesAsync(Path.Combine(_folder, "payload"), new byte[100_000]);
        // Outside of it: an archive can't be in itself.
        var archive = _folder + ".tar";
        await TarFile.CreateFromDirectoryAsync(_folder, archive, includeBaseDirectory: false);
        await _engine.ImportImageAsync(Root, archive, CancellationToken.None);
        File.Delete(archive);
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        if (_folder.Length == 0) return;
        Directory.Delete(_folder, recursive: true);
        await _engine.RemoveAsync(Label, _name, CancellationToken.None);
        await DockerAsync("image", "rm", "--force", Image, Root);
    }

    [Test]
    public async Task An_image_is_found_by_its_name_with_its_size()
    {
        var id = await _engine.FindImageAsync(Root, CancellationToken.None);
        var size = await _engine.ImageSizeAsync(Root, CancellationToken.None);

        Assert.That(id, Is.EqualTo(await DockerAsync("image", "inspect", "--format", "{{.Id}}", Root)));
        Assert.That(size, Is.InRange(100_000, 200_000));
    }

    [Test]
    public async Task An_image_that_is_not_there_has_neither_id_nor_size()
    {
        Assert.That(await _engine.FindImageAsync($"{_name}/none:1.0", CancellationToken.None), Is.Null);
        Assert.That(await _engine.ImageSizeAsync($"{_name}/none:1.0", CancellationToken.None), Is.Null);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task An_image_of_no_registry_is_not_fetched(CancellationToken cancellationToken) =>
        Assert.That(await _engine.TryPullAsync($"127.0.0.1:9/{_name}:1.0", cancellationToken), Is.False);

    [Test]
    public void A_root_file_system_that_is_none_is_refused() =>
        Assert.That(
            () => _engine.ImportImageAsync(Root, Path.Combine(_folder, "none.tar"), CancellationToken.None),
            Throws.TypeOf<EndpointException>().With.Message.Contains("docker import"));

    [Test]
    public async Task An_image_is_built_with_its_arguments_and_a_failure_tells_the_last_lines_and_keeps_the_image()
    {
        await BuildAsync("ARG WORD", "COPY payload /copied", "LABEL word=${WORD}");
        var built = await _engine.FindImageAsync(Image, CancellationToken.None);
        var labels = await DockerAsync("image", "inspect", "--format", "{{json .Config.Labels}}", Image);
        Assert.That(labels, Does.Contain("\"word\":\"said so\"").And.Contain("\"tlsinterop.image\":\"true\""));
        Assert.That(
            await _engine.ImageSizeAsync(Image, CancellationToken.None), Is.InRange(200_000, 300_000),
            "that of what it stands on is in it");

        var failed = await Assert.ThrowsAsync<EndpointException>(
            () => BuildAsync("LABEL before=1", "COPY not-in-the-folder /copied"));

        Assert.That(failed!.Message, Does.Contain("docker build").And.Contain("not-in-the-folder"));
        Assert.That(failed.Endpoint, Is.EqualTo(Image));
        Assert.That(await _engine.FindImageAsync(Image, CancellationToken.None), Is.EqualTo(built));
    }

    [Test]
    public async Task A_network_has_labels_a_bridge_and_no_way_out_and_goes_by_its_label()
    {
        var labels = new Dictionary<string, string> { [Label] = _name, [$"{Label}.other"] = "with = and 'quotes'" };
        var network = await _engine.CreateNetworkAsync(_name, labels, CancellationToken.None);

        var inspected = await DockerAsync("network", "inspect", "--format", "{{.Id}} {{.Internal}}", _name);
        Assert.That(inspected, Is.EqualTo($"{network.Id} true"));
        Assert.That(Directory.Exists($"/sys/class/net/{network.Interface}"), $"there is no {network.Interface}");
        Assert.That(await _engine.LabelValuesAsync(Label, CancellationToken.None), Does.Contain(_name));
        Assert.That(
            await _engine.LabelValuesAsync($"{Label}.other", CancellationToken.None),
            Does.Contain("with = and 'quotes'"));
        Assert.That(
            () => _engine.CreateNetworkAsync(_name, labels, CancellationToken.None),
            Throws.TypeOf<EndpointException>().With.Message.Contains("docker network create"));

        await _engine.RemoveAsync(Label, "another value", CancellationToken.None);
        Assert.That(await _engine.LabelValuesAsync(Label, CancellationToken.None), Does.Contain(_name));

        await _engine.RemoveAsync(Label, _name, CancellationToken.None);
        Assert.That(await _engine.LabelValuesAsync(Label, CancellationToken.None), Does.Not.Contain(_name));
        Assert.That(await DockerAsync("network", "ls", "--quiet", "--filter", $"name={_name}"), Is.Empty);
    }

    [Test]
    public async Task A_network_that_nothing_is_connected_to_goes_when_it_is_old()
    {
        var label = $"{Label}.{_name}";
        await _engine.CreateNetworkAsync(
            _name, new Dictionary<string, string> { [label] = "somebody", [Label] = _name }, CancellationToken.None);

        await _engine.RemoveUnusedNetworksAsync(label, TimeSpan.FromHours(1), CancellationToken.None);
        Assert.That(await _engine.LabelValuesAsync(label, CancellationToken.None), Does.Contain("somebody"));

        // The engine counts whole seconds.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        await _engine.RemoveUnusedNetworksAsync(label, TimeSpan.Zero, CancellationToken.None);
        Assert.That(await _engine.LabelValuesAsync(label, CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task A_container_that_never_ran_goes_by_its_label()
    {
        await DockerAsync("create", "--name", _name, "--label", $"{Label}={_name}-container", Root, "none");
        Assert.That(
            await _engine.LabelValuesAsync(Label, CancellationToken.None), Does.Contain($"{_name}-container"));

        await _engine.RemoveAsync(Label, $"{_name}-container", CancellationToken.None);

        Assert.That(await DockerAsync("ps", "--all", "--quiet", "--filter", $"name={_name}"), Is.Empty);
    }

    private async Task BuildAsync(params string[] lines)
    {
        await File.WriteAllLinesAsync(Path.Combine(_folder, "Dockerfile"), ["ARG BASE", "FROM ${BASE}", .. lines]);
        await _engine.BuildImageAsync(
            Image, _folder, new Dictionary<string, string> { ["BASE"] = Root, ["WORD"] = "said so" },
            CancellationToken.None);
    }

    private static async Task<string> DockerAsync(params string[] arguments) =>
        (await Command.RunAsync("docker", arguments, TimeSpan.FromSeconds(60))).Output.Trim();
}
