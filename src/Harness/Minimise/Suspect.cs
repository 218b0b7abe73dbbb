namespace TlsInterop.Harness.Minimise;

/// <summary>Who is to blame, as far as others in the place of each end tell.</summary>
public enum Suspect
{
    /// <summary>Too few others could be tried.</summary>
    Open,

    /// <summary>It fails with other clients too, and with no other server, or few of them.</summary>
    Server,

    /// <summary>It fails with other servers too, and with no other client, or few of them.</summary>
    Client,

    /// <summary>It fails with nobody else at either end.</summary>
    OnlyThisPair,

    /// <summary>It fails with others at either end: it is not of these two.</summary>
    Neither,
}
