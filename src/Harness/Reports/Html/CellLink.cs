namespace TlsInterop.Harness.Reports.Html;

/// <summary>A cell that is named in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">How it stands.</param>
/// <param name="Address">Its page, or the list that is narrowed to it, from the root of the report.</param>
public sealed record CellLink(string Id, ListedState State, string Address)
{
    internal static CellLink Of(ListedCell cell) => new(
        cell.Id, cell.State, cell.HasPage ? cell.Page : ViewAddress.Of((ViewAddress.Text, cell.Id)));
}
