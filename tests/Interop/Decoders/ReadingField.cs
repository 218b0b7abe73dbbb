namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>What two decoders are compared by.</summary>
internal enum ReadingField
{
    /// <summary>Content type and length of each record, the server's behind the client's.</summary>
    Records,

    /// <summary>The version of each ServerHello.</summary>
    Version,

    /// <summary>The suite of each ServerHello.</summary>
    Suite,

    /// <summary>The group of each ServerHello or ServerKeyExchange.</summary>
    Group,

    /// <summary>Handshake messages and ChangeCipherSpec in the order of the capture.</summary>
    Messages,

    /// <summary>The suites that the client offers.</summary>
    OfferedSuites,

    /// <summary>The types of the extensions of each message in their order.</summary>
    Extensions,

    ServerName,

    /// <summary>ALPN's names, of either end.</summary>
    Alpn,

    Alerts,

    /// <summary>Each certificate: length, hash, serial number and common name.</summary>
    Certificates,

    /// <summary>The decrypted application data of each direction: length and hash.</summary>
    ApplicationData,
}
