namespace TlsInterop.Tls.Scripted.Quirks;

/// <summary>How a connection with a quirk may end.</summary>
[Flags]
public enum QuirkEnding
{
    None = 0,

    /// <summary>The peer takes it, and all goes on.</summary>
    Taken = 1,

    /// <summary>The peer ends the connection.</summary>
    Refused = 2,

    /// <summary>Both are right.</summary>
    Either = Taken | Refused,

    /// <summary>The end that has the quirk leaves.</summary>
    Left = 4,
}
