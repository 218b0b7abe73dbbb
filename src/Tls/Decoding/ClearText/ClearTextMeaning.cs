namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>What a message before TLS means for the way to TLS.</summary>
public enum ClearTextMeaning : byte
{
    /// <summary>Nothing, or nothing that is known.</summary>
    None,

    /// <summary>The client asks for TLS: STARTTLS, an SSLRequest.</summary>
    StartTls,

    /// <summary>The server agrees: TLS may begin.</summary>
    GoAhead,

    /// <summary>The server will not have TLS.</summary>
    Refusal,

    /// <summary>The client asks a proxy for a way to another server.</summary>
    Tunnel,

    /// <summary>The way is open: what follows is a dialogue of its own.</summary>
    TunnelOpen,

    /// <summary>The proxy will not open it.</summary>
    TunnelRefused,

    /// <summary>An end takes its leave.</summary>
    Goodbye,

    /// <summary>Octets that are neither text nor a message of a known protocol; the line says how many.</summary>
    NoText,
}
