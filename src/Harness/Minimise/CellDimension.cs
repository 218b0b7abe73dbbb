using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Minimise;

/// <summary>What can be chosen otherwise in a cell.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Of">The value of a cell, seen from the failure.</param>
public sealed record CellDimension(string Name, Func<Cell, Cell, string> Of)
{
    /// <summary>In the place of a value that a cell has not.</summary>
    public const string None = "none";

    // Another stack is a value by itself, in one of its versions: the versions of two stacks are not the same thing.
    public static readonly CellDimension
        ServerVersion = new("server version", (cell, failure) => VersionOf(cell.Server, failure.Server)),
        ClientVersion = new("client version", (cell, failure) => VersionOf(cell.Client, failure.Client)),
        Server = new("server", (cell, failure) => StackOf(cell.Server, failure.Server)),
        Client = new("client", (cell, failure) => StackOf(cell.Client, failure.Client));

    /// <summary>Every dimension. Of neighbours that are as near, the one that comes first is told first.</summary>
    public static readonly IReadOnlyList<CellDimension> All =
    [
        ServerVersion, ClientVersion, Server, Client,
        new("scenario", (cell, _) => cell.Scenario),
        new("protocol version", (cell, _) => cell.Version?.ToString() ?? Cell.OwnDefaults),
        // A suite is changed in its parts.
        OfSuite("key exchange", suite => Word(suite.KeyExchange)),
        OfSuite("authentication", suite => Word(suite.Authentication)),
        OfSuite("cipher", suite => suite.Cipher),
        OfSuite("mode", suite => Word(suite.Mode)),
        OfSuite("MAC", suite => suite.IsAead ? "AEAD" : suite.MacHash ?? None),
        new("group", (cell, _) => cell.Group ?? None),
        new("certificate", (cell, _) => cell.Certificate),
        new("quirk", (cell, _) => cell.Quirk ?? None),
    ];

    private static CellDimension OfSuite(string name, Func<CipherSuiteInfo, string> part) =>
        new(name, (cell, _) => cell.Suite?.Info is { } suite ? part(suite) : None);

    private static string VersionOf(EndpointReference own, EndpointReference failing) =>
        (own.Name == failing.Name ? own.Version : failing.Version) ?? None;

    private static string StackOf(EndpointReference own, EndpointReference failing) =>
        own.Name == failing.Name ? own.Name : own.ToString();

    // As the names of suites spell them; a suite of TLS 1.3 leaves key exchange and authentication open.
    private static string Word(Enum part) => part switch
    {
        KeyExchangeAlgorithm.Tls13 or AuthenticationAlgorithm.Tls13 => "of TLS 1.3",
        CipherMode.ChaCha20Poly1305 => "CHACHA20_POLY1305",
        _ => part.ToString().ToUpperInvariant(),
    };
}
