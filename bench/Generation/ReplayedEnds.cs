namespace TlsInterop.Bench.Generation;

/// <summary>What makes one replay of a conversation another connection than the next.</summary>
/// <param name="Client">The last 32 bits of the client's address.</param>
/// <param name="Server">The last 32 bits of the server's address.</param>
/// <param name="ClientPort">The client's port.</param>
/// <param name="ClientSequence">What is added to the client's sequence numbers.</param>
/// <param name="ServerSequence">What is added to the server's sequence numbers.</param>
internal readonly record struct ReplayedEnds(
    uint Client, uint Server, ushort ClientPort, uint ClientSequence, uint ServerSequence)
{
    private const uint ClientNetwork = 0x0a000000;  // 10.0.0.0/8
    private const uint Servers = 0xac100001;        // 172.16.0.1 and the next fifteen
    private const int PortsPerClient = 50_000;

    /// <summary>The ends of the replay of a number: no two of the first eight hundred billion are the same.</summary>
    public static ReplayedEnds Of(long number, Random random) => new(
        ClientNetwork | (uint)((number / PortsPerClient) & 0xffffff),
        Servers + (uint)random.Next(16),
        (ushort)(10_000 + (number % PortsPerClient)),
        (uint)random.NextInt64(1L << 32),
        (uint)random.NextInt64(1L << 32));
}
