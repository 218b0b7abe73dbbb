using System.Net.Sockets;
using System.Text;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>Sends ClientHellos to a server, one a connection, and reads its answer as far as it is wanted.</summary>
/// <param name="host">Address.</param>
/// <param name="port">TCP port.</param>
/// <param name="startTls">What is spoken before TLS, or null.</param>
/// <param name="keyLogFile">
/// Where the server writes its secrets, for what it says protected; null if that is not to be had.
/// </param>
internal sealed class ServerProbe(string host, int port, string? startTls, string? keyLogFile)
{
    // A server on this machine answers in milliseconds. One that says nothing for so long has nothing to say.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Its key log may come behind what it encrypts.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Far more than any flight of a server has.
    private const int MostOctets = 1 << 17;

    // Of what is no TLS.
    private const int ShownOctets = 60;

    private readonly KeyLog _secrets = new();
    private KeyLogFile? _keyLog;

    /// <summary>How many were sent.</summary>
    public int Asked { get; private set; }

    /// <summary>The beginning of an answer that was no TLS, what can't be printed as dots; null if none was.</summary>
    public string? OtherThanTls { get; private set; }

    /// <summary>True if what the server says protected can be read.</summary>
    public bool SeesSecrets => keyLogFile is not null;

    /// <summary>Sends a hello, and reads until the answer has what is looked for.</summary>
    /// <typeparam name="T">What is looked for.</typeparam>
    /// <param name="hello">The hello.</param>
    /// <param name="find">Finds it in what came so far.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was found; null if the server refused or had nothing of it.</returns>
    /// <exception cref="EndpointException">
    /// Nothing listens there, the server does not turn to TLS, or it says nothing at all, twice.
    /// </exception>
    public async Task<T?> AskAsync<T>(
        ProbeHello hello, Func<DecodedConnection, T?> find, CancellationToken cancellationToken) where T : struct
    {
        // Silence refuses nothing: a busy server is asked once more.
        for (var tries = 0; tries < 2; tries++)
        {
            var (isAnswer, found) = await TryAsync(hello, find, cancellationToken);
            if (isAnswer) return found;
        }
        throw Broken(
            $"no answer to a ClientHello within {Patience.TotalSeconds:0} s",
            "does it speak TLS there, from the first octet? If not: --starttls");
    }

    private async Task<(bool IsAnswer, T? Found)> TryAsync<T>(
        ProbeHello hello, Func<DecodedConnection, T?> find, CancellationToken cancellationToken) where T : struct
    {
        Asked++;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var socket = new TcpClient();
        var heard = 0;
        try
        {
            await socket.ConnectAsync(host, port, patience.Token);
            var stream = socket.GetStream();
            if (startTls is not null) await StartTls.NegotiateAsync(startTls, stream, [], patience.Token);
            return (true, await ReadAsync(stream, hello, find, length => heard += length, patience.Token));
        }
        catch (SocketException refused) when (!socket.Connected)
        {
            throw Broken(refused.Message, "is the server there?");
        }
        catch (ConversationException other)
        {
            throw Broken(other.Message, "does it offer STARTTLS to this machine?");
        }
        catch (Exception reset) when (reset is IOException or SocketException)
        {
            return (true, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (heard > 0, null);
        }
    }

    private async Task<T?> ReadAsync<T>(
        NetworkStream stream, ProbeHello hello, Func<DecodedConnection, T?> find, Action<int> heard,
        CancellationToken cancellationToken) where T : struct
    {
        var record = hello.ToRecord();
        var decoder = new ConnectionDecoder();
        decoder.Data(Direction.ClientToServer, record, default);
        await stream.WriteAsync(record, cancellationToken);
        var octets = new byte[1 << 14];
        var total = 0;
        var reading = stream.ReadAsync(octets, cancellationToken).AsTask();
        while (total < MostOctets)
        {
            await Task.WhenAny(reading, Task.Delay(Pause, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            var isNew = reading.IsCompleted;
            if (isNew)
            {
                var length = await reading;
                if (length == 0) return null;
                heard(length);
                if (total == 0 && !BeginsRecord(octets[0]))
                {
                    OtherThanTls ??= Printable(octets.AsSpan(0, Math.Min(length, ShownOctets)));
                    return null;
                }
                total += length;
                decoder.Data(Direction.ServerToClient, octets.AsSpan(0, length), default);
                reading = stream.ReadAsync(octets, cancellationToken).AsTask();
            }
            if (ReadSecrets() == 0 && !isNew) continue;
            var answer = decoder.Decode(_secrets);
            // One that answers with an earlier version takes nothing of this one.
            if (answer.Facts.Version is { } chosen && chosen != hello.Version) return null;
            if (find(answer) is { } found) return found;
            if (answer.Facts.FirstFatalAlert is not null || HasSaidAll(answer)) return null;
        }
        return null;
    }

    // RFC 8446, Section 5.1: ContentType, from change_cipher_spec to application_data; RFC 6520, Section 3: heartbeat
    private static bool BeginsRecord(byte type) => type is >= 20 and <= 24;

    private static string Printable(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder();
        foreach (var octet in octets)
        {
            if (octet == '\n') break;
            if (octet != '\r') text.Append(octet is >= 0x20 and < 0x7f ? (char)octet : '.');
        }
        return text.ToString();
    }

    private int ReadSecrets()
    {
        try
        {
            return keyLogFile is null ? 0 : (_keyLog ??= new(keyLogFile, _secrets)).ReadNew();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Broken(unreadable.Message, $"the key log must be readable: {keyLogFile}");
        }
    }

    private EndpointException Broken(string problem, string remedy) => new($"{host}:{port}", problem, remedy);

    // RFC 5246, Section 7.4.5: then it waits for the client.
    private static bool HasSaidAll(DecodedConnection answer) =>
        answer.Messages.Any(item => item.Message.Type == HandshakeType.ServerHelloDone);
}
