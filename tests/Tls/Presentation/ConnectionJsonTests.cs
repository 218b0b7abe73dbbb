using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Presentation.Json;
using TlsInterop.Tls.Tests.Captures;
using static TlsInterop.Tls.Tests.Presentation.CapturedSample;

namespace TlsInterop.Tls.Tests.Presentation;

public sealed class ConnectionJsonTests
{
    private static readonly SchemaValidator Validator = new(JsonNode.Parse(ConnectionSchema.Text)!);

    [Test]
    public void The_published_schema_is_that_of_the_types()
    {
        var path = Path.Combine(Repository(), "src", "Tls", "Presentation", "connection.schema.json");

        Assert.That(File.ReadAllText(path).ReplaceLineEndings("\n"), Is.EqualTo(ConnectionSchema.Text),
            "Run: ./interop decode --schema > src/Tls/Presentation/connection.schema.json");
    }

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.Names))]
    public void Every_sample_fits_the_schema(string name)
    {
        foreach (var hasKeys in (bool[])[true, false])
        {
            var connection = Of(name, hasKeys);
            Assert.That(Validator.Problems(Parse(ConnectionOutput.JsonLine, connection), "connection"), Is.Empty);
            var summary = Parse(ConnectionOutput.SummaryJsonLine(verifies: true), connection);
            Assert.That(Validator.Problems(summary, "summary"), Is.Empty);
        }
    }

    [Test]
    public void The_validator_sees_what_does_not_fit()
    {
        var json = Parse(ConnectionOutput.JsonLine, Of("tls12-no-shared-cipher")).AsObject();
        json["facts"]!["client_random"] = "0G";
        json["events"]![0]!["new"] = 1;
        json.Remove("faults");

        Assert.That(Validator.Problems(json, "connection"), Has.Exactly(3).Items);
    }

    [Test]
    public void The_schema_tells_of_every_message_extension_and_event()
    {
        foreach (var type in (Type[])[typeof(HandshakeBody), typeof(ExtensionBody), typeof(ConnectionEvent)])
        {
            var kinds = type.Assembly.GetTypes().Count(kind => kind.IsSubclassOf(type) && !kind.IsAbstract);
            Assert.That(Kinds(JsonNode.Parse(ConnectionSchema.Text)), Has.Exactly(1).EqualTo(kinds), type.Name);
        }
    }

    [Test]
    public void A_code_point_has_its_number_and_name_and_octets_are_hexadecimal()
    {
        var hello = Parse(ConnectionOutput.JsonLine, Of("tls13-x25519-aes256-gcm"))["events"]![0]!["message"]!["body"]!;

        Assert.That(hello["kind"]!.GetValue<string>(), Is.EqualTo("client_hello"));
        Assert.That(hello["cipher_suites"]![0]!.ToJsonString(),
            Is.EqualTo("""{"code":4866,"name":"TLS_AES_256_GCM_SHA384"}"""));
        Assert.That(hello["random"]!.GetValue<string>(), Has.Length.EqualTo(64));
        Assert.That(hello["extensions"]!.AsArray().Select(item => item!["body"]!["kind"]!.GetValue<string>()),
            Does.Contain("key_share").And.Contain("supported_versions"));
    }

    [Test]
    public void What_was_cut_keeps_its_octets()
    {
        byte[] hello = [22, 3, 1, 0, 8, 1, 0, 0, 4, 3, 3, 0, 0];

        var json = Parse(ConnectionOutput.JsonLine, Of([Client(hello)]));
        Assert.That(json["events"]![0]!["message"]!["bytes"]!.GetValue<string>(), Is.EqualTo("0100000403030000"));
        Assert.That(json["faults"]![0]!["fault"]!["kind"]!.GetValue<string>(), Is.EqualTo("truncated"));
        Assert.That(json["faults"]![0]!["from"]!.GetValue<string>(), Is.EqualTo("client"));
    }

    private static JsonNode Parse(ConnectionOutput output, CapturedConnection connection)
    {
        var buffer = new ArrayBufferWriter<byte>();
        output.Write(connection, buffer);
        return JsonNode.Parse(buffer.WrittenSpan)!;
    }

    // How many kinds each choice by 'kind' or 'event' has.
    private static IEnumerable<int> Kinds(JsonNode? node)
    {
        if (node is JsonArray array) return array.SelectMany(Kinds);
        if (node is not JsonObject rules) return [];
        var below = rules.SelectMany(rule => Kinds(rule.Value));
        return rules["anyOf"] is JsonArray kinds && kinds[0]!["properties"] is not null
            ? below.Prepend(kinds.Count)
            : below;
    }

    private static string Repository([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
