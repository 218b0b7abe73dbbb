using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>LDAP: the client asks for TLS by an extended request.</summary>
/// <remarks>RFC 4511, Sections 4.1.1, 4.12 and 4.14.</remarks>
internal sealed class LdapReader : IMessageReader
{
    private const byte Bind = 0x60;
    private const byte Unbind = 0x42;
    private const byte ExtendedRequest = 0x77;
    private const byte ExtendedResponse = 0x78;

    // RFC 4511, Appendix B: protocolOp
    private static readonly Dictionary<byte, string> Operations = new()
    {
        [Bind] = "bind request", [0x61] = "bind response", [Unbind] = "unbind request", [0x63] = "search request",
        [0x64] = "search result entry", [0x65] = "search result done", [0x73] = "search result reference",
        [0x66] = "modify request", [0x67] = "modify response", [0x68] = "add request", [0x69] = "add response",
        [0x4a] = "delete request", [0x6b] = "delete response", [0x6c] = "modify DN request",
        [0x6d] = "modify DN response", [0x6e] = "compare request", [0x6f] = "compare response",
        [0x50] = "abandon request", [ExtendedRequest] = "extended request", [ExtendedResponse] = "extended response",
        [0x79] = "intermediate response",
    };

    private bool _asksForTls;

    private static ReadOnlySpan<byte> StartTls => "1.3.6.1.4.1.1466.20037"u8;

    public bool IsText => false;

    // LDAPMessage ::= SEQUENCE { messageID INTEGER, protocolOp CHOICE { ... }, controls [0] OPTIONAL }
    public static bool? Begins(Direction direction, ReadOnlySpan<byte> bytes)
    {
        const int MostToTell = 16;
        if (bytes[0] != BerElement.Sequence) return false;
        if (!BerElement.TryReadHeader(bytes, out var header, out _)) return bytes.Length < MostToTell ? null : false;
        var message = bytes[header..];
        if (message.IsEmpty) return null;
        if (message[0] != BerElement.Integer) return false;
        if (message.Length < 2) return null;
        if (message[1] is 0 or > 4) return false;
        var operation = message[1] + 2;
        return message.Length <= operation ? null : Operations.ContainsKey(message[operation]);
    }

    public int Length(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != BerElement.Sequence) return IMessageReader.Foreign;
        if (!BerElement.TryReadHeader(bytes, out var header, out var length))
            return bytes.Length < BerElement.LongestHeader ? 0 : IMessageReader.Foreign;
        return length > int.MaxValue - header ? IMessageReader.Foreign
            : header + length <= bytes.Length ? header + length
            : length > 16 << 10 ? IMessageReader.Foreign : 0;
    }

    public ClearTextMessage Read(Direction direction, ReadOnlySpan<byte> message)
    {
        if (!BerElement.TryTake(ref message, out var sequence)) return new("message that is no BER");
        var content = sequence.Content;
        if (!BerElement.TryTake(ref content, out _) || !BerElement.TryTake(ref content, out var operation))
            return new("message without an operation");
        return operation.Tag switch
        {
            Bind => new(BindText(operation.Content)),
            Unbind => new("unbind request", ClearTextMeaning.Goodbye),
            ExtendedRequest => Request(operation.Content),
            ExtendedResponse => Response(operation.Content),
            var tag => new(Operations.GetValueOrDefault(tag, $"operation 0x{tag:x2}")
                + ResultText(tag, operation.Content)),
        };
    }

    // BindRequest ::= [APPLICATION 0] SEQUENCE { version INTEGER, name LDAPDN, authentication CHOICE {
    //                 simple [0] OCTET STRING, sasl [3] SaslCredentials } }
    private static string BindText(ReadOnlySpan<byte> content)
    {
        if (!BerElement.TryTake(ref content, out _) || !BerElement.TryTake(ref content, out var name))
            return "bind request";
        _ = BerElement.TryTake(ref content, out var authentication);
        var text = $"bind request, name \"{Printable.Ascii(name.Content)}\"";
        if (authentication.Tag == 0x80)
            return $"{text}, simple {(authentication.Content.IsEmpty ? "(empty)" : ClearTextMask.Hidden)}";
        var credentials = authentication.Content;
        return authentication.Tag == 0xa3 && BerElement.TryTake(ref credentials, out var mechanism)
            ? $"{text}, SASL {Printable.Ascii(mechanism.Content)}"
            : text;
    }

    // ExtendedRequest ::= [APPLICATION 23] SEQUENCE { requestName [0] LDAPOID, requestValue [1] OPTIONAL }
    private ClearTextMessage Request(ReadOnlySpan<byte> content)
    {
        _ = BerElement.TryTake(ref content, out var name);
        if (!name.Content.SequenceEqual(StartTls)) return new($"extended request {Printable.Ascii(name.Content)}");
        _asksForTls = true;
        return new("StartTLS extended request", ClearTextMeaning.StartTls);
    }

    private ClearTextMessage Response(ReadOnlySpan<byte> content)
    {
        var result = ResultText(ExtendedResponse, content);
        if (!_asksForTls) return new($"extended response{result}");
        _asksForTls = false;
        var isSuccess = BerElement.TryTake(ref content, out var code) && code.Content is [0];
        return new($"StartTLS extended response{result}",
            isSuccess ? ClearTextMeaning.GoAhead : ClearTextMeaning.Refusal);
    }

    // LDAPResult ::= SEQUENCE { resultCode ENUMERATED, matchedDN LDAPDN, diagnosticMessage LDAPString, ... }
    private static string ResultText(byte tag, ReadOnlySpan<byte> content)
    {
        var isResult = tag is 0x61 or 0x65 or 0x67 or 0x69 or 0x6b or 0x6d or 0x6f or ExtendedResponse;
        if (!isResult || !BerElement.TryTake(ref content, out var code) || code.Content is not [var result]) return "";
        var text = result == 0 ? ": success" : $": result {result}";
        return BerElement.TryTake(ref content, out _) && BerElement.TryTake(ref content, out var diagnostic)
            && !diagnostic.Content.IsEmpty ? $"{text}, {Printable.Ascii(diagnostic.Content)}" : text;
    }
}
