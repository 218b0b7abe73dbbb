using System.Runtime.CompilerServices;

namespace TlsInterop.Tls.Tests.Messages;

/// <summary>The files of the folder Certificates.</summary>
internal static class CertificateSample
{
    public static byte[] Leaf => Read("leaf.der");

    public static byte[] Root => Read("root.der");

    public static byte[] OcspGood => Read("ocsp-good.der");

    public static byte[] OcspRevoked => Read("ocsp-revoked.der");

    private static byte[] Read(string name, [CallerFilePath] string here = "") =>
        File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "Certificates", name));
}
