using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Workers;

if (args is ["worker", var kind]) return await WorkerHost.RunAsync(kind, Console.OpenStandardInput(), Console.OpenStandardOutput());
var t = TimeProvider.System.GetTimestamp();
await using var session = await RunSession.OpenAsync(new RunOptions { Repository = Repository.Find() }, Console.WriteLine, default);
Console.WriteLine($"open {TimeProvider.System.GetElapsedTime(t).TotalSeconds:0.0}");
var plan = await session.PlanAsync(session.Folder is null ? "" : Repository.Find().Smoke, args.Select(Glob.Parse).ToArray(), default);
Console.WriteLine($"planned {plan.Planned} run {plan.Cells.Count} {TimeProvider.System.GetElapsedTime(t).TotalSeconds:0.0}");
foreach (var s in plan.Skipped.GroupBy(s => s.Reason).OrderByDescending(g => g.Count()).Take(20)) Console.WriteLine($"  {s.Count()} {s.Key}");
session.WarmUp(plan.Cells, default);
await Parallel.ForEachAsync(plan.Cells, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (cell, ct) =>
{
    try
    {
        var r = await session.ExecuteAsync(cell, ct);
        Console.WriteLine($"{(r.IsRed ? "RED" : "ok")} {r.Verdict} {cell.Id} E:{r.Expected} G:{r.Got} {string.Join(" / ", r.Why)} [{string.Join(" ; ", r.Findings)}]");
    }
    catch (Exception e) { Console.WriteLine($"EXC {cell.Id} {e.Message}"); }
});
Console.WriteLine($"done {TimeProvider.System.GetElapsedTime(t).TotalSeconds:0.0}");
foreach (var s in Enum.GetValues<Stage>()) Console.WriteLine($"{s} {session.Times[s]}");
return 0;
