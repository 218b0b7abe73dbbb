namespace TlsInterop.Tls.Scripted;

/// <summary>What a step does.</summary>
public enum StepKind
{
    /// <summary>Sends something.</summary>
    Send,

    /// <summary>Takes what comes, up to and including something.</summary>
    Expect,

    /// <summary>Ends the connection.</summary>
    Close,
}
