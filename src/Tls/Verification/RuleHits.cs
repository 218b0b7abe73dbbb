using System.Runtime.CompilerServices;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Tls.Verification;

/// <summary>Where the rules put what they find in a connection. It costs nothing while they stay quiet.</summary>
public sealed class RuleHits
{
    private readonly Evidence _evidence;
    private List<Finding>? _findings;
    private Rule? _rule;
    private int _ofThisRule;

    internal RuleHits(Evidence evidence) => _evidence = evidence;

    /// <summary>True if more hits of this rule would be dropped.</summary>
    public bool IsFull => _ofThisRule >= Rules.MaximumFindingsPerRule;

    /// <summary>What was found, in the order of the rules.</summary>
    internal IReadOnlyList<Finding> Findings => _findings ?? (IReadOnlyList<Finding>)[];

    /// <summary>Lets a rule look at the connection.</summary>
    internal void Ask(Rule rule)
    {
        (_rule, _ofThisRule) = (rule, 0);
        rule.Check(_evidence, this);
    }

    /// <summary>One more hit; dropped without a word if there are <see cref="Rules.MaximumFindingsPerRule"/>.</summary>
    public void Add(in RuleHit hit)
    {
        if (IsFull) return;
        _ofThisRule++;
        (_findings ??= []).Add(_rule!.At(hit, _evidence));
    }

    /// <summary>A hit in a frame; see <see cref="RuleHit(string, Direction?, long)"/>.</summary>
    public void Add(
        [InterpolatedStringHandlerArgument("")] ref RuleText message, Direction? direction, long frame)
    {
        if (!IsFull) Add(new RuleHit(message.ToString(), direction, frame));
    }

    /// <summary>A hit in an event; see <see cref="RuleHit(string, ConnectionEvent, ReadOnlyMemory{byte})"/>.</summary>
    public void Add(string message, ConnectionEvent item, ReadOnlyMemory<byte> part = default)
    {
        if (!IsFull) Add(new RuleHit(message, item, part));
    }

    /// <summary>A hit in a record; see <see cref="RuleHit(string, DecodedRecord, ReadOnlyMemory{byte})"/>.</summary>
    public void Add(string message, DecodedRecord record, ReadOnlyMemory<byte> part = default)
    {
        if (!IsFull) Add(new RuleHit(message, record, part));
    }

    /// <summary>The same with a text that is made only if the hit is kept.</summary>
    public void Add(
        [InterpolatedStringHandlerArgument("")] ref RuleText message,
        ConnectionEvent item,
        ReadOnlyMemory<byte> part = default)
    {
        if (!IsFull) Add(new RuleHit(message.ToString(), item, part));
    }

    /// <summary>The same with a text that is made only if the hit is kept.</summary>
    public void Add(
        [InterpolatedStringHandlerArgument("")] ref RuleText message,
        DecodedRecord record,
        ReadOnlyMemory<byte> part = default)
    {
        if (!IsFull) Add(new RuleHit(message.ToString(), record, part));
    }
}
