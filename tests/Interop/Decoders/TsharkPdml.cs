using System.Globalization;
using System.Net;
using System.Xml;
using System.Xml.Linq;

namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>Reads the packets of PDML into streams.</summary>
internal static class TsharkPdml
{
    /// <summary>The options that make tshark write what is read here.</summary>
    public static IReadOnlyList<string> Options { get; } = ["-Y", "tls", "-T", "pdml", "-J", "ip ipv6 tcp tls"];

    public static List<TsharkStream> Read(string pdml)
    {
        var streams = new Dictionary<int, TsharkStream>();
        // tshark passes on what names and texts of the traffic hold, even what XML does not allow.
        using var reader = XmlReader.Create(new StringReader(pdml), new() { CheckCharacters = false });
        reader.MoveToContent();
        while (!reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.Element, Name: "packet" })
                Add((XElement)XNode.ReadFrom(reader), streams);
            else reader.Read();
        }
        return [.. streams.Values];
    }

    public static string Name(this XElement element) => (string?)element.Attribute("name") ?? "";

    public static string Show(this XElement element) => (string?)element.Attribute("show") ?? "";

    public static byte[] Octets(this XElement element) =>
        Convert.FromHexString((string?)element.Attribute("value") ?? "");

    /// <summary>The numbers that the fields of a name below an element have, in the order of the wire.</summary>
    public static IEnumerable<int> Numbers(this XElement element, string name) =>
        element.Descendants("field").Where(field => field.Name() == name).Select(field => Number(field.Show()));

    public static int Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? int.Parse(text.AsSpan(2), NumberStyles.HexNumber)
        : int.Parse(text);

    private static void Add(XElement packet, Dictionary<int, TsharkStream> streams)
    {
        var layers = packet.Elements("proto").ToList();
        var tcp = layers.Find(layer => layer.Name() == "tcp");
        // The innermost address layer before TCP: tunnels have more of them.
        var ip = layers.TakeWhile(layer => layer != tcp).LastOrDefault(layer => layer.Name() is "ip" or "ipv6");
        if (tcp is null || ip is null) return;
        var number = tcp.Numbers("tcp.stream").First();
        var source = End(ip, "src", tcp, "tcp.srcport");
        var destination = End(ip, "dst", tcp, "tcp.dstport");
        if (!streams.TryGetValue(number, out var stream))
        {
            var frame = layers.Elements("field").First(field => field.Name() == "num");
            stream = streams[number] = new()
            {
                Number = number, FirstFrame = long.Parse(frame.Show()), Ends = (source, destination),
            };
        }
        foreach (var layer in layers.Where(layer => layer.Name() == "tls")) stream.Layers.Add((source, layer));
    }

    private static IPEndPoint End(XElement ip, string which, XElement tcp, string port) => new(
        IPAddress.Parse(ip.Descendants("field").First(field => field.Name() == $"{ip.Name()}.{which}").Show()),
        tcp.Numbers(port).First());
}
