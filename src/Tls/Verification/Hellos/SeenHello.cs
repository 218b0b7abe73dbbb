using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>A hello that could be read to its end, of either side, as far as both sides have the same fields.</summary>
/// <param name="Event">The message.</param>
/// <param name="IsTls13">True if it offers or chooses TLS 1.3.</param>
/// <param name="LegacyVersion">Its legacy_version.</param>
/// <param name="Random">Its random.</param>
/// <param name="Compressions">What it offers or chooses.</param>
internal sealed record SeenHello(
    HandshakeEvent Event,
    bool IsTls13,
    ProtocolVersion LegacyVersion,
    ReadOnlyMemory<byte> Random,
    IReadOnlyList<CompressionMethod> Compressions)
{
    private static readonly CompressionMethod[] NullAlone = [CompressionMethod.Null];

    internal static SeenHello[] Of(HandshakeEvent[] messages)
    {
        var hellos = new List<SeenHello>();
        foreach (var item in messages)
        {
            if (item.Message.Fault is not null) continue;
            switch (item.Message.Body)
            {
                case ClientHello hello:
                    hellos.Add(new(item, hello.OfferedVersions.Contains(ProtocolVersion.Tls13),
                        hello.LegacyVersion, hello.Random, hello.CompressionMethods));
                    break;
                case ServerHello hello:
                    var chosen = hello.CompressionMethod;
                    hellos.Add(new(item, hello.Version == ProtocolVersion.Tls13, hello.LegacyVersion, hello.Random,
                        chosen == CompressionMethod.Null ? NullAlone : [chosen]));
                    break;
            }
        }
        return [.. hellos];
    }
}
