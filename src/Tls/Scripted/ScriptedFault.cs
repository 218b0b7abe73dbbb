using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>The peer did what the script can't go on with, or what a profile reacts to.</summary>
public sealed class ScriptedFault : IOException
{
    /// <summary>A fault that is answered with an alert.</summary>
    /// <param name="message">What was expected, what came.</param>
    /// <param name="alert">Registered name of the alert.</param>
    public ScriptedFault(string message, string alert)
        : this(message) => Alert = AlertDescription.Find(alert)
            ?? throw new ArgumentException($"there is no alert '{alert}'", nameof(alert));

    /// <summary>A fault that is answered with nothing: the connection is over, or the profile is silent.</summary>
    /// <param name="message">What was expected, what came.</param>
    public ScriptedFault(string message)
        : base(message)
    {
    }

    /// <summary>The alert that it is answered with, or null.</summary>
    public AlertDescription? Alert { get; init; }

    /// <summary>True if the end does not even close, until its peer does.</summary>
    public bool IsSilent { get; init; }
}
