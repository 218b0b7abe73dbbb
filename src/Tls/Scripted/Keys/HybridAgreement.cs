using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Keys;

/// <summary>Two groups in one: shares and secrets stand behind one another.</summary>
/// <remarks>draft-ietf-tls-ecdhe-mlkem, Section 4.</remarks>
internal sealed class HybridAgreement : KeyAgreement
{
    private readonly KeyAgreement[] _parts;

    [SetsRequiredMembers]
    private HybridAgreement(NamedGroup group, KeyAgreement[] parts)
    {
        Group = group;
        _parts = parts;
    }

    public override byte[] PublicKey => [.. _parts.SelectMany(part => part.PublicKey)];

    /// <summary>A key of a hybrid; null if a part of it has no managed code here, or it has no parts.</summary>
    public static HybridAgreement? OfParts(NamedGroup group, SecureRandom random)
    {
        var parts = (group.Info?.Parts ?? [])
            .Select(name => Of(new NamedGroup(NamedGroups.Find(name)!.Code), random)).ToArray();
        return parts.Length == 0 || parts.Contains(null) ? null : new(group, parts!);
    }

    private protected override byte[] Compute(byte[] peer, bool isTls13)
    {
        var shares = new KeyShareEntry(Group, peer).Parts;
        if (shares.Count != _parts.Length) throw new ArgumentException($"{peer.Length} octets are no share of it");
        return [.. _parts.Zip(shares).SelectMany(pair => pair.First.Secret(pair.Second.KeyExchange.Span, isTls13))];
    }
}
