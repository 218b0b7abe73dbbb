namespace TlsInterop.Tls.Capture.Files;

/// <summary>Numbers of the pcapng format.</summary>
/// <remarks>draft-ietf-opsawg-pcapng, Sections 3.5 and 4.</remarks>
public static class PcapngFormat
{
    /// <summary>Secrets type of a Decryption Secrets Block: a TLS key log ("TLSK").</summary>
    public const uint TlsKeyLog = 0x544c534b;

    internal const uint SectionHeaderBlock = 0x0a0d0d0a;
    internal const uint InterfaceDescriptionBlock = 1;
    internal const uint ObsoletePacketBlock = 2;
    internal const uint SimplePacketBlock = 3;
    internal const uint EnhancedPacketBlock = 6;
    internal const uint DecryptionSecretsBlock = 10;

    internal const uint ByteOrderMagic = 0x1a2b3c4d;

    internal const ushort OptionEnd = 0;
    internal const ushort OptionComment = 1;
    internal const ushort SectionHardware = 2;
    internal const ushort SectionOs = 3;
    internal const ushort SectionApplication = 4;
    internal const ushort InterfaceTimestampResolution = 9;
    internal const ushort InterfaceTimestampOffset = 14;
}
