using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TlsInterop.Tls.Capture.Live;

/// <summary>A <c>pcap_t</c>, closed once nobody uses it any more.</summary>
internal sealed class PcapHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public PcapHandle(nint handle) : base(ownsHandle: true) => SetHandle(handle);

    /// <summary>The library's text for its latest error on this handle.</summary>
    public string LastError => Marshal.PtrToStringUTF8(Libpcap.GetError(this)) ?? "";

    protected override bool ReleaseHandle()
    {
        Libpcap.Close(handle);
        return true;
    }
}
