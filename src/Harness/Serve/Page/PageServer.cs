using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TlsInterop.Harness.Commands;

namespace TlsInterop.Harness.Serve.Page;

/// <summary>Shows how a search stands to a browser. It answers to GET of <c>/</c>, and takes nothing.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly WebApplication _application;
    private readonly PageRenderer _renderer = new();
    private readonly Func<SweepPageView> _view;
    private readonly bool _isLoopback;

    private PageServer(WebApplication application, IPAddress listen, Func<SweepPageView> view)
    {
        (_application, _view, _isLoopback) = (application, view, IPAddress.IsLoopback(listen));
        application.Run(AnswerAsync);
    }

    /// <summary>Where it is: <c>http://127.0.0.1:40123</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>True if others than this machine can read it.</summary>
    public bool IsOpenToOthers => !_isLoopback;

    /// <summary>Starts to answer.</summary>
    /// <param name="listen">Address of this machine.</param>
    /// <param name="port">0 for any.</param>
    /// <param name="view">Tells what the page says now.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="UsageException">The port can't be had.</exception>
    public static async Task<PageServer> StartAsync(
        IPAddress listen, int port, Func<SweepPageView> view, CancellationToken cancellationToken)
    {
        // Nothing of the environment: a variable for somebody else's server must not open this one to others.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(listen, port);
        });
        // Ctrl-C is the search's: it ends this server in its order.
        builder.Services.AddSingleton<IHostLifetime, OwnersLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Grace);
        var server = new PageServer(builder.Build(), listen, view);
        try
        {
            await server._application.StartAsync(cancellationToken);
            server.Address = server._application.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!.Addresses.First();
            return server;
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new UsageException(refused.InnerException is AddressInUseException
                ? $"--page-port {port}: something else listens there at {listen}. Name another port; 0 takes a free one"
                : $"--page-listen {listen} --page-port {port}: {refused.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _renderer.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        headers.ContentSecurityPolicy = PageFiles.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        // A name that an attacker had point to this machine would let his page read this one.
        if (_isLoopback && !IsOfThisMachine(request.Host.Host))
            response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        else if (request.Path != "/") response.StatusCode = StatusCodes.Status404NotFound;
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        else
        {
            response.ContentType = "text/html; charset=utf-8";
            var page = await _renderer.RenderAsync(_view(), isLive: true);
            if (HttpMethods.IsGet(request.Method)) await response.WriteAsync(page, context.RequestAborted);
        }
    }

    private static bool IsOfThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Lives as long as its owner lets it: no signal ends it.</summary>
    private sealed class OwnersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
