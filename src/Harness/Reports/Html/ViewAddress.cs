namespace TlsInterop.Harness.Reports.Html;

/// <summary>A view of the list of cells as an address, which the script reads: <c>#server=exim</c>.</summary>
public static class ViewAddress
{
    public const string Server = "server";
    public const string Client = "client";
    public const string Verdict = "verdict";
    public const string Change = "change";
    public const string Cause = "cause";
    public const string Text = "text";

    /// <summary>The address of what meets all filters.</summary>
    public static string Of(params IEnumerable<(string Name, string Value)> filters) =>
        "#" + string.Join('&', filters.Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value)}"));
}
