namespace TlsInterop.Tls.Wire;

/// <summary>A version on the wire: 0x0303 is TLS 1.2. Unknown values are kept and printed in hexadecimal.</summary>
/// <remarks>RFC 8446, Section 4.1.2; GREASE values: RFC 8701, Section 2.</remarks>
public readonly record struct ProtocolVersion(ushort Code) : IComparable<ProtocolVersion>
{
    public static readonly ProtocolVersion Ssl2 = new(0x0002);
    public static readonly ProtocolVersion Ssl3 = new(0x0300);
    public static readonly ProtocolVersion Tls10 = new(0x0301);
    public static readonly ProtocolVersion Tls11 = new(0x0302);
    public static readonly ProtocolVersion Tls12 = new(0x0303);
    public static readonly ProtocolVersion Tls13 = new(0x0304);

    /// <summary>
    /// The versions that a matrix may ask for, oldest first, with the name used in cell ids (<c>tls1.2</c>).
    /// </summary>
    public static readonly IReadOnlyList<ProtocolVersion> Known = [Ssl3, Tls10, Tls11, Tls12, Tls13];

    /// <summary>
    /// The name in cell ids and matrices: <c>ssl3</c>, <c>tls1.0</c> ... <c>tls1.3</c>; else hexadecimal.
    /// </summary>
    public string Id => Code switch
    {
        0x0002 => "ssl2",
        0x0300 => "ssl3",
        0x0301 => "tls1.0",
        0x0302 => "tls1.1",
        0x0303 => "tls1.2",
        0x0304 => "tls1.3",
        _ => $"0x{Code:x4}",
    };

    /// <summary>
    /// The number alone, as in lists of versions: <c>1.2</c>, <c>SSL 3.0</c>, <c>GREASE</c>; drafts of TLS 1.3:
    /// <c>1.3-draft28</c>.
    /// </summary>
    public string Number => Code switch
    {
        >= 0x0301 and <= 0x0304 => $"1.{Code - 0x0301}",
        >= 0x7f00 and <= 0x7fff => $"1.3-draft{Code & 0xff}",
        _ when IsExperiment => $"1.3-{(Code >> 8 == 0x7e ? "google" : "facebook")}{Code & 0xff}",
        _ => Grease.Label(Code, ToString()),
    };

    /// <summary>True for TLS 1.3, its drafts, and what was made of them.</summary>
    public bool IsTls13 => Code is 0x0304 or >= 0x7f00 and <= 0x7fff || IsExperiment;

    /// <summary>True for a draft of TLS 1.3, whose forms and rules were others, and for what was made of one.</summary>
    public bool IsDraft => IsTls13 && Code != 0x0304;

    /// <summary>
    /// True for what Google and Facebook made of drafts of TLS 1.3 for a while: records and hellos are those of TLS
    /// 1.3, all else is as nobody has published it.
    /// </summary>
    public bool IsExperiment => Code is 0x7e01 or 0x7e02 or 0xfb17 or 0xfb1a;

    /// <summary>Finds a version by its <see cref="Id"/>.</summary>
    public static bool TryParse(string id, out ProtocolVersion version)
    {
        foreach (var known in Known)
        {
            if (known.Id != id) continue;
            version = known;
            return true;
        }
        version = default;
        return false;
    }

    public int CompareTo(ProtocolVersion other) => Code.CompareTo(other.Code);
    public static bool operator <(ProtocolVersion left, ProtocolVersion right) => left.Code < right.Code;
    public static bool operator >(ProtocolVersion left, ProtocolVersion right) => left.Code > right.Code;
    public static bool operator <=(ProtocolVersion left, ProtocolVersion right) => left.Code <= right.Code;
    public static bool operator >=(ProtocolVersion left, ProtocolVersion right) => left.Code >= right.Code;

    /// <summary>What a reader sees: <c>TLS 1.2</c>, <c>SSL 2.0</c>, <c>TLS 1.3-draft28</c>; else hexadecimal.</summary>
    public override string ToString() => Code switch
    {
        0x0002 => "SSL 2.0",
        0x0300 => "SSL 3.0",
        >= 0x0301 and <= 0x0304 => $"TLS {Number}",
        _ when IsDraft => $"TLS {Number}",
        _ => $"0x{Code:x4}",
    };
}
