using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>Reads the messages of one protocol and keeps where its dialogue stands.</summary>
internal interface IMessageReader
{
    /// <summary>What is no message of the protocol.</summary>
    const int Foreign = -1;

    /// <summary>True for lines and other text: TLS may then begin at any segment, not only behind a message.</summary>
    bool IsText { get; }

    /// <summary>
    /// Octets of the message at the front; 0 if more are needed to tell; <see cref="Foreign"/> if there is none.
    /// </summary>
    int Length(Direction direction, ReadOnlySpan<byte> bytes);

    /// <summary>Reads one message of the length that was told; text may come in parts.</summary>
    ClearTextMessage Read(Direction direction, ReadOnlySpan<byte> message);

    /// <summary>Octets of an end are missing before what comes next.</summary>
    void Gap(Direction direction)
    {
    }
}
