using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>
/// Fingerprints that were computed lately: thousands of connections of a capture are made by the same few programs. For
/// any thread.
/// </summary>
internal static class RecentFingerprints
{
    private const int Places = 512;

    /// <summary>Octets of <see cref="HelloContent"/> that an honest program's hello has.</summary>
    private const int Longest = 512;

    private const uint FromClient = 0;
    private const uint FromServer = 1;

    private static readonly RecentByContent<Pair> Known = new(Places, Longest);

    /// <summary>Both fingerprints of a hello.</summary>
    public sealed record Pair(string Ja3, string Ja4);

    /// <summary>JA3 and JA4.</summary>
    public static Pair Of(ClientHello hello)
    {
        var content = new HelloContent(stackalloc byte[Longest]);
        content.Add(hello.LegacyVersion.Code);
        content.Add((ushort)hello.CipherSuites.Count);
        for (var i = 0; i < hello.CipherSuites.Count; i++) content.Add(hello.CipherSuites[i].Code);
        content.Add(hello.Extensions);
        return Find(FromClient, content) ?? Kept(FromClient, content, new(Ja3.Of(hello), Ja4.Of(hello)));
    }

    /// <summary>JA3S and JA4S.</summary>
    public static Pair Of(ServerHello hello)
    {
        var content = new HelloContent(stackalloc byte[Longest]);
        content.Add(hello.LegacyVersion.Code);
        content.Add(hello.CipherSuite.Code);
        content.Add(hello.Extensions);
        return Find(FromServer, content) ?? Kept(FromServer, content, new(Ja3S.Of(hello), Ja4S.Of(hello)));
    }

    private static Pair? Find(uint kind, scoped HelloContent content) =>
        content.Fits ? Known.Find(kind, content.Octets) : null;

    private static Pair Kept(uint kind, scoped HelloContent content, Pair made)
    {
        if (content.Fits) Known.Keep(kind, content.Octets.ToArray(), made);
        return made;
    }
}
