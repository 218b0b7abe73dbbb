using System.Text;

namespace TlsInterop.Harness.Matrix;

/// <summary>A YAML file that people write, and all that is wrong with it. Reading goes on behind a problem.</summary>
public sealed class YamlFile
{
    /// <summary>Largest file that is read, in octets.</summary>
    public const int MaxSize = 1 << 20;

    private const int MaxProblems = 100;

    private readonly List<FileProblem> _problems = [];

    private YamlFile(string name) => Name = name;

    /// <summary>The file as it was named by the caller.</summary>
    public string Name { get; }

    /// <summary>The file's content; null if it could not be read at all.</summary>
    public YamlValue? Root { get; private set; }

    /// <summary>What is wrong with the file so far, in the order of its lines.</summary>
    public IReadOnlyList<FileProblem> Problems =>
        [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    /// <summary>Reads a file of the disk.</summary>
    public static YamlFile Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[MaxSize + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length <= MaxSize)
            {
                using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
                return Parse(reader.ReadToEnd(), path);
            }
            return Broken(path, $"expected at most {MaxSize} octets, the file is larger");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Broken(path, "there is no such file" + Neighbours(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Broken(path, $"the file cannot be read: {failure.Message}");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="name">The file's name for messages.</param>
    public static YamlFile Parse(string text, string name)
    {
        if (text.Length > MaxSize) return Broken(name, $"expected at most {MaxSize} characters, there are more");
        var file = new YamlFile(name);
        file.Root = new YamlValueReader(text, file.Report).Read();
        return file;
    }

    /// <summary>Notes a problem at a value.</summary>
    public void Report(YamlValue at, string message) => Report(at.Line, at.Column, message);

    /// <summary>Ends the reading if anything was wrong.</summary>
    /// <exception cref="MatrixException">There is a problem.</exception>
    public void ThrowIfProblems()
    {
        if (_problems.Count > 0) throw new MatrixException(Problems);
    }

    /// <summary>
    /// The values of a mapping by key, after every wrong, doubled or missing key has been reported. A value that is no
    /// mapping gives no keys.
    /// </summary>
    /// <param name="value">The value that should be a mapping.</param>
    /// <param name="what">What the mapping is, with its article: <c>a block</c>.</param>
    /// <param name="keys">The keys that it may have.</param>
    /// <param name="kind">What a key is called: <c>key</c>, <c>axis</c>.</param>
    public IReadOnlyDictionary<string, YamlValue> Keys(
        YamlValue value, string what, IReadOnlyList<FileKey> keys, string kind = "key")
    {
        var found = new Dictionary<string, YamlValue>(StringComparer.Ordinal);
        if (value is not YamlMapping mapping)
        {
            Report(value,
                $"expected {what} with the keys {string.Join(", ", keys.Select(key => key.Name))}; "
                + $"found {Kind(value)}");
            return found;
        }
        foreach (var (key, entry) in mapping.Entries)
        {
            if (keys.All(known => known.Name != key.Text)) Report(key, UnknownKey(key.Text, keys, kind));
            else if (!found.TryAdd(key.Text, entry)) Report(key, $"the key '{key.Text}' is there twice");
        }
        foreach (var missing in keys.Where(key => key.IsRequired && !found.ContainsKey(key.Name)))
            Report(value, $"expected {what} with the key '{missing.Name}', it is missing");
        return found;
    }

    /// <summary>The text of a value that must be a word or a sentence; null if it is none, which is reported.</summary>
    public string? Text(YamlValue? value, string what)
    {
        if (value is null) return null;
        if (value is YamlScalar { Text.Length: > 0 } scalar) return scalar.Text;
        Report(value, $"expected {what}, found {Kind(value)}");
        return null;
    }

    /// <summary>The words of a value that must be a word or a list of words. All others are reported.</summary>
    public IReadOnlyList<YamlScalar> Words(YamlValue? value, string what)
    {
        if (value is null) return [];
        var items = value is YamlSequence list ? list.Items : [value];
        if (items.Count == 0) Report(value, $"expected {what}, found an empty list");
        foreach (var item in items.Where(item => item is not YamlScalar { Text.Length: > 0 }))
            Report(item, $"expected {what}, found {Kind(item)}");
        return [.. items.OfType<YamlScalar>().Where(word => word.Text.Length > 0)];
    }

    /// <summary>The items of a value that must be a list; a value that is none is reported.</summary>
    public IReadOnlyList<YamlValue> Items(YamlValue? value, string what)
    {
        if (value is null) return [];
        if (value is YamlSequence { Items.Count: > 0 } list) return list.Items;
        Report(value, $"expected {what}, found {Kind(value)}");
        return [];
    }

    private static YamlFile Broken(string name, string message)
    {
        var file = new YamlFile(name);
        file.Report(0, 0, message);
        return file;
    }

    private void Report(int line, int column, string message)
    {
        // What an alias names is read wherever the alias stands, and is wrong only once.
        var problem = new FileProblem(Name, line, column, message);
        if (_problems.Count < MaxProblems && !_problems.Contains(problem)) _problems.Add(problem);
    }

    private static string UnknownKey(string word, IReadOnlyList<FileKey> keys, string kind)
    {
        var spellings = keys.SelectMany(
            key => key.AlsoCalled.Append(key.Name).Select(spelling => (spelling, key.Name))).ToList();
        var near = NearMatch.Of(word, spellings.Select(pair => pair.spelling));
        var meant = near is null ? "" : $", did you mean '{spellings.First(pair => pair.spelling == near).Name}'?";
        var known = string.Join(", ", keys.Select(key => key.Name));
        return $"unknown {kind} '{word}'{meant}{(near is null ? "; known" : " Known")} are: {known}";
    }

    private static string Kind(YamlValue value) => value switch
    {
        YamlScalar { Text.Length: 0 } => "nothing",
        YamlScalar scalar => $"the text '{scalar.Text}'",
        YamlSequence { Items.Count: 0 } => "an empty list",
        YamlSequence => "a list",
        _ => "a mapping",
    };

    private static string Neighbours(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder)) return $" (nor the folder {folder})";
        var names = Directory.EnumerateFiles(folder, "*.y*ml").Select(file => Path.GetFileName(file)!);
        return NearMatch.Of(Path.GetFileName(path), names) is { } near ? $", did you mean '{near}'?" : "";
    }
}
