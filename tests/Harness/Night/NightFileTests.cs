using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Matrix;
using YamlDotNet.RepresentationModel;

namespace TlsInterop.Harness.Tests.Night;

/// <summary>Workflows and manifests, as far as they can be proved without those who run them.</summary>
public sealed partial class NightFileTests
{
    private static readonly string Workflows = RepositoryFiles.Find(".github/workflows");
    private static readonly string Kubernetes = RepositoryFiles.Find("deploy/kubernetes");

    private static IEnumerable<string> WorkflowFiles => Directory.GetFiles(Workflows, "*.yml").Order();

    private static IEnumerable<string> Manifests => Directory.GetFiles(Kubernetes, "*.yaml").Order();

    private static IEnumerable<string> Actions => Directory.GetFiles(
        RepositoryFiles.Find(".github/actions"), "action.yml", SearchOption.AllDirectories).Order();

    private static IEnumerable<string> OfKubernetes => Directory.GetFiles(Path.Combine(Kubernetes, "scripts")).Order();

    private static IEnumerable<string> Scripts =>
        OfKubernetes.Concat(Directory.GetFiles(RepositoryFiles.Find(".github/scripts")).Order());

    [TestCaseSource(nameof(WorkflowFiles))]
    public async Task A_workflow_has_nothing_that_its_schema_does_not_know(string file) =>
        Assert.That(await NightFile.FaultsAsync(file, "workflow.schema.json"), Is.Empty);

    [TestCaseSource(nameof(Actions))]
    public async Task An_action_has_nothing_that_its_schema_does_not_know(string file) =>
        Assert.That(await NightFile.FaultsAsync(file, "action.schema.json"), Is.Empty);

    // A misspelt input is empty, and an output that nobody sets is too.
    [TestCaseSource(nameof(WorkflowFiles))]
    public void A_workflow_uses_inputs_and_outputs_that_an_action_of_its_own_has(string file)
    {
        var used = 0;
        foreach (var (_, job) in (YamlMappingNode)NightFile.At(NightFile.Read(file), "jobs")!)
        foreach (var step in (YamlSequenceNode)NightFile.At(job, "steps")!)
        {
            if ($"{NightFile.At(step, "uses")}" is not ['.', '/', .. var path]) continue;
            var action = NightFile.Read(RepositoryFiles.Find($"{path}/action.yml"));
            var inputs = NightFile.At(step, "with") as YamlMappingNode ?? [];
            Assert.That(inputs.Children.Keys.Select(key => $"{key}"),
                Is.SubsetOf(((YamlMappingNode)NightFile.At(action, "inputs")!).Children.Keys.Select(key => $"{key}")));
            if (NightFile.At(step, "id") is not { } id) continue;
            foreach (Match match in StepOutput().Matches(job.ToString()))
            {
                if (match.Groups["step"].Value != $"{id}") continue;
                Assert.That(NightFile.At(action, "outputs", match.Groups["output"].Value), Is.Not.Null, match.Value);
                used++;
            }
        }
        Assert.That(used, Is.GreaterThan(0));
    }

    [TestCaseSource(nameof(Manifests))]
    public async Task A_manifest_has_nothing_that_its_schema_does_not_know(string file) =>
        Assert.That(await NightFile.FaultsAsync(file, "kubernetes.schema.json"), Is.Empty);

