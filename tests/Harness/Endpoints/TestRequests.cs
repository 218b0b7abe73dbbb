using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Endpoints;

/// <summary>Requests and definitions of endpoints that no folder holds.</summary>
internal static class TestRequests
{
    public const string Suite = "ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    public static Scenario Scenario(string name = "echo", string? startTls = null, params ConversationStep[] steps) =>
        new()
        {
            Name = name,
            Description = "a test's",
            Client = startTls is null ? [] : new() { ["starttls"] = startTls },
            Conversation = [.. steps],
        };

    public static CellRequest Request(string suite = Suite, string? group = null, string? startTls = null) =>
        new(Scenario(startTls: startTls), ProtocolVersion.Tls12, suite, group, "rsa2048");

    public static EndpointDefinition Definition(string folder = "", string names = "iana") => new()
    {
        Name = "stack", Folder = folder, Description = "a test's", Names = names, Capabilities = "true",
        Client = new ClientDefinition { Scenarios = ["echo"], Talk = "cat" },
    };
}
