using TlsInterop.Harness.Reports.Html;

namespace TlsInterop.Harness.Serve.Page;

/// <summary>Makes HTML of what the page says.</summary>
internal sealed class PageRenderer : IAsyncDisposable
{
    private readonly ComponentRenderer _renderer = new();

    /// <summary>The page.</summary>
    /// <param name="view">What it says.</param>
    /// <param name="isLive">True if it asks again by itself.</param>
    public Task<string> RenderAsync(SweepPageView view, bool isLive) => _renderer.RenderAsync<SweepPage>(
        (nameof(SweepPage.View), view), (nameof(SweepPage.IsLive), isLive));

    public ValueTask DisposeAsync() => _renderer.DisposeAsync();
}
