using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Serve;

/// <summary>What a device says in its ClientHello that it can do: nothing else needs to be tried with it.</summary>
/// <param name="Newest">The newest version that it offers, by its code.</param>
/// <param name="Suites">Code points of cipher_suites.</param>
/// <param name="Takes">Its groups, and the signatures that it takes; null if that is not known.</param>
public sealed record DeviceOffer(ushort Newest, IReadOnlyList<ushort> Suites, ClientOffer? Takes = null)
{
    /// <summary>What a hello offers.</summary>
    public static DeviceOffer Of(ClientHello hello) => new(
        hello.OfferedVersions.Where(version => ProtocolVersion.Known.Contains(version))
            .Select(version => version.Code).DefaultIfEmpty(hello.LegacyVersion.Code).Max(),
        [.. hello.CipherSuites.Select(suite => suite.Code)], ClientOffer.Of([hello]));

    /// <summary>Together with what another hello offers: devices that fail come again and ask for less.</summary>
    public DeviceOffer With(DeviceOffer other) => new(
        Math.Max(Newest, other.Newest), [.. Suites.Union(other.Suites)],
        (Takes, other.Takes) is ({ } own, { } more)
            ? new([.. own.Schemes.Union(more.Schemes)], [.. own.Groups.Union(more.Groups)])
            : Takes ?? other.Takes);

    /// <summary>What a cell asks for that the device does not offer; null if it offers all of it.</summary>
    /// <remarks>
    /// RFC 5246, Section 7.4.1.2: before TLS 1.3 a client names its newest version alone, and what older ones it takes
    /// shows only when it is answered in one.
    /// </remarks>
    public string? Lack(Cell cell) =>
        cell.Version is { } version && version.Code > Newest ? version.ToString()
        : cell.Suite is { } suite && !Suites.Contains(suite.Code) ? suite.ToString()
        : cell.Group is { } group && LacksGroup(group) ? $"group {group}"
        : LacksSignatures(cell) ? $"signatures of {CertificateProfile.Find(cell.Certificate)!.Key}"
        : null;

    // RFC 8422, Section 4: who names no groups takes any.
    private bool LacksGroup(string group) =>
        Takes is { Groups.Count: > 0 } takes && !takes.Groups.Contains(NamedGroups.Find(group)!.Code);

    // The default key is asked of the device whatever it says: with RSA key exchange nothing is signed.
    private bool LacksSignatures(Cell cell) =>
        cell.Certificate != CertificateProfile.Default && cell.Version >= ProtocolVersion.Tls12
        && cell.Suite?.Info?.KeyExchange is not KeyExchangeAlgorithm.Rsa
        && Takes?.Verifies(CertificateProfile.Find(cell.Certificate)!.Key, cell.Version!.Value, cell.Group) == false;
}
