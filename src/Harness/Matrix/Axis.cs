namespace TlsInterop.Harness.Matrix;

/// <summary>One dimension of a matrix.</summary>
/// <param name="Name">Its key in a matrix file.</param>
/// <param name="IsRequired">True if a block must say it; the others have a value that stands for "not said".</param>
/// <param name="Of">The value that a cell has on this axis, as a matrix file writes it; null if it has none.</param>
/// <param name="AlsoCalled">What people call it as well; answered with a near match.</param>
public sealed record Axis(string Name, bool IsRequired, Func<Cell, string?> Of, params IReadOnlyList<string> AlsoCalled)
{
    public static readonly Axis Server = new("server", true, cell => cell.Server.ToString(), "servers");
    public static readonly Axis Client = new("client", true, cell => cell.Client.ToString(), "clients");
    public static readonly Axis Scenario = new("scenario", true, cell => cell.Scenario, "scenarios", "protocol");
    public static readonly Axis Version =
        new("version", true, cell => cell.Version?.Id ?? Cell.OwnDefaults, "versions", "tls");
    public static readonly Axis Suite =
        new("suite", false, cell => cell.Suite?.ToString(), "cipher", "ciphers", "ciphersuite");
    public static readonly Axis Group = new("group", false, cell => cell.Group, "groups", "curve", "curves");
    public static readonly Axis Certificate =
        new("certificate", false, cell => cell.Certificate, "certificates", "cert");
    public static readonly Axis Quirk = new("quirk", false, cell => cell.Quirk, "quirks", "variant");

    /// <summary>Every axis, in the order in which a file should have them.</summary>
    public static readonly IReadOnlyList<Axis> All =
        [Server, Client, Scenario, Version, Suite, Group, Certificate, Quirk];

    public override string ToString() => Name;
}
