using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Serve;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Serve;

/// <summary>Which configurations a device is given, and what is made of its answers.</summary>
public sealed class DeviceSearchTests
{
    private static readonly EndpointReference[] Servers =
        [new("exim", "bullseye"), new("exim", "trixie"), new("openssl", "trixie")];

    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-serve-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_a_device_needs_to_fail_is_found_in_fewer_connections_than_there_are_configurations()
    {
        var device = Device(IsEximOldWithCbc);
        var cells = await CellsAsync(device);

        var finding = await SearchAsync(device, cells);

        Assert.That(Text(finding), Does.Contain(
            "Fails if and only if   the server is exim@bullseye   and   the mode is CBC (or the MAC SHA1: they only "
            + "change together)\n"));
        Assert.That(Text(finding), Does.Not.Contain("Blame"));
        Assert.That(device.Connections, Has.Count.LessThan(cells.Count * 2 / 3));
    }

    [Test]
    public async Task Connections_that_are_needed_yet_are_never_more_than_told_when_the_failure_was_found()
    {
        var device = Device(IsEximOldWithCbc);
        var watch = new SearchWatchDouble();

        await SearchAsync(device, await CellsAsync(device), watch: watch);

        var found = watch.Failures.IndexOf(1);
        for (var i = found; i < watch.Left.Count; i++)
            Assert.That(watch.Left.Count - 1 - i, Is.LessThanOrEqualTo(watch.Left[i]), $"{i}");
        Assert.That(watch.Left[^1], Is.Zero);
    }

    [Test]
    public async Task Failures_of_two_causes_get_a_sentence_each_though_they_end_with_the_same_alert()
    {
        var device = Device(cell => IsEximOldWithCbc(cell) || IsOpenSslWithTls13(cell));

        var finding = await SearchAsync(device, await CellsAsync(device));

        var sentences = finding.Failures.Select(found => MinimiseText.Sentence(found).Text).ToList();
        Assert.That(sentences, Has.Count.EqualTo(2));
        Assert.That(sentences, Has.One.StartsWith("the server is exim@bullseye   and   the mode is CBC"));
        Assert.That(sentences, Has.One.Contains("the server is openssl"));
        Assert.That(finding.Failures.Select(found => found.Search.Ending), Is.All.EqualTo(SearchEnding.Answered));
        Assert.That(finding.Ending, Is.EqualTo(DeviceEnding.Answered));
    }

    [Test]
    public async Task A_failure_that_comes_early_in_the_handshake_does_not_tell_whether_a_later_one_would_have_come()
    {
        var device = new DeviceSessionDouble(_folder, _ => true, ends: cell => IsEximOldWithCbc(cell)
            ? ("handshake_failure", "ClientHello") : ("certificate_unknown", "ServerHelloDone"));

        var finding = await SearchAsync(device, await CellsAsync(device));

        var sentences = finding.Failures.ToDictionary(
            found => found.Failed!.Alert!, found => MinimiseText.Sentence(found).Text);
        Assert.That(sentences, Has.Count.EqualTo(2));
        Assert.That(sentences["certificate_unknown"], Is.EqualTo("whatever was changed"));
        Assert.That(sentences["handshake_failure"], Does.StartWith(
            "the server is exim@bullseye   and   the mode is CBC"));
    }

    [Test]
    public async Task A_bound_is_kept_and_what_it_left_open_is_told()
    {
        var device = Device(cell => IsEximOldWithCbc(cell) || IsOpenSslWithTls13(cell));

        var finding = await SearchAsync(device, await CellsAsync(device), maxRuns: 8);

        Assert.That(device.Connections, Has.Count.LessThanOrEqualTo(8));
        Assert.That(finding.Ending, Is.EqualTo(DeviceEnding.Exhausted));
        Assert.That(Text(finding), Does.Contain("Not finished"));
    }

    [Test]
    public async Task No_search_makes_more_connections_than_it_says_at_its_beginning()
    {
        var random = new Random(7);
        for (var i = 0; i < 20; i++)
        {
            // A device that fails by chance gives a search the most to look into.
            var device = Device(_ => random.Next(3) == 0);
            var cells = await CellsAsync(device);

            await SearchAsync(device, cells);

            Assert.That(device.Connections, Has.Count.LessThanOrEqualTo(DeviceSearch.LimitOf(cells)));
        }
    }

