using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Capture.Live;

namespace TlsInterop.Harness.Commands;

/// <summary>Failures that a person can do something about, each as cause and remedy without a stack trace.</summary>
internal static class FailureText
{
    // errno.h ENOSPC and EDQUOT, and ERROR_DISK_FULL of Windows.
    private static readonly int[] DiskFull = [28, 122, unchecked((int)0x80070070)];

    /// <summary>The text, or null if the failure is one of the program itself.</summary>
    public static string? Of(Exception failure) => failure switch
    {
        UsageException or OutputFailedException or EndpointException or CaptureException => failure.Message,
        MatrixException wrong => string.Join('\n', wrong.Problems),
        IOException when IsDiskFull(failure) =>
            $"The disk is full: {failure.Message}\n  remedy: free some space (old runs lie in runs/), then run again",
        IOException or UnauthorizedAccessException or InvalidDataException => failure.Message,
        _ => null,
    };

    public static bool IsDiskFull(Exception failure) =>
        failure is IOException
        && (DiskFull.Contains(failure.HResult) || failure.Message.Contains("No space left", StringComparison.Ordinal));
}
