namespace TlsInterop.Tls.Scripted.Quirks;

/// <summary>Which end can have a quirk.</summary>
[Flags]
public enum QuirkSide
{
    None = 0,

    /// <summary>A client.</summary>
    Client = 1,

    /// <summary>A server.</summary>
    Server = 2,

    /// <summary>Each of them.</summary>
    Both = Client | Server,
}
