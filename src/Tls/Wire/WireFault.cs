namespace TlsInterop.Tls.Wire;

/// <summary>What is wrong with the bytes.</summary>
public enum WireFaultKind
{
    /// <summary>The bytes end inside the field.</summary>
    Truncated,

    /// <summary>A length lies outside the bounds that the RFC gives.</summary>
    LengthOutOfRange,

    /// <summary>A structure ends before its bytes do.</summary>
    TrailingBytes,

    /// <summary>A value that the RFC does not allow here.</summary>
    IllegalValue,

    /// <summary>The same thing twice where it may stand once.</summary>
    Duplicate,

    /// <summary>A well-formed thing in the wrong place.</summary>
    Unexpected,

    /// <summary>The capture lacks octets of the stream.</summary>
    Gap,

    /// <summary>Bytes that are no TLS.</summary>
    NotTls,

    /// <summary>More than this decoder is willing to keep.</summary>
    LimitExceeded,

    /// <summary>A protected record that does not open with the secrets at hand.</summary>
    Undecipherable,
}

/// <summary>Whose fault it is.</summary>
public enum FaultOwner
{
    /// <summary>The sender wrote it so.</summary>
    Peer,

    /// <summary>The capture ends, starts late or lacks packets; the sender may be innocent.</summary>
    CutCapture,

    /// <summary>The secrets or the limits that this decoder was given.</summary>
    Decoder,
}

/// <summary>Something that could not be read, with its place.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Field">Name of the field, as its RFC spells it.</param>
/// <param name="Offset">Octets from the start of the message or record that was read.</param>
/// <param name="Owner">Whose fault it is.</param>
/// <param name="Detail">Expected and got.</param>
public sealed record WireFault(WireFaultKind Kind, string Field, int Offset, FaultOwner Owner, string Detail)
{
    /// <summary>What is wrong, in a few words.</summary>
    public string What => FaultWords.Of(Kind);

    /// <summary>Whose fault it is, in a few words.</summary>
    public string Whose => FaultWords.Of(Owner);

    public override string ToString() => $"{Kind} in {Field} at {Offset}: {Detail} ({Owner})";
}
