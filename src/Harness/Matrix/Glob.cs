using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace TlsInterop.Harness.Matrix;

/// <summary>
/// A pattern over cell ids: <c>*</c> is any run without <c>/</c>, <c>**</c> any run, <c>?</c> one character without
/// <c>/</c>, <c>{a,b}</c> either. It always means the whole id, never a part of it.
/// </summary>
public sealed class Glob
{
    private const int MaxLength = 400;

    // Far above what any pattern that somebody means takes for an id.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    private Regex _regex;

    private Glob(string text, Regex regex) => (Text, _regex) = (text, regex);

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="glob">The pattern, ready to match.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out Glob? glob, [NotNullWhen(false)] out string? problem)
    {
        glob = null;
        var pattern = new StringBuilder(@"\A");
        problem = Translate(text, pattern);
        if (problem is not null) return false;
        glob = new Glob(
            text, new Regex(
                pattern.Append(@"\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline, Patience));
        return true;
    }

    /// <summary>Reads a pattern that is known to be good.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Glob Parse(string text) =>
        TryParse(text, out var glob, out var problem) ? glob : throw new FormatException(problem);

    /// <summary>True if the pattern describes the whole text.</summary>
    public bool IsMatch(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            // Without backtracking a pattern costs time in proportion to the id, whatever stars it holds; but it takes
            // ten milliseconds to make and a megabyte to keep, which hundreds of known failures would pay for nothing.
            _regex = new Regex(_regex.ToString(), _regex.Options | RegexOptions.NonBacktracking);
            return _regex.IsMatch(text);
        }
    }

    public override string ToString() => Text;

    private static string? Translate(string text, StringBuilder pattern)
    {
        if (text.Length == 0) return "an empty pattern matches nothing";
        if (text.Length > MaxLength) return $"a pattern has at most {MaxLength} characters, this one has {text.Length}";
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '*' when i + 1 < text.Length && text[i + 1] == '*':
                    pattern.Append(".*");
                    i++;
                    break;
                case '*': pattern.Append("[^/]*"); break;
                case '?': pattern.Append("[^/]"); break;
                case '{':
                    depth++;
                    pattern.Append("(?:");
                    break;
                case '}':
                    if (--depth < 0) return $"'}}' at character {i + 1} of pattern '{text}' closes nothing";
                    pattern.Append(')');
                    break;
                case ',' when depth > 0: pattern.Append('|'); break;
                default: pattern.Append(Regex.Escape(text[i].ToString())); break;
            }
        }
        return depth == 0 ? null : $"'{{' of pattern '{text}' is not closed";
    }
}
