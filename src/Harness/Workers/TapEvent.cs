using System.Text.Json.Serialization;

namespace TlsInterop.Harness.Workers;

/// <summary>What a tap can see of a transport.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TapEvent>))]
public enum TapEvent
{
    /// <summary>This end wrote.</summary>
    Sent,

    /// <summary>The peer's octets were read.</summary>
    Received,

    /// <summary>The peer ended its direction (FIN).</summary>
    Ended,

    /// <summary>This end ended its direction (FIN).</summary>
    Closed,

    /// <summary>This end gave up the connection (RST).</summary>
    Aborted,

    /// <summary>The peer gave up the connection (RST).</summary>
    Reset,
}
