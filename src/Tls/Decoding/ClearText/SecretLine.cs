namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>Lines with a secret.</summary>
/// <param name="Line">How they begin.</param>
/// <param name="Kept">Words at the front that are no secret.</param>
/// <param name="Next">What the next lines of the same end may be.</param>
/// <param name="IsMechanism">True if the last word that is kept names a mechanism, if it is no secret.</param>
internal sealed record SecretLine(
    LinePattern[] Line, int Kept, SecretLine.Following Next = SecretLine.Following.Anything, bool IsMechanism = false)
{
    /// <summary>What stands behind a line with a secret.</summary>
    public enum Following : byte
    {
        /// <summary>Nothing that belongs to it.</summary>
        Anything,

        /// <summary>Answers to challenges, until a command comes.</summary>
        Answers,

        /// <summary>One line that is a secret, whatever it looks like.</summary>
        Secret,
    }
}

