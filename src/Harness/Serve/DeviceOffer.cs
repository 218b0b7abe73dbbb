using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Serve;

/// <summary>What a device says in its ClientHello that it can do: nothing else needs to be tried with it.</summary>
/// <param name="Newest">The newest version that it offers, by its code.</param>
/// <param name="Suites">Code points of cipher_suites.</param>
public sealed record DeviceOffer(ushort Newest, IReadOnlyList<ushort> Suites)
{
    /// <summary>What a hello offers.</summary>
    public static DeviceOffer Of(ClientHello hello) => new(
        hello.OfferedVersions.Where(version => ProtocolVersion.Known.Contains(version))
            .Select(version => version.Code).DefaultIfEmpty(hello.LegacyVersion.Code).Max(),
        [.. hello.CipherSuites.Select(suite => suite.Code)]);

    /// <summary>Together with what another hello offers: devices that fail come again and ask for less.</summary>
    public DeviceOffer With(DeviceOffer other) =>
        new(Math.Max(Newest, other.Newest), [.. Suites.Union(other.Suites)]);

    /// <summary>What a cell asks for that the device does not offer; null if it offers all of it.</summary>
    /// <remarks>
    /// RFC 5246, Section 7.4.1.2: before TLS 1.3 a client names its newest version alone, and what older ones it takes
    /// shows only when it is answered in one.
    /// </remarks>
    public string? Lack(Cell cell) =>
        cell.Version is { } version && version.Code > Newest ? version.ToString()
        : cell.Suite is { } suite && !Suites.Contains(suite.Code) ? suite.ToString()
        : null;
}
