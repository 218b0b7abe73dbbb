using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Serve;

/// <summary>A session in which the client of every cell is a device that nobody here starts.</summary>
public interface IDeviceSession : ICellSession
{
    /// <summary>What the device has offered in all of its ClientHellos so far; null until it has come.</summary>
    DeviceOffer? Offer { get; }
}
