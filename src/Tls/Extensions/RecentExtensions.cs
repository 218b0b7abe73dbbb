using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Contents of extensions that were read lately: most of them say what a program is set to.</summary>
internal static class RecentExtensions
{
    private const int Places = 1024;

    private const int Longest = 128;

    private static readonly RecentByContent<ExtensionBody> Known = new(Places, Longest);

    // These are made anew for each connection, unless they are empty.
    private static readonly HashSet<ExtensionType> Fresh =
    [
        ExtensionType.SessionTicket, ExtensionType.KeyShareDraft, ExtensionType.PreSharedKey, ExtensionType.Cookie,
        ExtensionType.KeyShare, ExtensionType.EncryptedClientHello, ExtensionType.RenegotiationInfo,
    ];

    /// <summary>Reads an extension, or takes the content of one that says the same in the same place.</summary>
    /// <param name="type">Extension type.</param>
    /// <param name="data">The extension_data as sent.</param>
    /// <param name="place">The message that it stands in.</param>
    /// <param name="offset">Offset of the data in the message, for faults.</param>
    public static Extension Read(ExtensionType type, ReadOnlyMemory<byte> data, ExtensionPlace place, int offset)
    {
        var kind = (uint)(type.Code << 8 | (byte)place);
        var isUsual = Known.Takes(data.Length) && (data.Length <= 1 || !Fresh.Contains(type));
        if (!isUsual) return Extension.Read(type, data, place, offset);
        // The octets stay those of the message: findings tell where in it they stand.
        if (Known.Find(kind, data.Span) is { } known) return new(type, data, known, Fault: null);

        // What is remembered must not hold the connection that it came from.
        var copy = data.ToArray();
        var read = Extension.Read(type, copy, place, offset);
        if (read.Fault is null) Known.Keep(kind, copy, read.Body);
        return read with { Data = data };
    }
}
