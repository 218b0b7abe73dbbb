using System.Buffers.Binary;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Fingerprints;

/// <summary>Hellos with the lists that a published example gives; all else is zeros.</summary>
internal static class HelloBytes
{
    // RFC 8446, Section 4.1.2
    public static ClientHello Client(
        ushort version, IEnumerable<ushort> suites, params (ushort Type, byte[] Data)[]? extensions)
    {
        byte[] suiteList = U16s(suites);
        byte[] bytes =
        [
            .. U16(version), .. new byte[32], 0, .. U16((ushort)suiteList.Length), .. suiteList, 1, 0,
            .. Extensions(extensions),
        ];
        var reader = new WireReader(bytes);
        return ClientHello.Read(ref reader, default);
    }

    // RFC 8446, Section 4.1.3
    public static ServerHello Server(ushort version, ushort suite, params (ushort Type, byte[] Data)[] extensions)
    {
        byte[] bytes = [.. U16(version), .. new byte[32], 0, .. U16(suite), 0, .. Extensions(extensions)];
        var reader = new WireReader(bytes);
        return ServerHello.Read(ref reader, default);
    }

    public static (ushort Type, byte[] Data) Empty(ushort type) => (type, []);

    /// <summary>A list of two-octet values with a length of two octets before it.</summary>
    public static (ushort Type, byte[] Data) List16(ushort type, params IEnumerable<ushort> values)
    {
        var list = U16s(values);
        return (type, [.. U16((ushort)list.Length), .. list]);
    }

    public static (ushort Type, byte[] Data) PointFormats(params byte[] formats) =>
        (11, [(byte)formats.Length, .. formats]);

    public static (ushort Type, byte[] Data) Versions(params IEnumerable<ushort> versions)
    {
        var list = U16s(versions);
        return (43, [(byte)list.Length, .. list]);
    }

    // RFC 7301, Section 3.1
    public static (ushort Type, byte[] Data) Alpn(params byte[][] names)
    {
        byte[] list = [.. names.SelectMany(name => (byte[])[(byte)name.Length, .. name])];
        return (16, [.. U16((ushort)list.Length), .. list]);
    }

    public static ushort[] Codes(string commaSeparatedHex) =>
        [.. commaSeparatedHex.Split(',').Select(code => Convert.ToUInt16(code, 16))];

    private static byte[] Extensions((ushort Type, byte[] Data)[]? extensions)
    {
        if (extensions is null) return [];
        byte[] list = [.. extensions.SelectMany(item =>
            (byte[])[.. U16(item.Type), .. U16((ushort)item.Data.Length), .. item.Data])];
        return [.. U16((ushort)list.Length), .. list];
    }

    private static byte[] U16s(IEnumerable<ushort> values) => [.. values.SelectMany(U16)];

    private static byte[] U16(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}
