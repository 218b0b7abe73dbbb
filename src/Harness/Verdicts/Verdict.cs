using System.Text.Json.Serialization;

namespace TlsInterop.Harness.Verdicts;

/// <summary>How a cell ended. The worst is the zero value: what was never judged is an error.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>The harness, an endpoint or the capture broke: nothing is known about the interoperation.</summary>
    Error,

    /// <summary>The wire shows something else than what should have happened.</summary>
    Fail,

    /// <summary>It was run several times, and was as it should be in some of them only.</summary>
    Flaky,

    /// <summary>It did not end within its deadline.</summary>
    Hang,

    /// <summary>An endpoint answered that it can't do what was asked.</summary>
    Unsupported,

    /// <summary>What should have happened did.</summary>
    Pass,
}
