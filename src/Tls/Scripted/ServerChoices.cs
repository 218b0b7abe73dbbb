using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>Compares what a server chose with what it was offered.</summary>
internal static class ServerChoices
{
    /// <summary>Checks a ServerHello.</summary>
    /// <param name="offered">The ClientHello that it answers.</param>
    /// <param name="retry">The HelloRetryRequest before it, or null.</param>
    /// <param name="chosen">The ServerHello.</param>
    /// <exception cref="ScriptedFault">It chose what was not on offer.</exception>
    public static void Check(ClientHello offered, ServerHello? retry, ServerHello chosen)
    {
        // RFC 8446, Section 4.2.1; RFC 5246, Appendix E.1: without supported_versions any older version is on offer.
        var version = chosen.Version;
        Require(
            offered.Extensions.Has(ExtensionType.SupportedVersions)
                ? offered.OfferedVersions.Contains(version)
                : version >= ProtocolVersion.Tls10 && version <= offered.LegacyVersion,
            $"a version that was offered. Got: {version}", "protocol_version");
        // RFC 8446, Section 4.1.3; RFC 5246, Section 7.4.1.3
        Require(
            offered.CipherSuites.Contains(chosen.CipherSuite),
            $"a suite that was offered. Got: {chosen.CipherSuite}", "illegal_parameter");
        Require(
            offered.CompressionMethods.Contains(chosen.CompressionMethod),
            $"a compression method that was offered. Got: {chosen.CompressionMethod}", "illegal_parameter");
        Require(
            !version.IsTls13 || chosen.SessionId.Span.SequenceEqual(offered.SessionId.Span),
            "the session id that was offered. Got: another", "illegal_parameter");
        CheckExtensions(offered, chosen);
        Require(
            retry is null || retry.CipherSuite == chosen.CipherSuite,
            $"{retry?.CipherSuite}, as in HelloRetryRequest. Got: {chosen.CipherSuite}", "illegal_parameter");
    }

    /// <summary>Checks a HelloRetryRequest.</summary>
    /// <exception cref="ScriptedFault">It asks for nothing, or for what was not on offer.</exception>
    public static void CheckRetry(ClientHello offered, ServerHello retry)
    {
        Check(offered, retry: null, retry);
        // RFC 8446, Sections 4.1.4 and 4.2.8
        var group = retry.Extensions.Find<KeyShareExtension>()?.SelectedGroup;
        Require(
            group is not null || retry.Extensions.Has(ExtensionType.Cookie),
            "a group or a cookie in HelloRetryRequest. Got: neither", "illegal_parameter");
        if (group is not { } wanted) return;
        Require(
            offered.Extensions.Find<SupportedGroupsExtension>()?.Groups.Contains(wanted) == true
                && offered.Extensions.Find<KeyShareExtension>()?.Entries.All(entry => entry.Group != wanted) == true,
            $"a group that was offered without a share. Got: {wanted}", "illegal_parameter");
    }

    /// <summary>Checks the extensions of an answer.</summary>
    /// <exception cref="ScriptedFault">One was not asked for.</exception>
    public static void CheckExtensions(ClientHello offered, HandshakeBody answer)
    {
        foreach (var type in answer.Extensions.Select(extension => extension.Type))
            Require(
                offered.Extensions.Has(type) || MayComeUnasked(offered, answer, type),
                $"answers to what was asked. Got: {type}", "unsupported_extension");
    }

    /// <summary>Checks the group of a ServerKeyExchange. Who has named none takes any (RFC 8422, Section 4).</summary>
    /// <exception cref="ScriptedFault">It was not on offer.</exception>
    public static void CheckGroup(ClientHello offered, ServerKeyExchange exchange)
    {
        // RFC 8422, Section 5.4; RFC 5246, Section 7.2.2
        if (exchange.NamedCurve is { } chosen
            && offered.Extensions.Find<SupportedGroupsExtension>()?.Groups is { } groups)
            Require(groups.Contains(chosen), $"a group that was offered. Got: {chosen}", "illegal_parameter");
    }

    // RFC 8446, Section 4.2; RFC 5746, Section 3.4: a signalling suite asks for renegotiation_info as well.
    private static bool MayComeUnasked(ClientHello offered, HandshakeBody answer, ExtensionType type) =>
        (type == ExtensionType.Cookie && answer is ServerHello { IsHelloRetryRequest: true })
        || (type == ExtensionType.RenegotiationInfo
            && offered.CipherSuites.Contains(CipherSuite.EmptyRenegotiationInfoScsv));

    private static void Require(bool isSo, string expected, string alert)
    {
        if (!isSo) throw new ScriptedFault($"Expected {expected}", alert);
    }
}
