using System.Reflection;
using System.Runtime.InteropServices;

namespace TlsInterop.Tls.Capture.Live;

/// <summary>The functions of libpcap that a live capture needs, named as in pcap(3PCAP).</summary>
internal static unsafe partial class Libpcap
{
    private const string Library = "pcap";

    /// <summary>PCAP_ERRBUF_SIZE.</summary>
    public const int ErrorBufferLength = 256;

    /// <summary>PCAP_NETMASK_UNKNOWN: filters with "ip broadcast" are refused, nothing else changes.</summary>
    public const uint NetmaskUnknown = 0xffffffff;

    /// <summary>PCAP_TSTAMP_PRECISION_NANO.</summary>
    public const int PrecisionNano = 1;

    public const int ErrorBreak = -2;
    public const int ErrorNoSuchDevice = -5;
    public const int ErrorPermissionDenied = -8;
    public const int ErrorInterfaceNotUp = -9;
    public const int ErrorPromiscuousPermissionDenied = -11;

    /// <summary>Debian and Ubuntu, others on Linux, macOS, Windows (Npcap).</summary>
    private static readonly string[] Names =
        ["libpcap.so.0.8", "libpcap.so.1", "libpcap.so", "libpcap.dylib", "libpcap.A.dylib", "wpcap"];

    private static readonly Lazy<nint> Handle = new(Load);

    /// <summary>Loads the library.</summary>
    /// <exception cref="CaptureException">It is not on this machine.</exception>
    public static void Require()
    {
        if (Handle.Value == 0) throw CaptureException.LibraryMissing(Names);
    }

    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (!NativeLibrary.TryLoad(name, out var handle)) continue;
            NativeLibrary.SetDllImportResolver(typeof(Libpcap).Assembly, Resolve);
            return handle;
        }
        return 0;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == Library ? Handle.Value : 0;

    /// <summary>struct pcap_pkthdr: a struct timeval, then two lengths.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PacketHeader
    {
        public CLong Seconds;
        /// <summary>Nano- or microseconds. A 32-bit field with padding on macOS: only the low half counts.</summary>
        public CLong Fraction;
        public uint CapturedLength;
        public uint OriginalLength;
    }

    /// <summary>struct pcap_stat, with room for what Npcap adds.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    public struct Statistics
    {
        public uint Received;
        public uint Dropped;
        public uint DroppedByInterface;
    }

    /// <summary>struct bpf_program.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Program
    {
        public uint Length;
        public nint Instructions;
    }

    [LibraryImport(Library, EntryPoint = "pcap_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Create(string source, byte* errorBuffer);

    [LibraryImport(Library, EntryPoint = "pcap_set_snaplen")]
    public static partial int SetSnapLength(PcapHandle handle, int length);

    [LibraryImport(Library, EntryPoint = "pcap_set_promisc")]
    public static partial int SetPromiscuous(PcapHandle handle, int on);

    [LibraryImport(Library, EntryPoint = "pcap_set_immediate_mode")]
    public static partial int SetImmediateMode(PcapHandle handle, int on);

    [LibraryImport(Library, EntryPoint = "pcap_set_timeout")]
    public static partial int SetTimeout(PcapHandle handle, int milliseconds);

    [LibraryImport(Library, EntryPoint = "pcap_set_buffer_size")]
    public static partial int SetBufferSize(PcapHandle handle, int octets);

    [LibraryImport(Library, EntryPoint = "pcap_set_tstamp_precision")]
    public static partial int SetPrecision(PcapHandle handle, int precision);

    [LibraryImport(Library, EntryPoint = "pcap_get_tstamp_precision")]
    public static partial int GetPrecision(PcapHandle handle);

    [LibraryImport(Library, EntryPoint = "pcap_activate")]
    public static partial int Activate(PcapHandle handle);

    [LibraryImport(Library, EntryPoint = "pcap_datalink")]
    public static partial int DataLink(PcapHandle handle);

    [LibraryImport(Library, EntryPoint = "pcap_compile", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Compile(PcapHandle handle, Program* program, string filter, int optimize, uint netmask);

    [LibraryImport(Library, EntryPoint = "pcap_setfilter")]
    public static partial int SetFilter(PcapHandle handle, Program* program);

    [LibraryImport(Library, EntryPoint = "pcap_freecode")]
    public static partial void FreeCode(Program* program);

    [LibraryImport(Library, EntryPoint = "pcap_next_ex")]
    public static partial int Next(PcapHandle handle, PacketHeader** header, byte** bytes);

    [LibraryImport(Library, EntryPoint = "pcap_stats")]
    public static partial int GetStatistics(PcapHandle handle, Statistics* statistics);

    [LibraryImport(Library, EntryPoint = "pcap_breakloop")]
    public static partial void BreakLoop(PcapHandle handle);

    [LibraryImport(Library, EntryPoint = "pcap_geterr")]
    public static partial nint GetError(PcapHandle handle);

    [LibraryImport(Library, EntryPoint = "pcap_close")]
    public static partial void Close(nint handle);
}
