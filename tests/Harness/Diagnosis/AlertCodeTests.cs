using System.Reflection;
using System.Text.Json;
using TlsInterop.Harness.Diagnosis;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Diagnosis;

public sealed class AlertCodeTests
{
    private static IEnumerable<FieldInfo> Constants =>
        typeof(AlertCode).GetFields(BindingFlags.Public | BindingFlags.Static);

    // protocol_version would hide the type ProtocolVersion.
    [TestCaseSource(nameof(Constants))]
    public void Constant_has_the_number_and_the_name_of_the_registry(FieldInfo constant)
    {
        var name = constant.Name.EndsWith("Alert", StringComparison.Ordinal) ? constant.Name[..^5] : constant.Name;
        Assert.That(
            AlertDescriptions.Find((byte)constant.GetRawConstantValue()!)?.Name,
            Is.EqualTo(JsonNamingPolicy.SnakeCaseLower.ConvertName(name)));
    }
}
