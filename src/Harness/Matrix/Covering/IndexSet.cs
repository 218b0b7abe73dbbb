namespace TlsInterop.Harness.Matrix.Covering;

/// <summary>A set of numbers below a bound, of which any can be had in one step.</summary>
internal sealed class IndexSet(int bound)
{
    private readonly int[] _items = new int[bound];
    private readonly int[] _places = NoPlaces(bound);

    public int Count { get; private set; }

    public int this[int place] => _items[place];

    public bool Contains(int item) => _places[item] >= 0;

    public void Add(int item)
    {
        if (Contains(item)) return;
        _places[item] = Count;
        _items[Count++] = item;
    }

    public void Remove(int item)
    {
        if (!Contains(item)) return;
        var (place, last) = (_places[item], _items[--Count]);
        (_items[place], _places[last], _places[item]) = (last, place, -1);
    }

    private static int[] NoPlaces(int bound)
    {
        var places = new int[bound];
        Array.Fill(places, -1);
        return places;
    }
}
