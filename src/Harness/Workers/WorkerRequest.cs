namespace TlsInterop.Harness.Workers;

/// <summary>One line of a worker's standard input.</summary>
public sealed record WorkerRequest
{
    /// <summary>Chosen by the asker; the answer carries it.</summary>
    public long Id { get; init; }

    /// <summary><c>connect</c>, <c>capabilities</c>, or of a server <c>serve</c>, <c>stop</c>.</summary>
    public string? Op { get; init; }

    /// <summary>Address to connect to, or to serve at beside the loopback.</summary>
    public string? Host { get; init; }

    /// <summary>TCP port to connect to, or to stop serving at; of <c>serve</c> 0 for any.</summary>
    public int Port { get; init; }

    /// <summary>The name in server_name, and the one the certificate must be for; the host if absent.</summary>
    public string? ServerName { get; init; }

    /// <summary>Path of the trusted root certificates, PEM; those of the system if absent.</summary>
    public string? Ca { get; init; }

    /// <summary>
    /// The one version to offer, as in cell ids: <c>tls1.2</c>; what the stack offers by itself if absent.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>
    /// The one suite to offer, by its IANA name with or without <c>TLS_</c>; what the stack offers by itself if absent.
    /// </summary>
    public string? Suite { get; init; }

    /// <summary>
    /// The one group to offer, by its IANA name: <c>x25519</c>, <c>secp256r1</c>; what the stack offers by itself if
    /// absent.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>What to say once the connection is secured.</summary>
    public IReadOnlyList<ConversationStep> Conversation { get; init; } = [];

    /// <summary>
    /// The protocol that is upgraded: <c>smtp</c>, <c>imap</c>, <c>pop3</c>; null for TLS from the first octet.
    /// </summary>
    public string? StartTls { get; init; }

    /// <summary>
    /// What the scenario asks of the client beside: names and values of <see cref="Scenarios.ScenarioParameter"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Asks { get; init; } = new Dictionary<string, string>();

    /// <summary>Folder of the certificates that <see cref="Asks"/> names, PEM.</summary>
    public string? Certificates { get; init; }

    /// <summary>How a scripted end departs from the plain handshake, or null.</summary>
    public string? Quirk { get; init; }

    /// <summary>Makes the random octets of a scripted end the same again; absent for real ones.</summary>
    public long? Seed { get; init; }

    /// <summary>Certificate profile of a server.</summary>
    public string? Certificate { get; init; }

    /// <summary>What a server speaks under TLS: <c>echo</c>, or a protocol of mail.</summary>
    public string? Dialogue { get; init; }

    /// <summary>Folder for what a server writes down.</summary>
    public string? Folder { get; init; }

    /// <summary>How often to connect and to hold the conversation.</summary>
    public int Visits { get; init; } = 1;

    /// <summary>True if the answer is to hold what was on the wire.</summary>
    public bool Taps { get; init; }

    /// <summary>Time for all of it, in milliseconds.</summary>
    public int DeadlineMilliseconds { get; init; } = 10_000;
}
