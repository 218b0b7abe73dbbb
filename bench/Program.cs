using System.CommandLine;
using BenchmarkDotNet.Running;
using TlsInterop.Bench;
using TlsInterop.Bench.Comparison;
using TlsInterop.Bench.Fuzzing;
using TlsInterop.Bench.Generation;
using TlsInterop.Bench.Matrix;

// Everything else is for BenchmarkDotNet: --list, --filter, ...
if (args is not ["generate" or "compare" or "fuzz" or "matrix" or "endurance" or "--help" or "-h", ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(Checkout).Assembly).Run(args);
    return 0;
}
var root = new RootCommand("Measures the decoder; without one of these commands it is BenchmarkDotNet's switcher.")
{
    GenerateCommand.Create(),
    CompareCommand.Create(),
    FuzzCommand.Create(),
    MatrixCommand.Create(),
    EnduranceCommand.Create(),
};
return root.Parse(args).Invoke();
