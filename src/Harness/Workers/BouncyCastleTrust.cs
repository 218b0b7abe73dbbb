using System.Net;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Pkix;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Security.Certificates;
using Org.BouncyCastle.X509;
using Org.BouncyCastle.X509.Extension;

namespace TlsInterop.Harness.Workers;

/// <summary>
/// A small check of a server's chain: path to a trusted root, signatures, validity, name, name constraints, purpose.
/// </summary>
/// <remarks>RFC 5280, Section 6.1, without revocation and policies; alerts: RFC 5246, Section 7.2.2.</remarks>
internal sealed class BouncyCastleTrust
{
    private const int KeyCertSign = 5; // RFC 5280, Section 4.2.1.3

    // RFC 5280, Section 4.2.1.12
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string AnyPurpose = "2.5.29.37.0";

    private readonly X509Certificate[] _roots;

    private BouncyCastleTrust(IEnumerable<X509Certificate> roots) => _roots = [.. roots];

    /// <summary>Trusts the certificates of a PEM file.</summary>
    public static BouncyCastleTrust Read(string path) =>
        new(new X509CertificateParser().ReadCertificates(File.ReadAllBytes(path)).Cast<X509Certificate>());

    /// <summary>Judges a chain, leaf first.</summary>
    /// <exception cref="BouncyCastleTls.TlsFatalAlert">It is refused; the inner exception says why.</exception>
    public void Verify(IEnumerable<X509Certificate> chain, string serverName)
    {
        X509Certificate[] sent = [.. chain];
        if (sent.Length == 0)
            throw Refused(BouncyCastleTls.AlertDescription.bad_certificate, "the server sent no certificate");
        var path = FindPath(sent);
        foreach (var certificate in path) CheckValidity(certificate);
        foreach (var issuer in path[1..]) CheckNameConstraints(sent[0], issuer);
        CheckPurpose(sent[0]);
        if (!Names(sent[0]).Any(name => Matches(name, serverName)))
        {
            throw Refused(BouncyCastleTls.AlertDescription.bad_certificate,
                $"the certificate is not for {serverName} but for {string.Join(", ", Names(sent[0]))}");
        }
    }

    // The leaf, then an issuer each, until one is a trusted root. Each certificate is used at most once, so this ends.
    private List<X509Certificate> FindPath(X509Certificate[] sent)
    {
        var path = new List<X509Certificate> { sent[0] };
        var unused = sent[1..].ToList();
        while (true)
        {
            var last = path[^1];
            if (_roots.Contains(last)) return path;
            if (_roots.FirstOrDefault(root => IsIssuer(root, last)) is { } trusted)
            {
                CheckSignature(last, trusted);
                path.Add(trusted);
                return path;
            }
            var issuer = unused.Find(candidate => IsIssuer(candidate, last))
                ?? throw Refused(BouncyCastleTls.AlertDescription.unknown_ca,
                    $"no trusted issuer for {last.SubjectDN}: {last.IssuerDN} is unknown");
            CheckSignature(last, issuer);
            unused.Remove(issuer);
            path.Add(issuer);
        }
    }

    private static bool IsIssuer(X509Certificate issuer, X509Certificate subject) =>
        subject.IssuerDN.Equivalent(issuer.SubjectDN)
        && issuer.GetBasicConstraints() >= 0
        && (issuer.GetKeyUsage() is not { } usage || (usage.Length > KeyCertSign && usage[KeyCertSign]));

    private static void CheckSignature(X509Certificate certificate, X509Certificate issuer)
    {
        try
        {
            certificate.Verify(issuer.GetPublicKey());
        }
        catch (GeneralSecurityException fault)
        {
            // Another key under the same name: a root that was replaced looks like this.
            throw Refused(BouncyCastleTls.AlertDescription.unknown_ca,
                $"the signature of {certificate.SubjectDN} is not {issuer.SubjectDN}'s: {fault.Message}");
        }
    }

