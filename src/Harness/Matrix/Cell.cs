using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Matrix;

/// <summary>One point of a matrix: who talks to whom about what, and with which parameters.</summary>
/// <param name="Server">The endpoint in the role of the server.</param>
/// <param name="Client">The endpoint in the role of the client.</param>
/// <param name="Scenario">What the two do: <c>echo</c>, <c>starttls-smtp</c>...</param>
/// <param name="Version">
/// The version that both are told to speak, and no other; null if both are left to their own defaults.
/// </param>
/// <param name="Suite">The one cipher suite that is asked for; null exactly if the version is.</param>
/// <param name="Group">IANA name of the key exchange group that is forced, or null if the stacks choose.</param>
/// <param name="Certificate">Name of the server's certificate profile.</param>
/// <param name="Quirk">
/// How a scripted end departs from the plain handshake: a name of <see cref="AllQuirks"/>, or null.
/// </param>
public sealed record Cell(
    EndpointReference Server,
    EndpointReference Client,
    string Scenario,
    ProtocolVersion? Version,
    CipherSuite? Suite,
    string? Group = null,
    string Certificate = CertificateProfile.Default,
    string? Quirk = null) : IComparable<Cell>
{
    /// <summary>What a cell whose version and suite are the stacks' own choice says in their place.</summary>
    public const string OwnDefaults = "default";

    /// <summary>The cell's name everywhere: test, run folder, snapshot path, report anchor and <c>--cell</c>.</summary>
    public string Id => CellId.Format(this);

    /// <summary>
    /// Orders cells so that those that share a server configuration stand together: the client, which costs nothing
    /// to change, comes last.
    /// </summary>
    public int CompareTo(Cell? other)
    {
        if (other is null) return 1;
        var order = CompareServer(other);
        return order != 0 ? order : Client.CompareTo(other.Client);
    }

    /// <summary>True if one configured server can serve both, one after the other: they differ in the client.</summary>
    public bool SharesServerWith(Cell other) => CompareServer(other) == 0;

    private int CompareServer(Cell other)
    {
        var order = Server.CompareTo(other.Server);
        if (order == 0) order = string.CompareOrdinal(Scenario, other.Scenario);
        if (order == 0) order = string.CompareOrdinal(Certificate, other.Certificate);
        if (order == 0) order = Nullable.Compare(Version, other.Version);
        if (order == 0) order = Nullable.Compare(Suite?.Code, other.Suite?.Code);
        if (order == 0) order = string.CompareOrdinal(Group, other.Group);
        return order != 0 ? order : string.CompareOrdinal(Quirk, other.Quirk);
    }

    public static bool operator <(Cell left, Cell right) => left.CompareTo(right) < 0;
    public static bool operator >(Cell left, Cell right) => left.CompareTo(right) > 0;
    public static bool operator <=(Cell left, Cell right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Cell left, Cell right) => left.CompareTo(right) >= 0;

    public override string ToString() => Id;
}
