using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>What makes a ticket of TLS 1.3 a key, and proves that a client has it.</summary>
internal static class PreSharedKeys
{
    /// <summary>The key of a ticket (RFC 8446, Section 4.6.1).</summary>
    /// <param name="tree">The secrets of the connection that it came in, as deep as they go.</param>
    /// <param name="suite">Its suite.</param>
    /// <param name="transcript">Its handshake, up to the client's Finished.</param>
    /// <param name="nonce">ticket_nonce.</param>
    public static byte[] Of(
        SecretTree13 tree, CipherSuiteInfo suite, Transcript transcript, ReadOnlySpan<byte> nonce) =>
        Hkdf.ExpandLabel(
            suite.PrfHash, tree.Derive("res master", transcript), "resumption", nonce, Digests.Size(suite.PrfHash));

    /// <summary>The binder of a ClientHello (RFC 8446, Section 4.2.11.2).</summary>
    /// <param name="suite">The suite of the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="before">What was said before the hello: nothing, or what ends with a HelloRetryRequest.</param>
    /// <param name="hello">The hello with binders of the right length, whatever is in them.</param>
    /// <param name="bindersLength">Octets of the list of binders at its end, with its length.</param>
    public static byte[] Binder(
        CipherSuiteInfo suite, ReadOnlySpan<byte> key, Transcript before, ReadOnlySpan<byte> hello, int bindersLength)
    {
        var transcript = before.Copy();
        transcript.Add(hello[..^bindersLength]);
        var binderKey = new SecretTree13(suite, key).Derive("res binder", new Transcript());
        return KeySchedule13.VerifyData(suite, binderKey, transcript);
    }
}
