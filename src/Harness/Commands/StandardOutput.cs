using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// Standard output as octets. Who reads it may leave early: that is no failure, and no reason to go on.
/// </summary>
internal sealed class StandardOutput : IDisposable
{
    // errno.h EPIPE; ERROR_BROKEN_PIPE and ERROR_NO_DATA of Windows.
    private static readonly int[] Closed = [32, unchecked((int)0x8007006d), unchecked((int)0x800700e8)];

    private readonly Stream _stream;
    private readonly TextWriter? _text;

    private StandardOutput(Stream stream, TextWriter? text) => (_stream, _text) = (stream, text);

    /// <summary>Where a text writer writes to; one that is not the console's gets it at the end.</summary>
    /// <exception cref="OutputFailedException">It is the console's, and closed.</exception>
    public static StandardOutput Of(TextWriter output) => output is ConsoleText
        ? new(new BufferedStream(Open(), 1 << 16), text: null)
        : new(new MemoryStream(), output);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw Translated(failure);
        }
    }

    public void Write(string text)
    {
        if (text.Length > 0) Write(Encoding.UTF8.GetBytes(text));
    }

    public void Flush()
    {
        try
        {
            _stream.Flush();
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            throw Translated(failure);
        }
    }

    public void Dispose()
    {
        if (_stream is MemoryStream memory) _text?.Write(Encoding.UTF8.GetString(memory.ToArray()));
    }

    /// <summary>True if a failure is one of the stream and not of the program.</summary>
    public static bool IsFailure(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <summary>The failure as a person understands it.</summary>
    public static Exception Translated(Exception failure) =>
        Closed.Contains(failure.HResult) ? new OutputClosedException()
        : failure is UnauthorizedAccessException ? NotThere()
        : FailureText.IsDiskFull(failure) ? new OutputFailedException(
            "standard output: the disk is full; what was written is not complete\n"
                + "  remedy: free some space, or write elsewhere")
        : new OutputFailedException($"standard output: {failure.Message}; what was written is not complete");

    private static OutputFailedException NotThere() =>
        new("standard output: it is closed\n  remedy: give the program one, as in '> FILE'");

    // .NET's own stream is silent when its pipe is closed. A file keeps it, because it alone shares the file's position
    // with whatever else writes there.
    private static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        if (!Inherited.Is(1)) throw NotThere();
        var handle = new SafeFileHandle(1, ownsHandle: false);
        var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}

/// <summary>Nobody reads standard output any more.</summary>
internal sealed class OutputClosedException : Exception;

/// <summary>Standard output takes no more; the message says why.</summary>
internal sealed class OutputFailedException(string message) : Exception(message);
