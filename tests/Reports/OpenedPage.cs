using Microsoft.Playwright;

namespace TlsInterop.Reports.Tests;

/// <summary>A page in the browser, with what went wrong in it.</summary>
public sealed class OpenedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    internal OpenedPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Errors.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Errors.Add($"exception: {error}");
        page.RequestFailed += (_, request) => Errors.Add($"not loaded: {request.Url}");
        page.Dialog += async (_, dialog) =>
        {
            Errors.Add($"a dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>What the browser complained about.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Every address that was asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Opens a file of this machine.</summary>
    /// <param name="file">Its path, with or without a fragment.</param>
    public Task GoAsync(string file) => Page.GotoAsync(AddressOf(file));

    /// <summary>The address of a file, each part of its path as addresses have it.</summary>
    public static string AddressOf(string file)
    {
        var parts = file.Split('#', 2);
        var path = string.Join('/', Path.GetFullPath(parts[0]).Split('/').Select(Uri.EscapeDataString));
        return $"file://{path}{(parts.Length > 1 ? "#" + parts[1] : "")}";
    }

    public ILocator Locate(string selector) => Page.Locator(selector);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
