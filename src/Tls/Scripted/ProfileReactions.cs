using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Scripted;

/// <summary>Compares what a client meets with what its profile can't bear.</summary>
/// <param name="reactions">What it can't bear.</param>
/// <param name="now">The moment that certificates are judged at.</param>
internal sealed class ProfileReactions(IReadOnlyList<Reaction> reactions, DateTimeOffset now)
{
    /// <summary>A record without its protection.</summary>
    public void Meet(OpenedRecord record) =>
        React(Trigger.ExtraPadding, record.ExtraPaddingBlocks > 0,
            $"a record with {record.PaddingLength} octets of padding");

    /// <summary>The server's hello.</summary>
    public void Meet(ServerHello hello) =>
        React(Trigger.DowngradeSentinel, hello.DowngradeSentinel is not null, "a downgrade sentinel");

    /// <summary>The server's chain, when it has said all that it has to say before the client's answer.</summary>
    public void Meet(IReadOnlyList<ReadOnlyMemory<byte>> chain)
    {
        if (chain is not [var leaf, ..] || CertificateSummary.TryRead(leaf) is not { } certificate) return;
        React(Trigger.ExpiredCertificate, certificate.NotAfter < now,
            $"a certificate that expired on {certificate.NotAfter:yyyy-MM-dd}");
        React(Trigger.NotYetValidCertificate, certificate.NotBefore > now,
            $"a certificate that is valid from {certificate.NotBefore:yyyy-MM-dd} on");
    }

    private void React(Trigger trigger, bool isMet, string what)
    {
        if (!isMet || reactions.FirstOrDefault(reaction => reaction.To == trigger) is not { } reaction) return;
        throw reaction.Alert is { } alert
            ? new ScriptedFault($"the profile refuses {what} with {alert}", alert.ToString())
            : new ScriptedFault($"the profile closes at {what}");
    }
}
