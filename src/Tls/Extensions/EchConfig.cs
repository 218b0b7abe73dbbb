using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>A key that a server takes encrypted ClientHellos for.</summary>
/// <param name="Version">0xfe0d; of another version there are only <paramref name="Contents"/>.</param>
/// <param name="Contents">The contents as sent.</param>
/// <remarks>RFC 9849, Section 4.</remarks>
public sealed record EchConfig(ushort Version, ReadOnlyMemory<byte> Contents)
{
    private const ushort KnownVersion = 0xfe0d;

    /// <summary>What the client names the key by.</summary>
    public byte ConfigId { get; private init; }

    /// <summary>Kind of the key.</summary>
    public HpkeKemId KemId { get; private init; }

    /// <summary>The key.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; private init; }

    /// <summary>Encryptions that the server takes.</summary>
    public IReadOnlyList<HpkeSymmetricCipherSuite> CipherSuites { get; private init; } = [];

    /// <summary>The longest name that the server expects, in octets.</summary>
    public byte MaximumNameLength { get; private init; }

    /// <summary>The name that the outer ClientHello shows.</summary>
    public string PublicName { get; private init; } = "";

    /// <summary>Types of the configuration's own extensions; those from 0x8000 on are mandatory.</summary>
    public IReadOnlyList<ushort> ExtensionTypes { get; private init; } = [];

    /// <summary>The public name, or the version if it is not known here.</summary>
    public override string ToString() => Version == KnownVersion ? PublicName : $"0x{Version:x4}";

    /// <summary>Reads an ECHConfigList.</summary>
    internal static List<EchConfig> ReadList(ref WireReader reader)
    {
        // ECHConfig ECHConfigList<4..2^16-1>;
        // struct { uint16 version; uint16 length; select (version) { case 0xfe0d: ECHConfigContents contents; } }
        //     ECHConfig;
        var configs = new List<EchConfig>();
        var list = reader.List16("ECHConfigList", min: 4);
        while (list.More)
        {
            var version = list.U16("version");
            var contents = list.List16("contents");
            var whole = contents; // reads the same octets once more, as they are
            var config = new EchConfig(version, whole.Rest());
            if (version == KnownVersion) config = ReadContents(ref contents, config);
            if (list.Fault is null) configs.Add(config);
        }
        return configs;
    }

    private static EchConfig ReadContents(ref WireReader reader, EchConfig config)
    {
        // struct { uint8 config_id; HpkeKemId kem_id; HpkePublicKey public_key<1..2^16-1>;
        //          HpkeSymmetricCipherSuite cipher_suites<4..2^16-4>; } HpkeKeyConfig;
        // struct { ECHConfigExtensionType type; opaque data<0..2^16-1>; } ECHConfigExtension;
        // struct { HpkeKeyConfig key_config; uint8 maximum_name_length; opaque public_name<1..255>;
        //          ECHConfigExtension extensions<0..2^16-1>; } ECHConfigContents;
        var configId = reader.U8("config_id");
        var kemId = new HpkeKemId(reader.U16("kem_id"));
        var publicKey = reader.Vector16("public_key", min: 1);
        var suites = new List<HpkeSymmetricCipherSuite>();
        var suiteList = reader.List16("cipher_suites", min: 4, max: 0xfffc);
        while (suiteList.More) suites.Add(HpkeSymmetricCipherSuite.Read(ref suiteList));
        var maximumNameLength = reader.U8("maximum_name_length");
        var publicName = reader.Vector8("public_name", min: 1);
        var types = new List<ushort>();
        var extensions = reader.List16("extensions");
        while (extensions.More)
        {
            types.Add(extensions.U16("type"));
            _ = extensions.Vector16("data");
        }
        reader.End("ECHConfigContents");
        return config with
        {
            ConfigId = configId,
            KemId = kemId,
            PublicKey = publicKey,
            CipherSuites = suites,
            MaximumNameLength = maximumNameLength,
            PublicName = Printable.Ascii(publicName.Span),
            ExtensionTypes = types,
        };
    }

    internal static void WriteList(WireWriter writer, IReadOnlyList<EchConfig> configs)
    {
        using var list = writer.List16("ECHConfigList");
        foreach (var config in configs)
        {
            writer.U16(config.Version);
            writer.Vector16(config.Contents.Span, "contents");
        }
    }
}