    [Test]
    public async Task A_word_that_is_misspelt_is_found()
    {
        var copy = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(copy, (await File.ReadAllTextAsync(Path.Combine(Kubernetes, "shards.yaml")))
                .Replace("completionMode", "completionsMode", StringComparison.Ordinal));
            Assert.That(await NightFile.FaultsAsync(copy, "kubernetes.schema.json"), Is.Not.Empty);
            await File.WriteAllTextAsync(copy, (await File.ReadAllTextAsync(Path.Combine(Workflows, "nightly.yml")))
                .Replace("timeout-minutes", "timeout", StringComparison.Ordinal));
            Assert.That(await NightFile.FaultsAsync(copy, "workflow.schema.json"), Is.Not.Empty);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [TestCaseSource(nameof(WorkflowFiles))]
    public void A_job_needs_jobs_that_there_are_and_takes_outputs_that_they_have(string file)
    {
        var jobs = (YamlMappingNode)NightFile.At(NightFile.Read(file), "jobs")!;
        foreach (var (name, job) in jobs)
        {
            var needs = NightFile.At(job, "needs") switch
            {
                YamlSequenceNode many => [.. many.Select(node => $"{node}")],
                { } one => [$"{one}"],
                null => Array.Empty<string>(),
            };
            Assert.That(jobs.Children.Keys.Select(key => $"{key}"), Is.SupersetOf(needs), $"{name}");
            foreach (Match match in NeedsOutput().Matches(job.ToString()))
                Assert.That(NightFile.At(jobs, match.Groups["job"].Value, "outputs", match.Groups["output"].Value),
                    Is.Not.Null, match.Value);
        }
    }

    [TestCaseSource(nameof(WorkflowFiles))]
    public void A_step_takes_outputs_of_steps_before_it(string file)
    {
        foreach (var (name, job) in (YamlMappingNode)NightFile.At(NightFile.Read(file), "jobs")!)
        {
            var before = new HashSet<string>(StringComparer.Ordinal);
            foreach (var step in (YamlSequenceNode)NightFile.At(job, "steps")!)
            {
                foreach (Match match in StepOutput().Matches(step.ToString()))
                    Assert.That(before, Does.Contain(match.Groups["step"].Value), $"{name}: {match.Value}");
                if (NightFile.At(step, "id") is { } id) before.Add($"{id}");
            }
        }
    }

    // What a workflow hands to a shell as text, anybody who can name a branch or start a run could be writing.
    [TestCaseSource(nameof(WorkflowFiles))]
    public void No_expression_stands_in_a_script(string file)
    {
        foreach (var (name, job) in (YamlMappingNode)NightFile.At(NightFile.Read(file), "jobs")!)
        foreach (var step in (YamlSequenceNode)NightFile.At(job, "steps")!)
            Assert.That($"{NightFile.At(step, "run")}", Does.Not.Contain("${{"), $"{name}");
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "modes of files are those of Unix")]
    public void Every_script_that_a_workflow_calls_is_there_and_can_be_run()
    {
        var called = WorkflowFiles.SelectMany(File.ReadLines).Select(line => Called().Match(line))
            .Where(match => match.Success).Select(match => match.Value).Distinct().ToList();

        Assert.That(called, Has.Count.EqualTo(2));
        foreach (var script in called)
            Assert.That(File.GetUnixFileMode(RepositoryFiles.Find(script)).HasFlag(UnixFileMode.UserExecute), script);
    }

    [Test]
    public void Every_command_of_workflows_and_scripts_is_one_that_there_is()
    {
        var commands = WorkflowFiles.Concat(Scripts).SelectMany(File.ReadLines)
            .Select(line => Command().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["words"].Value.Replace("\"", "", StringComparison.Ordinal))
            .Select(line => Variable().Replace(line, "1").Trim())
            .Where(line => line != "1").ToList();

        Assert.That(commands, Has.Count.GreaterThan(10));
        foreach (var line in commands)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(CommandTree.Create().Parse(words).Errors.Select(error => error.Message), Is.Empty, line);
        }
    }

    [Test]
    public void There_are_as_many_pods_as_shards_and_never_more_than_a_plan_may_have()
    {
        var completions = int.Parse(
            $"{NightFile.At(NightFile.Read(Path.Combine(Kubernetes, "shards.yaml")), "spec", "completions")}",
            CultureInfo.InvariantCulture);

        Assert.That(File.ReadAllText(Path.Combine(Kubernetes, "kustomization.yaml")),
            Does.Contain($"- SHARDS={completions}\n"));
        Assert.That(completions, Is.InRange(1, Shard.Most));
        Assert.That(Shard.Most, Is.LessThanOrEqualTo(256), "a GitHub matrix has no more jobs");
    }

    [Test]
    public void Everything_that_the_kustomization_names_is_there_and_nothing_else_is()
    {
        var kustomization = NightFile.Read(Path.Combine(Kubernetes, "kustomization.yaml"));
        var named = ((YamlSequenceNode)NightFile.At(kustomization, "resources")!).Select(node => $"{node}");
        var files = ((YamlSequenceNode)NightFile.At(kustomization, "configMapGenerator")!)
            .SelectMany(map => (NightFile.At(map, "files") as YamlSequenceNode ?? []).Select(node => $"{node}"));

        Assert.That(named.Append("kustomization.yaml"), Is.EquivalentTo(Manifests.Select(Path.GetFileName)));
        Assert.That(files, Is.EquivalentTo(OfKubernetes.Select(file => $"scripts/{Path.GetFileName(file)}")));
    }

    [TestCaseSource(nameof(Scripts))]
    [Platform(Exclude = "Win", Reason = "there is no bash")]
    public void A_script_is_one(string file)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n", file]) { UseShellExecute = false })!;
        Assert.That(bash.WaitForExit(TimeSpan.FromSeconds(30)), Is.True);
        Assert.That(bash.ExitCode, Is.Zero);
    }

    [GeneratedRegex(@"needs\.(?<job>[a-z-]+)\.outputs\.(?<output>[a-z-]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex NeedsOutput();

    [GeneratedRegex(@"\.github/scripts/[a-z]+\.sh", RegexOptions.ExplicitCapture)]
    private static partial Regex Called();

    [GeneratedRegex(@"steps\.(?<step>[a-z-]+)\.outputs\.(?<output>[a-z-]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex StepOutput();

    [GeneratedRegex(@"\./interop (?<words>[^|>&]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Command();

    [GeneratedRegex(@"\$\{words\[@\]\}|\$\(\([^)]*\)\)|\$[A-Za-z_]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
