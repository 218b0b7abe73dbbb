using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace TlsInterop.Harness.Serve.Page;

/// <summary>Makes HTML of what the page says.</summary>
internal sealed class PageRenderer : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();

    /// <summary>The page.</summary>
    /// <param name="view">What it says.</param>
    /// <param name="isLive">True if it asks again by itself.</param>
    public async Task<string> RenderAsync(SweepPageView view, bool isLive)
    {
        await using var renderer = new HtmlRenderer(_services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<SweepPage>(ParameterView.FromDictionary(
                new Dictionary<string, object?>
                {
                    [nameof(SweepPage.View)] = view, [nameof(SweepPage.IsLive)] = isLive,
                }));
            return page.ToHtmlString();
        });
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
