using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Certificates;

/// <summary>A certificate of a chain, for rules to look at.</summary>
/// <param name="Index">Its place, from 0 for the leaf.</param>
/// <param name="Entry">As it was sent.</param>
/// <param name="Facts">What it says; null if it can't be read.</param>
internal sealed record SeenCertificate(int Index, CertificateEntry Entry, CertificateFacts? Facts)
{
    /// <summary>Its octets in the message, or a part of them.</summary>
    public ReadOnlyMemory<byte> Part(Range range) => Entry.Data[range];
}

/// <summary>The certificates of one Certificate message.</summary>
/// <param name="Handshake">Where it came.</param>
/// <param name="Event">The message.</param>
/// <param name="Certificates">The first of them, leaf first.</param>
internal sealed record SeenChain(
    SeenHandshake Handshake, HandshakeEvent Event, SeenCertificate[] Certificates)
{
    /// <summary>A chain may be as long as a peer likes; nobody needs more than these.</summary>
    private const int MostCertificates = 16;

    // Nor needs a peer to show so many, in so many handshakes.
    private const int MostChains = 8;
    private const int MostHandshakes = 100;

    public bool IsServer => Event.Direction == Direction.ServerToClient;

    /// <summary>The certificate of the sender; null if it can't be read or there is none.</summary>
    public CertificateFacts? Leaf => Certificates is [{ Facts: { } facts }, ..] ? facts : null;

    /// <summary>How to speak of a certificate.</summary>
    public string Name(int index)
    {
        var end = Sender.Of(Event.Direction);
        return index == 0 ? $"the certificate of the {end}" : $"certificate {index + 1} of the {end}'s chain";
    }

    /// <summary>A hit in a certificate, or in a part of it.</summary>
    public RuleHit Hit(string message, int index, Range? part = null) => new(
        message,
        Event,
        index >= Certificates.Length ? default
            : part is { } range ? Certificates[index].Part(range)
            : Certificates[index].Entry.Data);

    internal static SeenChain[] Of(SeenHandshake handshake)
    {
        var chains = new List<SeenChain>();
        if (handshake.Messages is not [{ Handshake: < MostHandshakes }, ..]) return [];
        foreach (var item in handshake.Sent)
        {
            if (chains.Count == MostChains) break;
            if (Certificate.In(item.Message.Body) is not { } certificate) continue;
            if (IsOfAnotherKind(handshake, item.Direction)) continue;
            chains.Add(new SeenChain(handshake, item,
            [
                .. certificate.Entries.Take(MostCertificates)
                    .Select((entry, index) => new SeenCertificate(index, entry, CertificateFacts.Of(entry.Data))),
            ]));
        }
        return [.. chains];
    }

    // RFC 7250, Section 4: the message may hold a bare key; RFC 6091: or a certificate of OpenPGP. X.509 may be chosen
    // by name as well.
    private static bool IsOfAnotherKind(SeenHandshake handshake, Direction sender)
    {
        foreach (var item in handshake.Sent)
        {
            if (item.Direction == Direction.ServerToClient && item.Message.Body is ServerHello or EncryptedExtensions
                && CertificateTypeExtension.Chosen(item.Message.Body.Extensions, sender == Direction.ServerToClient)
                    is { } chosen)
                return chosen != CertificateType.X509;
        }
        return false;
    }
}
