using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>Makes HTML of components. It may be called from any thread.</summary>
internal sealed class ComponentRenderer : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();

    /// <summary>A page.</summary>
    /// <typeparam name="TPage">The component that is the whole of it.</typeparam>
    /// <param name="parameters">Its parameters by their names.</param>
    public async Task<string> RenderAsync<TPage>(params IEnumerable<(string Name, object? Value)> parameters)
        where TPage : IComponent
    {
        var values = ParameterView.FromDictionary(parameters.ToDictionary(row => row.Name, row => row.Value));
        await using var renderer = new HtmlRenderer(_services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(values)).ToHtmlString());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
