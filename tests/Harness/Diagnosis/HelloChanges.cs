using System.Buffers.Binary;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>Hellos that say something else.</summary>
internal static class HelloChanges
{
    public static ClientHello With(this ClientHello hello, ExtensionType type, params byte[] data) =>
        hello with { ExtensionList = With(hello.ExtensionList, type, data) };

    public static ClientHello Without(this ClientHello hello, params ExtensionType[] types) =>
        hello with { ExtensionList = Without(hello.ExtensionList, types) };

    public static ServerHello With(this ServerHello hello, ExtensionType type, params byte[] data) =>
        hello with { ExtensionList = With(hello.ExtensionList, type, data) };

    public static ServerHello Without(this ServerHello hello, params ExtensionType[] types) =>
        hello with { ExtensionList = Without(hello.ExtensionList, types) };

    /// <summary>So many suites that nobody knows.</summary>
    public static ClientHello Suites(this ClientHello hello, int count) => hello with
    {
        CipherSuites = [.. Enumerable.Range(0xc100, count).Select(code => new CipherSuite((ushort)code))],
    };

    /// <summary>A list of numbers of two octets, with its length before it.</summary>
    public static byte[] List16(params ushort[] codes) =>
        [.. U16(2 * codes.Length), .. codes.SelectMany(code => U16(code))];

    /// <summary>supported_versions of a client.</summary>
    public static byte[] Versions(params ushort[] codes) =>
        [(byte)(2 * codes.Length), .. codes.SelectMany(code => U16(code))];

    private static byte[] U16(int value)
    {
        var octets = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)value);
        return octets;
    }

    private static ExtensionList With(ExtensionList list, ExtensionType type, byte[] data)
    {
        var extension = new Extension(type, data, new UnknownExtensionBody(data), Fault: null);
        return ExtensionList.Of(list.Has(type)
            ? list.Select(item => item.Type == type ? extension : item) : list.Append(extension));
    }

    private static ExtensionList Without(ExtensionList list, ExtensionType[] types) =>
        ExtensionList.Of(list.Where(item => !types.Contains(item.Type)));
}
