namespace TlsInterop.Tls.Decoding;

/// <summary>What one direction of a connection amounts to.</summary>
public sealed record StreamTotals
{
    /// <summary>Octets of the TCP stream that the capture holds.</summary>
    public long Octets { get; internal set; }

    /// <summary>Octets of it that the capture lacks.</summary>
    public long MissingOctets { get; internal set; }

    /// <summary>TLS records, protected or not.</summary>
    public long Records { get; internal set; }

    /// <summary>Records that are protected.</summary>
    public long ProtectedRecords { get; internal set; }

    /// <summary>Protected records that opened, with a tag or MAC that fits.</summary>
    public long OpenedRecords { get; internal set; }

    /// <summary>Protected records for which there was a secret, and which did not open.</summary>
    public long FailedRecords { get; internal set; }

    /// <summary>Octets of application data: the content where records were opened, else of their fragments.</summary>
    public long ApplicationOctets { get; internal set; }

    /// <summary>
    /// Records of application data that were read, opened and counted, but are not among the events and records:
    /// there were more than <see cref="DecodingLimits"/> keeps.
    /// </summary>
    public long CountedOnly { get; internal set; }
}
