namespace TlsInterop.Tls.Capture.Files;

/// <summary>What is wrong with a capture file.</summary>
public enum CaptureFaultKind
{
    /// <summary>Neither pcap nor pcapng, or empty.</summary>
    UnknownFormat,
    /// <summary>The file ends inside a header, block or frame.</summary>
    Truncated,
    /// <summary>A length that the format forbids or that no frame has. In pcap nothing behind it can be read.</summary>
    BadLength,
    /// <summary>The two lengths of a pcapng block differ; the first one is believed.</summary>
    LengthsDisagree,
    /// <summary>A section header whose byte-order magic is unknown.</summary>
    BadByteOrder,
    /// <summary>A frame of an interface that was not described.</summary>
    UnknownInterface,
    /// <summary>The gzip stream is broken.</summary>
    BadCompression,
}

/// <summary>A fault of a capture file, by place.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Offset">Offset in the (uncompressed) file of the header or block that is wrong.</param>
public readonly record struct CaptureFault(CaptureFaultKind Kind, long Offset)
{
    // In the order of the enumeration.
    private static readonly string[] Words =
    [
        "neither pcap nor pcapng",
        "cut in the middle of a frame or block",
        "a length that no frame has",
        "the two lengths of a block differ",
        "a section in a byte order that there is not",
        "a frame of an interface that was not described",
        "the gzip stream is cut or broken",
    ];

    /// <summary>What is wrong, in a few words.</summary>
    public string What => Words[(int)Kind];
}