    [Test]
    public async Task A_suite_that_the_device_does_not_offer_is_not_asked_for()
    {
        var offered = CipherSuites.Find("RSA_WITH_AES_128_CBC_SHA")!.Code;
        var device = Device(_ => false, new DeviceOffer(ProtocolVersion.Tls12.Code, [offered]));

        var finding = await SearchAsync(device, await CellsAsync(device));

        Assert.That(device.Connections.Skip(1).Select(cell => cell.Suite!.Value.Code), Is.All.EqualTo(offered));
        Assert.That(device.Connections.Select(cell => cell.Server).Distinct(), Has.Exactly(3).Items);
        Assert.That(finding.Failures, Is.Empty);
        Assert.That(Text(finding), Does.StartWith("Nothing fails: "));
    }

    [Test]
    public async Task A_device_with_which_all_goes_well_has_met_any_two_values_together()
    {
        var device = Device(_ => false);
        var cells = await CellsAsync(device);

        await SearchAsync(device, cells);

        Assert.That(device.Connections, Is.Unique);
        foreach (var pair in cells.Select(cell => (cell.Server, cell.Version, cell.Suite!.Value.Info!.Mode)).Distinct())
        {
            Assert.That(device.Connections.Any(cell => cell.Server == pair.Server && cell.Version == pair.Version));
            Assert.That(device.Connections.Any(cell =>
                cell.Server == pair.Server && cell.Suite!.Value.Info!.Mode == pair.Mode));
        }
    }

    [Test]
    public async Task A_search_that_was_stopped_goes_on_where_it_was_and_comes_to_the_same()
    {
        var whole = Device(IsEximOldWithCbc);
        var answer = Text(await SearchAsync(whole, await CellsAsync(whole)));
        for (var after = 1; after < whole.Connections.Count; after++)
        {
            var file = Path.Combine(_folder, $"{after}.jsonl");
            using var stop = new CancellationTokenSource();
            var first = Device(IsEximOldWithCbc);
            await SearchAsync(first, await CellsAsync(first), DeviceMemory.Open(file), new(() =>
            {
                if (first.Connections.Count == after) stop.Cancel();
            }), stop: stop.Token);
            Assert.That(first.Connections, Has.Count.EqualTo(after));

            var second = Device(IsEximOldWithCbc);
            var finding = await SearchAsync(second, await CellsAsync(second), DeviceMemory.Open(file));

            Assert.That(first.Connections.Concat(second.Connections), Is.EqualTo(whole.Connections));
            Assert.That(Text(finding), Is.EqualTo(answer));
        }
    }

    [Test]
    public async Task A_device_that_fails_and_then_does_not_is_flaky()
    {
        var count = 0;
        var device = Device(_ => count++ == 0);

        var finding = await SearchAsync(device, await CellsAsync(device));

        Assert.That(finding.Failures.Single().Search.Ending, Is.EqualTo(SearchEnding.Flaky));
        Assert.That(Text(finding), Does.Contain("Flaky"));
        Assert.That(MinimiseText.Sentence(finding.Failures.Single()).Name, Is.EqualTo("Flaky"));
    }

    [Test]
    public async Task What_is_stopped_before_anything_was_tried_says_so()
    {
        var device = Device(_ => true);

        var finding = await SearchAsync(
            device, await CellsAsync(device), stop: new CancellationToken(canceled: true));

        Assert.That(finding.Ending, Is.EqualTo(DeviceEnding.Stopped));
        Assert.That(Text(finding), Does.StartWith("Nothing is known"));
    }

    [Test]
    public async Task One_value_stands_for_what_is_not_to_be_varied()
    {
        var device = Device(_ => false);
        await device.LearnAsync(Servers, default);

        var cells = new DeviceSweep(Servers, null) { Varied = [Axis.Server] }.Cells(device.Catalogue);

        Assert.That(cells.Select(cell => cell.Server), Is.EquivalentTo(Servers));
        Assert.That(cells.Select(cell => (cell.Version, cell.Suite)).Distinct(), Has.Exactly(1).Items);
    }

