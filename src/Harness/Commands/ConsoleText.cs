using System.Text;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// A writer of the console. What can't be written to standard output ends the command with its reason; what can't be
/// written to standard error is lost, since nobody is left to be told.
/// </summary>
internal sealed class ConsoleText : TextWriter
{
    private readonly TextWriter _console;
    private readonly bool _isNeeded;

    private ConsoleText(TextWriter console, bool isNeeded)
        : base(console.FormatProvider) => (_console, _isNeeded) = (console, isNeeded);

    public static ConsoleText Output() => new(Console.Out, isNeeded: true);

    public static ConsoleText Error() => new(Console.Error, isNeeded: false);

    public override Encoding Encoding => _console.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void WriteLine(string? value) => Write(string.Concat(value, NewLine));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        try
        {
            _console.Write(buffer);
        }
        catch (Exception failure) when (StandardOutput.IsFailure(failure))
        {
            if (_isNeeded) throw StandardOutput.Translated(failure);
        }
    }

    public override void Flush()
    {
        try
        {
            _console.Flush();
        }
        catch (Exception failure) when (StandardOutput.IsFailure(failure))
        {
            if (_isNeeded) throw StandardOutput.Translated(failure);
        }
    }
}
