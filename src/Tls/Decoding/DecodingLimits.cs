namespace TlsInterop.Tls.Decoding;

/// <summary>How much of a connection is kept.</summary>
public sealed record DecodingLimits
{
    /// <summary>For connections of which everything is wanted, such as those of a test.</summary>
    public static DecodingLimits Default { get; } = new();

    /// <summary>For captures of any size: the beginning of the application data, and totals.</summary>
    public static DecodingLimits Streaming { get; } = new() { ApplicationRecords = 256, ApplicationOctets = 256 << 10 };

    /// <summary>For a line a connection: the records themselves are not asked for.</summary>
    public static DecodingLimits Summary { get; } = Streaming with { KeepsRecords = false };

    /// <summary>False if nobody looks at <see cref="DecodedConnection.Records"/>: they are counted only.</summary>
    public bool KeepsRecords { get; init; } = true;

    /// <summary>
    /// Octets of streams or messages that are kept, both directions together. What comes after is a fault, not memory.
    /// </summary>
    public int Octets { get; init; } = 16 << 20;

    /// <summary>Segments that wait for their decoding: hostile ones of one octet must not be free.</summary>
    public int Segments { get; init; } = 1 << 18;

    /// <summary>
    /// Records and events: a record or message of few octets costs hundreds here, and a stream of such must not fill
    /// the memory.
    /// </summary>
    public int Items { get; init; } = 1 << 19;

    /// <summary>
    /// Records of application data that are kept in detail, both directions together. Later ones are opened and
    /// counted; the first of a direction that doesn't open is kept all the same.
    /// </summary>
    public int ApplicationRecords { get; init; } = int.MaxValue;

    /// <summary>The same in octets of their content.</summary>
    public int ApplicationOctets { get; init; } = int.MaxValue;
}
