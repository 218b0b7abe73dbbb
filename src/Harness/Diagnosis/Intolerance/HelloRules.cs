using TlsInterop.Harness.Diagnosis.Negotiation;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Intolerance;

/// <summary>Servers and middleboxes that fall over a hello that is as it should be.</summary>
internal static class HelloRules
{
    private const int OneSegment = 1400, OneOctetLength = 255, OddFrom = 256, OddTo = 511;
    private const int WithOther = 92;

    // By these stacks refuse a hello that they can't read, or don't like.
    private static readonly byte[] Vague = [HandshakeFailure, IllegalParameter, DecodeError, InternalError];

    private const string LooksAt = "the ClientHello, how the server ended, other connections of the two";

    public static readonly DiagnosisRule[] Rows =
    [
        new("large-client-hello-intolerance", "something on the way falls over a ClientHello of that length", LooksAt,
            "RFC 8446, Section 4.1.2; RFC 7685, Section 1",
            "A ClientHello may be as long as its extensions; some servers hang on 256 to 511 octets, others beyond a "
            + "segment.", Large)
        {
            Server = "bring it, and what stands before it, up to date; look at middleboxes that read hellos",
            Client = "try without post-quantum groups (X25519MLKEM768) and with fewer suites: a shorter hello",
        },
        new("tls13-intolerance", "something on the way falls over a ClientHello that offers TLS 1.3", LooksAt,
            "RFC 8446, Appendix D.4; RFC 8446, Section 4.2.1",
            "Who does not know a version ignores it, and answers with one that it knows.", Tls13)
        {
            Server = "bring it, and what stands before it, up to date", Client = "try with TLS 1.2 at most",
        },
        new("extension-intolerance", "the server falls over extensions that it does not know", LooksAt,
            "RFC 5246, Section 7.4.1.4; RFC 8446, Section 4.2",
            "Extensions that are not known are ignored.", Extension)
        {
            Server = "bring it up to date", Client = "try without the extensions, one after another",
        },
        new("grease-intolerance", "the server falls over values of GREASE", LooksAt, "RFC 8701, Section 1",
            "Values that are not known are ignored: GREASE is there to see to that.", Greasing)
        {
            Server = "report it to its makers", Client = "switch GREASE off to confirm it",
        },
    ];

    private static Suspicion? Large(DiagnosisEvidence seen)
    {
        if (!FellAtHello(seen)) return null;
        var octets = seen.OfferEvent!.Message.Bytes.Length;
        var isOdd = octets is >= OddFrom and <= OddTo;
        if (octets <= OneOctetLength) return null;
        var other = Through(seen, hello => hello.Message.Bytes.Length < octets * 3 / 4
            && hello.Message.Bytes.Length < (isOdd ? OddFrom : octets));
        if (!isOdd && octets <= OneSegment && other is null) return null;
        // As long a hello was answered: it is not the length.
        if (other is null && Through(seen, hello => hello.Message.Bytes.Length == octets) is not null) return null;
        return new(
            $"the ClientHello has {octets} octets, {Why(octets, isOdd)}, and the {Fell(seen)}",
            other is not null ? WithOther - (isOdd || octets > OneSegment ? 0 : 20)
                : octets > OneSegment ? 58
                : 28, // OpenSSL's usual hello is as long as that: its length alone says nothing
            other is not null
                ? $"a hello of {other.Message.Bytes.Length} octets got through between the same two"
                : "no alert: what refuses a hello with a reason says so; but the capture has no shorter one to compare",
            [$"frame {seen.OfferEvent.At.Number}, ClientHello: {octets} octets", seen.Ending.InWords, .. Other(other)]);
    }

    private static string Why(int octets, bool isOdd) =>
        octets > OneSegment ? "more than one segment holds"
        : isOdd ? "one of the lengths that old load balancers take for SSL 2.0" : "more than the one that got through";

