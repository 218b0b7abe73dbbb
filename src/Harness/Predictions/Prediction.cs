using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>
/// What should come of a ClientHello at a server of which it is known how it chooses. Null: nothing is foretold of it.
/// </summary>
public sealed record Prediction
{
    /// <summary>The version.</summary>
    public ProtocolVersion? Version { get; private init; }

    /// <summary>The cipher suite.</summary>
    public CipherSuite? Suite { get; private init; }

    /// <summary>The group of (EC)DHE.</summary>
    public NamedGroup? Group { get; private init; }

    /// <summary>True if a HelloRetryRequest comes first.</summary>
    public bool? RetriesHello { get; private init; }

    /// <summary>The scheme of the server's signature.</summary>
    public SignatureScheme? Scheme { get; private init; }

    /// <summary>True if a session goes on.</summary>
    public bool? Resumes { get; private init; }

    /// <summary>True if extended_master_secret is agreed on.</summary>
    public bool? ExtendedMasterSecret { get; private init; }

    /// <summary>True if encrypt_then_mac is agreed on.</summary>
    public bool? EncryptThenMac { get; private init; }

    /// <summary>What the two have not in common, for which the server ends the handshake, or null.</summary>
    public ForetoldRefusal? Refused { get; private init; }

    /// <summary>What comes of a client's first hello.</summary>
    /// <param name="hello">The hello.</param>
    /// <param name="server">How the server chooses.</param>
    /// <param name="before">The client's connection before this one, whose session it may go on with; or null.</param>
    public static Prediction Of(ClientHello hello, ServerPolicy server, DecodedConnection? before)
    {
        if (server.Versions.Count == 0) return new() { Refused = ForetoldRefusal.Anything };
        if (VersionOf(hello, server) is not { } chosen) return new() { Refused = ForetoldRefusal.Version };
        var resumes = SessionOffer.IsOf(hello, chosen, before);
        var terms = new Terms(hello, chosen, server.Versions[chosen.Id]);
        if (terms.Suite is null && terms.Policy.Suites.IsProven)
            return new() { Version = chosen, Refused = ForetoldRefusal.Suite };
        if (hello.Extensions.Has(ExtensionType.SupportedVersions) && !hello.OfferedVersions.Contains(chosen))
            return new() { Version = chosen, Refused = ForetoldRefusal.OldVersion };
        if (chosen.IsTls13 && IsIncomplete(hello))
            return new() { Version = chosen, Refused = ForetoldRefusal.Extension };
        if (chosen.IsTls13 && terms.HasNoGroup) return new() { Version = chosen, Refused = ForetoldRefusal.Group };
        if (chosen.IsTls13 && !resumes && terms.HasNoScheme)
            return new() { Version = chosen, Refused = ForetoldRefusal.Scheme };
        var isShort = resumes && !chosen.IsTls13;
        return new()
        {
            Version = chosen,
            Suite = terms.Suite,
            Group = isShort ? null : terms.Group,
            RetriesHello = terms.RetriesHello,
            Scheme = resumes ? null : terms.Scheme,
            Resumes = resumes,
            ExtendedMasterSecret = terms.Answers(ExtensionType.ExtendedMasterSecret, terms.Policy.ExtendedMasterSecret),
            EncryptThenMac = terms.Suite?.Info?.Mode == CipherMode.Cbc
                ? terms.Answers(ExtensionType.EncryptThenMac, terms.Policy.EncryptThenMac)
                : null,
        };
    }

    private static bool IsIncomplete(ClientHello hello) =>
        !hello.Extensions.Has(ExtensionType.PreSharedKey)
        && new[] { ExtensionType.SupportedGroups, ExtensionType.KeyShare, ExtensionType.SignatureAlgorithms }
            .Any(type => !hello.Extensions.Has(type));

    // RFC 8446, Section 4.2.1: what supported_versions lists. RFC 5246, Appendix E.1: without it, or at a server that
    // does not know it, the latest up to the client's.
    private static ProtocolVersion? VersionOf(ClientHello hello, ServerPolicy server)
    {
        var lists = hello.Extensions.Has(ExtensionType.SupportedVersions)
            && server.Versions.ContainsKey(ProtocolVersion.Tls13.Id);
        return ProtocolVersion.Known.Where(known => server.Versions.ContainsKey(known.Id)
                && (lists ? hello.OfferedVersions.Contains(known) : known <= hello.LegacyVersion && !known.IsTls13))
            .Cast<ProtocolVersion?>().LastOrDefault();
    }
}
