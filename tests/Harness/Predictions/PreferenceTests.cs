using TlsInterop.Harness.Predictions;

namespace TlsInterop.Harness.Tests.Predictions;

public sealed class PreferenceTests
{
    [Test]
    public async Task A_server_with_an_order_of_its_own_has_one_of_each_rank()
    {
        var found = await Preference.OfAsync([1, 2, 3, 4], Server([[3], [1], [2]]));

        Assert.That(Ranks(found), Is.EqualTo("3 | 1 | 2"));
        Assert.That(found.IsProven);
        Assert.That(found.IsTheClients, Is.False);
        Assert.That(found.Choose([2, 4, 1]), Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_follows_its_clients_has_a_single_rank()
    {
        var found = await Preference.OfAsync([1, 2, 3, 4], Server([[1, 2, 4]]));

        Assert.That(Ranks(found), Is.EqualTo("1 2 4"));
        Assert.That(found.IsTheClients);
        Assert.That(found.Choose([3, 4, 2]), Is.EqualTo(4));
    }

    [Test]
    public async Task Where_only_some_are_equal_to_it_the_clients_order_decides_among_those()
    {
        var found = await Preference.OfAsync([1, 2, 3, 4, 5, 6], Server([[6], [2, 5], [1, 3, 4]]));

        Assert.That(Ranks(found), Is.EqualTo("6 | 2 5 | 1 3 4"));
        Assert.That(found.IsProven);
    }

    [Test]
    public async Task What_no_ranks_explain_is_not_proven()
    {
        // It takes the first, or the last, of three; of four the second.
        var found = await Preference.OfAsync(
            [1, 2, 3, 4], offered => Task.FromResult((ushort?)(offered.Count == 4 ? offered[1] : offered[0])));

        Assert.That(found.IsProven, Is.False);
    }

    [Test]
    public async Task Who_takes_one_that_stands_first_and_has_an_order_else_is_not_proven()
    {
        // As OpenSSL with SSL_OP_PRIORITIZE_CHACHA: 3, if the client likes it best.
        var own = new Preference([[2], [3], [1]]);
        var found = await Preference.OfAsync(
            [1, 2, 3], offered => Task.FromResult(offered[0] == 3 ? (ushort)3 : own.Choose([.. offered])));

        Assert.That(found.IsProven, Is.False);
    }

    [Test]
    public async Task Who_takes_nothing_of_an_offer_has_no_ranks_and_who_takes_something_else_is_not_asked_for_ever()
    {
        Assert.That(await Preference.OfAsync([1, 2], _ => Task.FromResult((ushort?)null)), Is.EqualTo(Preference.None));
        Assert.That((await Preference.OfAsync([1, 2], _ => Task.FromResult((ushort?)9))).Ranks, Is.Empty);
    }

    [Test]
    public void Nothing_is_chosen_of_what_is_not_taken() =>
        Assert.That(new Preference([[1], [2, 3]]).Choose([4, 5]), Is.Null);

    private static string Ranks(Preference found) =>
        string.Join(" | ", found.Ranks.Select(rank => string.Join(' ', rank)));

    private static Func<IReadOnlyList<ushort>, Task<ushort?>> Server(ushort[][] ranks) =>
        offered => Task.FromResult(new Preference(ranks).Choose([.. offered]));
}
