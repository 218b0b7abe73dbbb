using System.Collections;
using System.Net;
using System.Text;
using Org.BouncyCastle.Crypto.Tls;

namespace TlsInterop.Harness.Workers;

/// <summary>A Bouncy Castle client that offers exactly one version, and one suite and one curve where asked.</summary>
/// <param name="version">The newest version, and the oldest one too unless that is told.</param>
/// <param name="suite">The one suite, or null for Bouncy Castle's own list.</param>
/// <param name="curve">The one named curve, or null for Bouncy Castle's own list.</param>
/// <param name="serverName">The name for server_name, or null; an address is not sent (RFC 6066, Section 3).</param>
/// <param name="verify">Judges the server's certificates; throws <see cref="TlsFatalAlert"/> to refuse them.</param>
/// <param name="groups">Judges a server's finite field group; Bouncy Castle's own rule (a known group of 2048 bits or
/// more) if null.</param>
internal sealed class BouncyCastleClient(
    ProtocolVersion version, ushort? suite, int? curve, string? serverName, Action<Certificate> verify,
    TlsDHVerifier? groups = null)
    : DefaultTlsClient(new DefaultTlsCipherFactory(), groups ?? new DefaultTlsDHVerifier()), TlsAuthentication
{
    /// <summary>The one application protocol, or null.</summary>
    public string? Alpn { get; init; }

    /// <summary>The client's own certificate, or null if it has none.</summary>
    public CertificateFiles? Certificate { get; init; }

    /// <summary>True if the server is asked for an OCSP response.</summary>
    public bool AsksForStatus { get; init; }

    /// <summary>Where a session comes from and stays, or null if none is to be resumed.</summary>
    public SessionMemory? Memory { get; init; }

    /// <summary>True once both Finished messages are through.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The oldest version; null for no other than the newest.</summary>
    public ProtocolVersion? Oldest { get; init; }

    /// <summary>The version that the server chose.</summary>
    public ProtocolVersion SelectedVersion => mContext.ServerVersion;

    /// <summary>The suite that the server chose.</summary>
    public int SelectedSuite => mSelectedCipherSuite;

    /// <summary>The last fatal alert of either side in words, or null.</summary>
    public string? Alert { get; private set; }

    public override ProtocolVersion ClientVersion => version;

    public override ProtocolVersion MinimumVersion => Oldest ?? version;

    public override int[] GetCipherSuites() => suite is { } only ? [only] : base.GetCipherSuites();

    public override IDictionary GetClientExtensions()
    {
        var extensions = TlsExtensionsUtilities.EnsureExtensionsInitialised(base.GetClientExtensions());
        if (serverName is not null && !IPAddress.TryParse(serverName, out _))
        {
            var name = new ServerName(NameType.host_name, serverName);
            TlsExtensionsUtilities.AddServerNameExtension(extensions, new ServerNameList(new ArrayList { name }));
        }
        // RFC 7301, Section 3.1: ProtocolNameList, of one.
        if (Alpn is { } protocol)
        {
            byte[] name = [.. TlsUtilities.EncodeOpaque8(Encoding.ASCII.GetBytes(protocol))];
            extensions[ExtensionType.application_layer_protocol_negotiation] =
                (byte[])[(byte)(name.Length >> 8), (byte)name.Length, .. name];
        }
        if (AsksForStatus)
        {
            TlsExtensionsUtilities.AddStatusRequestExtension(
                extensions,
                new CertificateStatusRequest(CertificateStatusType.ocsp, new OcspStatusRequest(null, null)));
        }
        if (curve is { } only && TlsEccUtilities.ContainsEccCipherSuites(GetCipherSuites()))
        {
            // The list that the server's choice is checked against.
            mNamedCurves = [only];
            extensions.Remove(ExtensionType.supported_groups);
            TlsEccUtilities.AddSupportedEllipticCurvesExtension(extensions, mNamedCurves);
        }
        return extensions;
    }

    public override TlsAuthentication GetAuthentication() => this;

    void TlsAuthentication.NotifyServerCertificate(Certificate serverCertificate) => verify(serverCertificate);

    TlsCredentials? TlsAuthentication.GetClientCredentials(CertificateRequest certificateRequest) =>
        Certificate is { } files ? BouncyCastleCredentials.Read(files, mContext, certificateRequest) : null;

    public override TlsSession? GetSessionToResume() => (TlsSession?)Memory?.Session;

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        if (Memory is not null) Memory.Session = mContext.ResumableSession;
        IsComplete = true;
    }

    public override void NotifyAlertRaised(byte alertLevel, byte alertDescription, string message, Exception cause)
    {
        if (alertLevel == AlertLevel.fatal) Alert = $"we sent alert {AlertDescription.GetText(alertDescription)}";
    }

    public override void NotifyAlertReceived(byte alertLevel, byte alertDescription)
    {
        if (alertLevel == AlertLevel.fatal)
            Alert = $"the server sent alert {AlertDescription.GetText(alertDescription)}";
    }
}