    [Test]
    public async Task Groups_and_certificates_are_varied_where_a_suite_has_them()
    {
        var device = Device(_ => false);
        await device.LearnAsync(Servers, default);

        var cells = new DeviceSweep([Servers[2]], null)
        {
            Varied = [Axis.Version, Axis.Suite, Axis.Group, Axis.Certificate],
            Groups = ["x25519", "secp256r1"],
            Certificates = ["rsa2048", "ecdsa-p256"],
        }.Cells(device.Catalogue);

        var rsa = cells.Where(cell => cell.Suite!.Value.Info!.KeyExchange == KeyExchangeAlgorithm.Rsa).ToList();
        Assert.That(rsa, Is.Not.Empty);
        Assert.That(rsa.Select(cell => (cell.Group, cell.Certificate)), Is.All.EqualTo(((string?)null, "rsa2048")));
        var tls13 = cells.Where(cell => cell.Version == ProtocolVersion.Tls13).ToList();
        Assert.That(tls13.Select(cell => (cell.Group, cell.Certificate)), Is.EquivalentTo(((string, string)[])
            [("x25519", "rsa2048"), ("x25519", "ecdsa-p256"), ("secp256r1", "rsa2048"), ("secp256r1", "ecdsa-p256")]));
    }

    [Test]
    public async Task Quirks_are_those_of_scripted_servers_beside_none()
    {
        EndpointReference[] servers = [new("scripted-server", "plain"), Servers[2]];
        var device = Device(_ => false);
        await device.LearnAsync(servers, default);

        var cells = new DeviceSweep(servers, null) { Varied = [Axis.Server, Axis.Quirk] }.Cells(device.Catalogue);

        Assert.That(
            cells.Where(cell => cell.Quirk is not null).Select(cell => cell.Server), Is.All.EqualTo(servers[0]));
        Assert.That(cells.Count(cell => cell.Quirk is null), Is.EqualTo(2));
        Assert.That(cells.Count(cell => cell.Quirk is not null), Is.GreaterThan(5));
    }

    [Test]
    public void A_line_of_a_memory_that_was_cut_off_is_forgotten_and_one_that_is_none_is_told()
    {
        var file = Path.Combine(_folder, "state.jsonl");
        DeviceMemory.Open(file).Keep(new(TestCells.Passed(TestCells.First), null));
        File.AppendAllText(file, "{\"result\":{\"cell\":\"op");

        Assert.That(DeviceMemory.Open(file).Count, Is.EqualTo(1));
        DeviceMemory.Open(file).Keep(new(TestCells.Failed(TestCells.Second), null));
        Assert.That(DeviceMemory.Open(file).Count, Is.EqualTo(2));

        File.AppendAllText(file, "my notes\n");
        Assert.That(() => DeviceMemory.Open(file),
            Throws.TypeOf<UsageException>().With.Message.Contains("line 3: Expected: an answer of a device"));
    }

    private static bool IsEximOldWithCbc(Cell cell) =>
        cell.Server == Servers[0] && cell.Suite!.Value.Info!.Mode == CipherMode.Cbc;

    private static bool IsOpenSslWithTls13(Cell cell) =>
        cell.Server == Servers[2] && cell.Version == ProtocolVersion.Tls13;

    private static async Task<IReadOnlyList<Cell>> CellsAsync(DeviceSessionDouble device)
    {
        await device.LearnAsync(Servers, default);
        return new DeviceSweep(Servers, null).Cells(device.Catalogue);
    }

    private static Task<DeviceFinding> SearchAsync(
        DeviceSessionDouble device, IReadOnlyList<Cell> cells, DeviceMemory? memory = null,
        SearchWatchDouble? watch = null, int? maxRuns = null, CancellationToken stop = default) =>
        new DeviceSearch(device, cells, memory ?? DeviceMemory.Open(null), maxRuns, watch ?? new())
            .RunAsync(stop);

    private static string Text(DeviceFinding finding) => string.Concat(
        (finding.Failures.Count == 0 ? ServeText.Nothing(finding)
            : finding.Failures.SelectMany(found => MinimiseText.Lines(found, 1000)))
        .Concat(ServeText.Behind(finding, limit: 100)).Select(line => line + "\n"));

    private DeviceSessionDouble Device(Func<Cell, bool> fails, DeviceOffer? offer = null) =>
        new(_folder, fails, offer);
}
