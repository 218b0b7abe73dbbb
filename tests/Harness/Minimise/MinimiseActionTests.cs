using System.Text.Json.Nodes;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Tests.Matrix;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Minimise;

public sealed class MinimiseActionTests
{
    private const string Exim = "exim@bullseye/openssl@bookworm/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256";

    private string _folder = "";
    private StringWriter _text = new();
    private StringWriter _output = new();

    [SetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-minimise-").FullName;
        _text = new StringWriter();
        _output = new StringWriter();
    }

    [TearDown]
    public void TearDown()
    {
        _text.Dispose();
        _output.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_failure_of_one_server_with_one_key_exchange_is_told_in_one_sentence()
    {
        var session = Session(IsEximWithDhe);

        Assert.That(await RunAsync(session), Is.EqualTo(ExitStatus.Green));

        var text = _text.ToString();
        Assert.That(text, Does.Match(@"Fails if and only if +the server is exim@bullseye   and   "
            + @"the client is not gnutls@bookworm   and   the key exchange is DHE\n"));
        Assert.That(text, Does.Match(@"Goes away with .*server exim@\{bookworm,trixie\}.*client gnutls@bookworm"));
        Assert.That(text, Does.Match(@"Blame +server exim@bullseye\. It fails with \d of \d other clients \(.*; not "
            + @"gnutls@bookworm\), and with none of \d other servers"));
        Assert.That(text, Does.Contain("scenario starttls-smtp").And.Contain("MAC SHA1"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(session.Folder.Path, "minimise.txt")),
            Does.Contain("Fails if and only if"));
    }

    [Test]
    public async Task Endpoints_whose_images_are_not_built_are_left_alone_where_others_will_do()
    {
        var session = Session(IsEximWithDhe);

        await RunAsync(session);

        Assert.That(session.Asked.Select(endpoint => endpoint.Version),
            Has.None.EqualTo("sid").And.None.EqualTo("forky"));
    }

    [Test]
    public async Task The_same_for_programs_is_one_object()
    {
        Assert.That(await RunAsync(Session(IsEximWithDhe), json: true), Is.EqualTo(ExitStatus.Green));

        var answer = JsonNode.Parse(_output.ToString())!;
        Assert.That((string?)answer["ending"], Is.EqualTo("answered"));
        Assert.That((string?)answer["blame"]!["suspect"], Is.EqualTo("server"));
        Assert.That(answer["conditions"]!.AsArray().Select(condition => (string?)condition!["dimension"]),
            Is.EqualTo((string[])["server version", "server", "client", "key exchange"]));
        Assert.That(answer["runs"]!.AsArray(), Has.Count.GreaterThan(5));
        Assert.That((int)answer["limit"]!, Is.EqualTo((int)(3 * Math.Log2((int)answer["cells"]!))));
    }

    [Test]
    public async Task A_cell_that_is_green_has_nothing_to_minimise()
    {
        var session = Session(_ => false);

        Assert.That(await RunAsync(session), Is.EqualTo(ExitStatus.Red));
        Assert.That(_text.ToString(), Does.Contain("is green: there is nothing to minimise"));
        Assert.That(session.Executed, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_cell_that_an_end_can_not_run_is_told_with_the_reason()
    {
        var session = Session(_ => true);

        Assert.That(
            await RunAsync(session, "exim@bullseye/openssl@bookworm/smtps/tls1.2-RSA_WITH_RC4_128_SHA"),
            Is.EqualTo(ExitStatus.Red));
        Assert.That(_text.ToString(), Does.Contain("can't run: the server exim@bullseye does not offer"));
        Assert.That(session.Executed, Is.Empty);
    }

    [Test]
    public async Task Who_fails_with_nobody_else_at_either_end_is_a_pair()
    {
        await RunAsync(Session(cell => cell.Server.Name == "exim" && cell.Client.Name == "openssl"));

        Assert.That(_text.ToString(), Does.Match("Blame +only this pair, exim@bullseye and openssl@bookworm"));
    }

    [Test]
    public async Task Who_fails_otherwise_has_neither_failed_nor_got_away()
    {
        var session = Session(cell => cell.Server.Name == "cyrus" ? Otherwise(cell)
            : IsEximWithDhe(cell) ? Failed(cell) : TestCells.Passed(cell.Id));

        await RunAsync(session);

        var text = _text.ToString();
        Assert.That(text, Does.Match(@"Goes away with +(?!.*cyrus).*server exim@\{bookworm,trixie\}"));
        Assert.That(text, Does.Match(@"Fails otherwise with +.*server cyrus@bullseye.*: alert protocol_version"));
        Assert.That(text, Does.Match(
            @"Blame .*with none of \d other servers \(not .*; 1 fail otherwise: cyrus@bullseye\)"));
    }

    [Test]
    public async Task A_pair_whose_cause_is_that_one_end_departs_from_an_RFC_is_that_end_s_fault()
    {
        const string id = "exim@bullseye/openssl@bookworm/smtps/tls1.2-RSA_WITH_AES_128_CBC_SHA";
        var session = Session(cell => cell.Server.Name != "exim" || cell.Client.Name != "openssl"
            ? TestCells.Passed(cell.Id)
            : Failed(cell) with
            {
                From = TlsInterop.Tls.Capture.Direction.ClientToServer,
                Diagnosis = new("padding-intolerance", "the client does not take CBC records with more padding", 95),
            });

        await RunAsync(session, id);

        var text = _text.ToString();
        Assert.That(text, Does.Match(@"Likely cause +the client does not take CBC .* \(padding-intolerance, 95 %\)"));
        Assert.That(text, Does.Match(@"Blame +client openssl@bookworm, though only this pair, exim@bullseye and "
            + @"openssl@bookworm\. It departs from RFC 5246, Section 6\.2\.3\.2"));
    }

    [Test]
    public void Causes_by_which_an_end_departs_from_an_RFC_are_those_of_rules() =>
        Assert.That(Departure.OfWhoGaveUp, Is.SubsetOf(DiagnosisRules.All.Select(rule => rule.Id)));

    [Test]
    public async Task Runs_and_cells_are_told_apart()
    {
        var session = Session(IsEximWithDhe);

        await RunAsync(session);

        Assert.That(_text.ToString(), Does.Contain(
            $"Runs                   {session.Executed.Distinct().Count()} cells in {session.Executed.Count} runs: "));
    }

    [Test]
    public async Task The_versions_of_an_end_are_walked_to_the_last_that_is_bad()
    {
        var session = Session(cell => cell.Server.Version is "bullseye" or "bookworm" or "bookworm-backports");

        Assert.That(await RunAsync(session, bisect: EndpointRole.Server), Is.EqualTo(ExitStatus.Green));
        Assert.That(_text.ToString(),
            Does.Match("Last bad +server exim@bookworm-backports; exim@trixie is good"));
    }

    [Test]
    public async Task A_search_that_is_interrupted_tells_what_it_knew()
    {
        using var interruption = new RunInterruption(TimeSpan.FromMinutes(1), _ => { }, _ => { });
        var session = Session(cell =>
        {
            if (cell.Version != ProtocolVersion.Tls12 || cell.Id != Exim) interruption.Come("Ctrl-C");
            return IsEximWithDhe(cell);
        });

        Assert.That(await RunAsync(session, interruption: interruption), Is.EqualTo(ExitStatus.Interrupted));
        Assert.That(_text.ToString(), Does.Contain("Stopped by             Ctrl-C"));
    }

    private static bool IsEximWithDhe(Cell cell) =>
        cell.Server == new EndpointReference("exim", "bullseye") && cell.Client.Name != "gnutls"
        && cell.Suite!.Value.Info!.KeyExchange == KeyExchangeAlgorithm.Dhe;

    private CellSessionDouble Session(Func<Cell, bool> fails) =>
        Session(cell => fails(cell) ? Failed(cell) : TestCells.Passed(cell.Id));

    private CellSessionDouble Session(Func<Cell, CellResult> execute) => new(_folder, execute);

    private static CellResult Failed(Cell cell) => TestCells.Failed(cell.Id) with
    {
        Alert = "handshake_failure", From = TlsInterop.Tls.Capture.Direction.ServerToClient, After = "ClientHello",
    };

    private static CellResult Otherwise(Cell cell) => Failed(cell) with
    {
        Alert = "protocol_version", Got = "alert protocol_version (70) from the server after ClientHello",
    };

    private async Task<int> RunAsync(
        CellSessionDouble session, string cell = Exim, EndpointRole? bisect = null, bool json = false,
        RunInterruption? interruption = null)
    {
        using var none = new RunInterruption(TimeSpan.FromMinutes(1), _ => { }, _ => { });
        var arguments = new MinimiseArguments
        {
            Cell = TestCells.Cell(cell),
            Options = new() { Repository = new Repository(RepositoryFiles.Find("")) },
            Bisect = bisect,
            Deadline = TimeSpan.FromMinutes(5),
            Json = json,
        };
        return await new MinimiseAction(
            arguments, (_, _, _) => Task.FromResult<ICellSession>(session),
            new RunScreen(_text, 1000, HasColour: false, new NoProgress()), _output, interruption ?? none).RunAsync();
    }
}
