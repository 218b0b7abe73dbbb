using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Tests.Verification;

/// <summary>A connection in which a rule speaks, or one like it in which it keeps quiet.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Name">What it shows, in a few words.</param>
/// <param name="Speaks">True if the rule must find something in it.</param>
/// <param name="Evidence">Makes the connection.</param>
public sealed record RuleCase(string Rule, string Name, bool Speaks, Func<Evidence> Evidence)
{
    public static RuleCase Loud(string rule, string name, Func<Evidence> evidence) => new(rule, name, true, evidence);

    public static RuleCase Quiet(string rule, string name, Func<Evidence> evidence) => new(rule, name, false, evidence);

    public override string ToString() => $"{Rule} {(Speaks ? "speaks" : "keeps quiet")}: {Name}";
}
