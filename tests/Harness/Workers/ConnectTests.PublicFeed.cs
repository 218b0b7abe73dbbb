using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Tests.Workers;

public sealed partial class ConnectTests
{
    [TestCase("AES_128_GCM_SHA256", "x25519", false)]
    [TestCase("AES_256_GCM_SHA384", "secp521r1", true)]
    [TestCase("CHACHA20_POLY1305_SHA256", "x448", true)]
    [TestCase("AES_128_GCM_SHA256", "ffdhe2048", false)]
    public async Task New_Bouncy_Castle_speaks_the_newest_version_with_the_suite_and_the_group_it_is_told(
        string suite, string group, bool ecdsa)
    {
        var chain = ecdsa ? _ecdsa : _rsa;
        await using var server = Serve(chain);
        var answer = await _workers["bouncycastle"].ConnectAsync(Request(server.Port, chain) with
        {
            Version = "tls1.3",
            Suite = suite,
            Group = group,
            Conversation = [new() { Echo = 1 }, new() { Echo = 16384 }, new() { Echo = 40960 }],
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
        Assert.That(answer.Output, Does.Contain(suite).And.Contain("1.3"));
        Assert.That(server.OrderlyEnds, Is.EqualTo(1));
    }
}
