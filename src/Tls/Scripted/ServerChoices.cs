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

    private static void Require(bool isSo, string expected, string alert)
    {
        if (!isSo) throw new ScriptedFault($"Expected {expected}", alert);
    }
}
