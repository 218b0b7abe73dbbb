using System.Text;
using TlsInterop.Harness.Commands;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class StartOrderTests
{
    private readonly List<string> _written = [];

    [SetUp]
    public void SetUp() => _written.Clear();

    [Test]
    public void Connections_come_in_the_order_in_which_they_began() =>
        Assert.That(Order(most: 100, begun: 4, 2, 4, 1, 3), Is.EqualTo("1 2 3 4"));

    [Test]
    public void One_that_lasts_is_waited_for_until_too_much_waits_behind_it() =>
        Assert.That(Order(most: 2, begun: 5, 2, 3, 4, 1, 5), Is.EqualTo("2 3 4 1 5"));

    private string Order(long most, int begun, params int[] ends)
    {
        var order = new StartOrder(text => _written.Add(Encoding.ASCII.GetString(text)), most);
        for (var number = 1; number <= begun; number++) order.Begin(number);
        foreach (var number in ends) order.End(number, Encoding.ASCII.GetBytes($"{number}"));
        return string.Join(' ', _written);
    }
}
