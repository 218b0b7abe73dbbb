using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// <c>matrices/required.txt</c>: the cells that must not be red, by matrix. It grows by what was green often enough, and
/// nothing takes a line from it but a person.
/// </summary>
public sealed class RequiredCells
{
    private const char Comment = '#';

    private static readonly string[] Heading =
    [
        "# Cells that were green in many runs, one a line behind its matrix. One of them that is red, or gone from its",
        "# matrix, fails `run --gate required` and `merge --gate required`; a known failure does not.",
        "# 'tlsinterop ratchet' adds lines. Taking one away is a person's decision: say why in the commit.",
    ];

    private readonly Dictionary<string, SortedSet<string>> _cells = new(StringComparer.Ordinal);

    // What people wrote above a line, by the line; what stands below all lines has an empty one.
    private readonly Dictionary<string, List<string>> _remarks = new(StringComparer.Ordinal);

    /// <summary>Reads the file; one that is not there requires nothing.</summary>
    /// <exception cref="MatrixException">A line is none of the form; every such line is in it.</exception>
    public static RequiredCells Load(string path)
    {
        var required = new RequiredCells();
        if (!File.Exists(path)) return required;
        var problems = new List<FileProblem>();
        var remarks = new List<string>();
        foreach (var (line, number) in File.ReadLines(path).Select((line, at) => (line.Trim(), at + 1)))
        {
            if (line.Length == 0) continue;
            if (line[0] == Comment)
            {
                if (!Heading.Contains(line)) remarks.Add(line);
                continue;
            }
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var matrix, var id])
                problems.Add(new(Path.GetFileName(path), number, 1, $"expected 'MATRIX CELL', found '{line}'"));
            else if (!CellId.TryParse(id, out _, out var problem))
                problems.Add(new(Path.GetFileName(path), number, matrix.Length + 2, $"{id}: {problem}"));
            else if (!required.Of(matrix).Add(id))
                problems.Add(new(Path.GetFileName(path), number, 1, $"{id} is there twice"));
            else if (remarks.Count > 0)
            {
                required._remarks[$"{matrix} {id}"] = remarks;
                remarks = [];
            }
        }
        required._remarks[""] = remarks;
        return problems.Count == 0 ? required : throw new MatrixException(problems);
    }

    /// <summary>The matrices that have any.</summary>
    public IEnumerable<string> Matrices => _cells.Keys.Order(StringComparer.Ordinal);

    /// <summary>Those of a matrix.</summary>
    public ISet<string> Of(string matrix)
    {
        if (!_cells.TryGetValue(matrix, out var cells))
            _cells[matrix] = cells = new SortedSet<string>(StringComparer.Ordinal);
        return cells;
    }

    /// <summary>
    /// Writes the file, sorted, so that what was added can be read in its difference. Comments stay above their lines.
    /// </summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(string path)
    {
        // Whoever reads it meanwhile sees all of the old or all of the new.
        var unfinished = $"{path}.{Environment.ProcessId}";
        File.WriteAllLines(unfinished,
        [
            .. Heading,
            .. Matrices.SelectMany(name => _cells[name].Select(id => $"{name} {id}"))
                .SelectMany(line => RemarksOf(line).Append(line)),
            .. RemarksOf(""),
        ]);
        File.Move(unfinished, path, overwrite: true);
    }

    private List<string> RemarksOf(string line) => _remarks.GetValueOrDefault(line, []);
}