    private static void CheckValidity(X509Certificate certificate)
    {
        try
        {
            certificate.CheckValidity(DateTime.UtcNow);
        }
        catch (CertificateExpiredException)
        {
            throw Refused(BouncyCastleTls.AlertDescription.certificate_expired,
                $"{certificate.SubjectDN} expired at {certificate.NotAfter:u}");
        }
        catch (CertificateNotYetValidException)
        {
            throw Refused(BouncyCastleTls.AlertDescription.certificate_expired,
                $"{certificate.SubjectDN} is valid only from {certificate.NotBefore:u}");
        }
    }

    // RFC 5280, Sections 4.2.1.10 and 6.1.3
    private static void CheckNameConstraints(X509Certificate leaf, X509Certificate issuer)
    {
        if (issuer.GetExtensionValue(X509Extensions.NameConstraints) is not { } value) return;
        var constraints = NameConstraints.GetInstance(X509ExtensionUtilities.FromExtensionValue(value));
        var validator = new PkixNameConstraintValidator();
#pragma warning disable CS0618 // The new names of these are not in Portable.BouncyCastle.
        if (constraints.PermittedSubtrees is { } permitted) validator.IntersectPermittedSubtree(permitted);
        foreach (var excluded in constraints.ExcludedSubtrees?.Cast<Asn1Encodable>() ?? [])
            validator.AddExcludedSubtree(GeneralSubtree.GetInstance(excluded));
        try
        {
            foreach (var name in AlternativeNames(leaf))
            {
                validator.checkPermitted(name);
                validator.checkExcluded(name);
            }
        }
#pragma warning restore CS0618
        catch (PkixNameConstraintValidatorException)
        {
            throw Refused(BouncyCastleTls.AlertDescription.bad_certificate,
                $"the name constraints of {issuer.SubjectDN} do not permit a name of {leaf.SubjectDN}");
        }
    }

    // RFC 5280, Section 4.2.1.12
    private static void CheckPurpose(X509Certificate leaf)
    {
        if (leaf.GetExtendedKeyUsage() is not { } purposes) return;
        if (!purposes.Cast<object>().Any(static purpose => purpose.ToString() is ServerAuth or AnyPurpose))
        {
            throw Refused(BouncyCastleTls.AlertDescription.unsupported_certificate,
                $"{leaf.SubjectDN} is not for servers: its purpose");
        }
    }

    // RFC 9525, Section 6.3: subjectAltName only, the common name is no host name any more.
    private static IEnumerable<string> Names(X509Certificate certificate)
    {
        foreach (var name in AlternativeNames(certificate))
        {
            if (name.TagNo == GeneralName.DnsName) yield return DerIA5String.GetInstance(name.Name).GetString();
            if (name.TagNo != GeneralName.IPAddress) continue;
            var address = Asn1OctetString.GetInstance(name.Name).GetOctets();
            if (address.Length is 4 or 16) yield return new IPAddress(address).ToString();
        }
    }

    private static GeneralName[] AlternativeNames(X509Certificate certificate) =>
        certificate.GetExtensionValue(X509Extensions.SubjectAlternativeName) is { } value
            ? GeneralNames.GetInstance(X509ExtensionUtilities.FromExtensionValue(value)).GetNames()
            : [];

    // RFC 9525, Section 6.3: a wildcard stands for the whole left-most label.
    private static bool Matches(string presented, string wanted) =>
        presented.Equals(wanted, StringComparison.OrdinalIgnoreCase)
        || (presented.StartsWith("*.", StringComparison.Ordinal)
            && wanted.IndexOf('.') is var dot and > 0
            && presented.AsSpan(1).Equals(wanted.AsSpan(dot), StringComparison.OrdinalIgnoreCase));

    // RFC 8446, Appendix B.2: an alert is an octet, which has another type in each Bouncy Castle.
    private static BouncyCastleTls.TlsFatalAlert Refused(int alert, string why) =>
        new((byte)alert, new CertificateException(why));
}
