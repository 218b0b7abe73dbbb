using System.Buffers.Binary;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// The substitution and diffusion layers of ARIA, each round's pair of them as one table look-up an octet.
/// </summary>
/// <remarks>RFC 5794, Sections 2.4.2 and 2.4.3. A block is a number whose first octet counts most.</remarks>
internal static class AriaTables
{
    private const int Octets = 16;

    // RFC 5794, Section 2.4.2: SB1, which is also the S-box of AES, and SB2; SB3 and SB4 undo them.
    private static readonly byte[] Sb1 = Convert.FromHexString(
        "637c777bf26b6fc53001672bfed7ab76ca82c97dfa5947f0add4a2af9ca472c0"
        + "b7fd9326363ff7cc34a5e5f171d8311504c723c31896059a071280e2eb27b275"
        + "09832c1a1b6e5aa0523bd6b329e32f8453d100ed20fcb15b6acbbe394a4c58cf"
        + "d0efaafb434d338545f9027f503c9fa851a3408f929d38f5bcb6da2110fff3d2"
        + "cd0c13ec5f974417c4a77e3d645d197360814fdc222a908846eeb814de5e0bdb"
        + "e0323a0a4906245cc2d3ac629195e479e7c8376d8dd54ea96c56f4ea657aae08"
        + "ba78252e1ca6b4c6e8dd741f4bbd8b8a703eb5664803f60e613557b986c11d9e"
        + "e1f8981169d98e949b1e87e9ce5528df8ca1890dbfe6426841992d0fb054bb16");

    private static readonly byte[] Sb2 = Convert.FromHexString(
        "e24e54fc94c24acc620d6a463c4d8bd15efa64cbb497be2bbc772e03d31959c1"
        + "1d06416b55f09969ea9c18ae63dfe7bb007366fb964c85e43a0945aa0fee10eb"
        + "2d7ff429accfad918d78c895f92fcecd087a88385c832a2847dbb8c793a41253"
        + "ff870e3136215848018e377432cae9b1b7ab0cd7c4564226079860d9b6b91140"
        + "ec208cbda0c984044923f14f501f13dcd8c09e57e3c37b653b028f3ee82592e5"
        + "15ddfd17a9bfd49a7ec53967fe769d43a7e1d0f568f21b347005a38ad57986a8"
        + "30c6514b1ea627f635d26e2416825fdae675a2ef2cb21c9f5d6f800a72449b6c"
        + "900b5b337d5a52f361a1f7b0d63f7c6ded14e0a53d22b3f889de711aafbab581");

    private static readonly byte[][] Boxes = [Sb1, Sb2, Inverse(Sb1), Inverse(Sb2)];

    // RFC 5794, Section 2.4.3: output octet i is the XOR of these input octets. Read the other way, the same row says
    // which output octets input octet i goes into.
    private static readonly string[] DiffusionRows =
    [
        "34689de", "25789cf", "146abcf", "057abde", "0258bef", "1349aef", "0279acd", "1368bcd",
        "0147adf", "0156bce", "23568df", "23479ce", "12679bc", "03678ad", "03459be", "12458af",
    ];

    // Input octet i, wherever the diffusion layer puts it: a one in each of those octets, to multiply by the input.
    private static readonly UInt128[] Spread = [.. DiffusionRows.Select(OnesAt)];

    private static readonly UInt128[] OddTable = Table(firstBox: 0);
    private static readonly UInt128[] EvenTable = Table(firstBox: 2);

    /// <summary>Diffusion after substitution layer 1: the odd rounds.</summary>
    public static UInt128 Odd(UInt128 block) => LookUp(OddTable, block);

    /// <summary>Diffusion after substitution layer 2: the even rounds.</summary>
    public static UInt128 Even(UInt128 block) => LookUp(EvenTable, block);

    /// <summary>Substitution layer 2 alone: the last round.</summary>
    public static UInt128 SubstituteEven(UInt128 block)
    {
        Span<byte> octets = stackalloc byte[Octets];
        BinaryPrimitives.WriteUInt128BigEndian(octets, block);
        for (var i = 0; i < Octets; i++) octets[i] = Boxes[(i + 2) % 4][octets[i]];
        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    /// <summary>The diffusion layer alone: the round keys of decryption.</summary>
    public static UInt128 Diffuse(UInt128 block)
    {
        var diffused = UInt128.Zero;
        for (var i = 0; i < Octets; i++) diffused ^= Spread[i] * (byte)(block >> (120 - (8 * i)));
        return diffused;
    }

    private static UInt128 LookUp(UInt128[] table, UInt128 block)
    {
        var (high, low) = ((ulong)(block >> 64), (ulong)block);
        var result = UInt128.Zero;
        for (var i = 0; i < 8; i++)
        {
            var shift = 56 - (8 * i);
            result ^= table[(i << 8) | (byte)(high >> shift)] ^ table[((i + 8) << 8) | (byte)(low >> shift)];
        }
        return result;
    }

    private static UInt128[] Table(int firstBox)
    {
        var table = new UInt128[Octets << 8];
        for (var at = 0; at < table.Length; at++)
            table[at] = Spread[at >> 8] * Boxes[((at >> 8) + firstBox) % 4][at & 0xff];
        return table;
    }

    private static UInt128 OnesAt(string places)
    {
        var ones = UInt128.Zero;
        foreach (var place in places) ones |= UInt128.One << (120 - (8 * Convert.ToInt32(place.ToString(), 16)));
        return ones;
    }

    private static byte[] Inverse(byte[] box)
    {
        var inverse = new byte[256];
        for (var i = 0; i < 256; i++) inverse[box[i]] = (byte)i;
        return inverse;
    }
}
