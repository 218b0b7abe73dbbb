using System.Buffers.Binary;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>What of a hello goes into its fingerprints, as octets: equal ones have equal fingerprints.</summary>
/// <param name="octets">Where to; what does not fit has no content.</param>
internal ref struct HelloContent(Span<byte> octets)
{
    private readonly Span<byte> _octets = octets;
    private int _length;

    /// <summary>False if the hello is longer than an honest program's.</summary>
    public bool Fits { get; private set; } = true;

    public readonly ReadOnlySpan<byte> Octets => _octets[.._length];

    public void Add(ushort number)
    {
        if (Room(sizeof(ushort)) is { IsEmpty: false } room) BinaryPrimitives.WriteUInt16BigEndian(room, number);
    }

    /// <summary>The types of all extensions, and the content of those that fingerprints look into.</summary>
    public void Add(ExtensionList extensions)
    {
        for (var i = 0; i < extensions.Count; i++)
        {
            var (type, data) = (extensions[i].Type, extensions[i].Data);
            Add(type.Code);
            if (!IsLookedInto(type)) continue;
            Add((ushort)data.Length);
            if (Room(data.Length) is { IsEmpty: false } room) data.Span.CopyTo(room);
        }
    }

    private static bool IsLookedInto(ExtensionType type) =>
        type == ExtensionType.SupportedGroups || type == ExtensionType.EcPointFormats
        || type == ExtensionType.SignatureAlgorithms || type == ExtensionType.SupportedVersions
        || type == ExtensionType.ApplicationLayerProtocolNegotiation;

    private Span<byte> Room(int length)
    {
        Fits &= length <= _octets.Length - _length;
        if (!Fits) return default;
        _length += length;
        return _octets.Slice(_length - length, length);
    }
}
