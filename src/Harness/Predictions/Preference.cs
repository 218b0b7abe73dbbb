using System.Text.Json.Serialization;

namespace TlsInterop.Harness.Predictions;

/// <summary>How a server chooses among what a client offers, as its answers show it.</summary>
/// <param name="Ranks">
/// Code points that it takes, those that it likes best first. Among those of one rank the client's order decides: a
/// server that has an order of its own has one of each rank, one that follows its clients has a single rank.
/// </param>
/// <param name="IsProven">False if nothing is known, or a question was answered otherwise than the ranks say.</param>
public sealed record Preference(IReadOnlyList<IReadOnlyList<ushort>> Ranks, bool IsProven = true)
{
    /// <summary>Of one that takes nothing.</summary>
    public static Preference None { get; } = new([]);

    /// <summary>Of one of which nothing is known.</summary>
    public static Preference Unknown { get; } = new([], IsProven: false);

    /// <summary>Everything that it takes, best first.</summary>
    [JsonIgnore]
    public IEnumerable<ushort> All => Ranks.SelectMany(rank => rank);

    /// <summary>True if the client's order decides, whatever is offered.</summary>
    [JsonIgnore]
    public bool IsTheClients => Ranks is [{ Count: > 1 }];

    /// <summary>What it chooses of an offer; null if it takes nothing of it.</summary>
    /// <param name="offered">Code points in the client's order.</param>
    public ushort? Choose(IReadOnlyCollection<ushort> offered)
    {
        foreach (var rank in Ranks)
        {
            foreach (var code in offered)
                if (rank.Contains(code)) return code;
        }
        return null;
    }

    /// <summary>Finds out how a server chooses.</summary>
    /// <remarks>
    /// What is chosen is taken out of the offer until nothing is taken any more: once from the first to the last, once
    /// the other way round. Where both have chosen the same ones by then, a rank ends.
    /// </remarks>
    /// <param name="all">What may be offered.</param>
    /// <param name="choose">Offers some, and tells what is chosen; null if nothing is.</param>
    public static async Task<Preference> OfAsync(
        IReadOnlyList<ushort> all, Func<IReadOnlyList<ushort>, Task<ushort?>> choose)
    {
        var forwards = await ChosenAsync(all, choose);
        if (forwards.Count == 0) return None;
        var backwards = await ChosenAsync([.. all.Where(forwards.Contains).Reverse()], choose);
        var preference = new Preference(RanksOf(forwards, backwards));
        // Some servers look at what stands first: each does, before the others in both orders.
        foreach (var first in forwards)
        {
            ushort[] others = [.. forwards.Where(code => code != first)];
            foreach (var offer in (ushort[][])[[first, .. others], [first, .. others.Reverse()]])
                if (await choose(offer) != preference.Choose(offer)) return preference with { IsProven = false };
        }
        return preference;
    }

    private static async Task<List<ushort>> ChosenAsync(
        IReadOnlyList<ushort> offered, Func<IReadOnlyList<ushort>, Task<ushort?>> choose)
    {
        var left = offered.ToList();
        var chosen = new List<ushort>();
        // What was not offered is no choice, and would never end.
        while (left.Count > 0 && await choose(left) is { } code && left.Remove(code)) chosen.Add(code);
        return chosen;
    }

    private static List<IReadOnlyList<ushort>> RanksOf(List<ushort> forwards, List<ushort> backwards)
    {
        var ranks = new List<IReadOnlyList<ushort>>();
        var start = 0;
        for (var end = 1; end <= forwards.Count; end++)
        {
            if (end < forwards.Count && !forwards.Take(end).ToHashSet().SetEquals(backwards.Take(end))) continue;
            ranks.Add([.. forwards[start..end]]);
            start = end;
        }
        return ranks;
    }
}