    private static Suspicion? Tls13(DiagnosisEvidence seen)
    {
        if (!FellAtHello(seen, [.. Vague, ProtocolVersionAlert]) || !Offers.HasTls13(seen.Offer!)) return null;
        var other = Through(seen, item => item.Message.Body is ClientHello hello && !Offers.HasTls13(hello));
        var offersOlder = seen.Facts.OfferedVersions.Any(version => !version.IsTls13 && !Grease.Is(version.Code));
        // An alert is an answer: without another connection to compare, it is taken by its word.
        if (other is null && (!seen.Ending.IsSilent || !offersOlder)) return null;
        if (other is null && seen.OfferEvent!.Message.Bytes.Length > OneSegment) return null;
        return new(
            $"the ClientHello offers TLS 1.3 beside older versions, and the {Fell(seen)}",
            other is not null ? WithOther : 38,
            other is not null ? "a hello without TLS 1.3 got through between the same two"
                : "no alert, and the capture has no hello without TLS 1.3 to compare",
            [seen.Ending.InWords, .. Offers.Evidence(seen), .. Other(other)]);
    }

    private static Suspicion? Extension(DiagnosisEvidence seen)
    {
        if (!FellAtHello(seen, [.. Vague, UnexpectedMessage])) return null;
        var extensions = seen.Offer!.Extensions;
        if (extensions.Count == 0) return null;
        var other = Through(seen, item => item.Message.Body.Extensions.Count < extensions.Count
            && item.Message.Body is ClientHello hello && Offers.HasTls13(hello) == Offers.HasTls13(seen.Offer));
        var isWrong = seen.OfferEvent!.Message.Fault is not null
            || extensions.Any(extension => extension.Fault is not null)
            || seen.Findings.Any(finding => finding is
                { Severity: Severity.Error, Direction: Direction.ClientToServer });
        if (other is null && (isWrong || !seen.EndedWith(DecodeError, IllegalParameter))) return null;
        var more = extensions.Select(item => item.Type).Where(type =>
            other?.Message.Body.Extensions.Has(type) == false);
        return new(
            "the server falls over the extensions of the ClientHello"
            + (other is null ? "" : $": {Phrase.List(more, type => type.Code)}"),
            other is not null ? 86 : 34,
            other is not null ? "a hello without them got through between the same two"
                : "the alert is about a message that does not decode, and the hello does",
            [seen.Ending.InWords, .. Other(other)]);
    }

    private static Suspicion? Greasing(DiagnosisEvidence seen)
    {
        if (!FellAtHello(seen, [.. Vague, UnexpectedMessage]) || !Offers.HasGrease(seen.Offer!)) return null;
        var other = Through(seen, item => item.Message.Body is ClientHello hello && !Offers.HasGrease(hello)
            && Offers.HasTls13(hello) == Offers.HasTls13(seen.Offer!));
        if (other is null && !seen.EndedWith(IllegalParameter, DecodeError) && !seen.Ending.IsSilent) return null;
        return new(
            $"the ClientHello holds values of GREASE, and the {Fell(seen)}", other is not null ? 88 : 26,
            other is not null ? "a hello without GREASE got through between the same two"
                : "nothing speaks against other causes",
            [seen.Ending.InWords, .. Other(other)]);
    }

    // Reset, close or silence where an answer belongs; for some also an alert.
    private static bool FellAtHello(DiagnosisEvidence seen, params ReadOnlySpan<byte> codes)
    {
        if (!seen.EndedAtHello || seen.Offer is null || seen.Ending.IsByClient && seen.Ending.Alert is not null)
            return false;
        if (seen is { Context.CutAt: not null, Ending.By: null } || seen.OfferEvent!.Message.Fault is not null)
            return false;
        if (seen.Said(Direction.ServerToClient).Any(item => item.At.Number > seen.OfferEvent!.At.Number)) return false;
        return seen.Ending.Alert is null || codes.Contains(seen.Ending.Alert.Value.Code);
    }

    private static string Fell(DiagnosisEvidence seen) =>
        seen.Ending.By is null ? "server does not answer"
        : seen.Ending.IsByClient ? "server does not answer, until the client closes"
        : $"server ends with {seen.Ending.How}";

    // The hello of another connection of the two which a server answered by a ServerHello.
    private static HandshakeEvent? Through(DiagnosisEvidence seen, Func<HandshakeEvent, bool> isSimpler) =>
        seen.Context.Others.Where(other => other.Facts.ServerHello is not null)
            .Select(other => other.Messages.FirstOrDefault(item => item.Message.Body is ClientHello))
            .FirstOrDefault(item => item is not null && isSimpler(item));

    private static IEnumerable<string> Other(HandshakeEvent? other) => other is null ? []
        : [$"frame {other.At.Number}, ClientHello of another connection: answered by a ServerHello"];
}
