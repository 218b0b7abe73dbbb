using System.Text;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>
/// The stanzas of one end of XMPP without what stands between their tags: passwords, answers to challenges, what people
/// say. It remembers where a stanza was cut.
/// </summary>
/// <remarks>RFC 6120, Sections 4.7, 6.3 and 6.4; XEP-0078; XEP-0114; XEP-0220.</remarks>
internal sealed class StanzaMask
{
    private const int LongestName = 32;

    private enum Place : byte { Text, Tag, Value }

    // What a server offers, why it refuses, and whom.
    private static readonly HashSet<string> OpenElements = ["mechanism", "method", "text", "username"];

    private static readonly HashSet<string> OpenAttributes =
        ["xmlns", "xmlns:stream", "to", "from", "id", "version", "xml:lang", "type", "mechanism", "encoding", "name"];

    private readonly StringBuilder _name = new();
    private string? _element;
    private Place _place;
    private char _quote;

    /// <summary>True if what comes is shown as it is.</summary>
    private bool _isOpen;

    /// <summary>True if the mark for what is hidden here was written.</summary>
    private bool _isMarked;

    /// <summary>The next octets of the end, safe to be shown.</summary>
    public string Shown(ReadOnlySpan<byte> octets)
    {
        var shown = new StringBuilder(octets.Length);
        _isMarked = false;
        foreach (var octet in octets.Trim(" \t\r\n"u8))
        {
            var letter = octet is >= 0x20 and < 0x7f ? (char)octet : ' ';
            switch (_place)
            {
                case Place.Text: Text(shown, letter); break;
                case Place.Tag: Tag(shown, letter); break;
                default: Value(shown, letter); break;
            }
        }
        return shown.ToString();
    }

    /// <summary>Octets are missing: what comes next may be anything.</summary>
    public void Gap() => (_place, _isOpen) = (Place.Text, false);

    private void Text(StringBuilder shown, char letter)
    {
        if (letter != '<')
        {
            Append(shown, letter);
            return;
        }
        shown.Append(letter);
        _name.Clear();
        (_place, _element, _isOpen, _isMarked) = (Place.Tag, null, false, false);
    }

    private void Tag(StringBuilder shown, char letter)
    {
        // Neither comments nor CDATA belong there (RFC 6120, Section 11.1); what they hide may be a secret.
        if (letter == '>' || _element is ['!', ..])
        {
            _element ??= _name.ToString();
            _isOpen = OpenElements.Contains(_element);
            (_place, _isMarked) = (Place.Text, false);
        }
        else if (letter is '"' or '\'')
        {
            (_place, _quote, _isMarked) = (Place.Value, letter, false);
            _isOpen = OpenAttributes.Contains(_name.ToString()) || _element is ['?', ..];
        }
        else if (letter == ' ')
        {
            _element ??= _name.ToString();
            _name.Clear();
        }
        else if (letter != '=' && _name.Length < LongestName)
        {
            _name.Append(letter);
            if (letter == '!') _element = "!";
        }
        shown.Append(letter);
    }

    private void Value(StringBuilder shown, char letter)
    {
        if (letter != _quote)
        {
            Append(shown, letter);
            return;
        }
        shown.Append(letter);
        (_place, _isMarked) = (Place.Tag, false);
        _name.Clear();
    }

    private void Append(StringBuilder shown, char letter)
    {
        if (_isOpen || (letter == ' ' && !_isMarked)) shown.Append(letter);
        else if (!_isMarked) shown.Append(ClearTextMask.Hidden);
        _isMarked |= letter != ' ';
    }
}
