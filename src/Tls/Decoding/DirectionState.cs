using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Decoding;

/// <summary>Where one direction stands.</summary>
internal enum Epoch : byte
{
    /// <summary>Records are plain.</summary>
    Plain,

    /// <summary>TLS 1.3: early data may come.</summary>
    Early,

    /// <summary>TLS 1.3: protected by a handshake traffic secret.</summary>
    Handshake,

    /// <summary>Protected by the final keys.</summary>
    Application,
}

/// <summary>What the decoder keeps per direction.</summary>
internal sealed class DirectionState
{
    public required RecordReader Records { get; init; }

    public HandshakeJoiner Joiner { get; } = new();

    public bool IsTls { get; set; }

    /// <summary>True until its first octets were seen.</summary>
    public bool IsFresh { get; set; } = true;

    public Epoch Epoch { get; set; }

    /// <summary>What opens the records of this epoch; null if there is no secret for it.</summary>
    public RecordProtection? Protection { get; set; }

    /// <summary>The traffic secret of the application epoch of TLS 1.3, for KeyUpdate.</summary>
    public byte[]? TrafficSecret { get; set; }

    /// <summary>True once a record did not open: it is told once.</summary>
    public bool HasFailed { get; set; }

    /// <summary>True once octets were missing: faults from then on are the capture's.</summary>
    public bool HasGap { get; set; }

    /// <summary>What undoes the compression of this epoch; null if there is none.</summary>
    public RecordInflation? Inflation { get; set; }

    /// <summary>Octets of records that are missing since the last one that opened.</summary>
    public long Lost { get; set; }

    /// <summary>Records behind a gap for which no sequence number was found, one after the other.</summary>
    public int FailedSearches { get; set; }

    /// <summary>The latest frame that brought something.</summary>
    public FrameStamp Latest { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>True once it sent a ChangeCipherSpec.</summary>
    public bool HasChangedCipher { get; set; }
}
