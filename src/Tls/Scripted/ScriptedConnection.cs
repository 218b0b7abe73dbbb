using Org.BouncyCastle.Security;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Scripted.Channel;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>Takes the steps of a script over one connection: messages into records, and back.</summary>
internal sealed class ScriptedConnection
{
    private static readonly byte[] ChangeCipherSpec = [1];

    private readonly Behaviour _behaviour;
    private readonly RecordChannel _channel;
    private readonly HandshakeJoiner _joiner = new();
    private readonly List<byte> _unsent = [];

    // RFC 5246, Section 7.4.1.1: data may come in the midst of a second handshake.
    private readonly Queue<ReadOnlyMemory<byte>> _early = [];
    private IPeerMessages? _messages;

    public ScriptedConnection(Stream transport, Behaviour behaviour, SecureRandom random)
    {
        _behaviour = behaviour;
        _channel = new RecordChannel(transport, behaviour.Records, random);
    }

    /// <summary>The handshake that goes on, or was the last.</summary>
    public Handshake Handshake { get; set; } = new();

    /// <summary>The version in the headers of records.</summary>
    public ProtocolVersion HeaderVersion
    {
        get => _channel.HeaderVersion;
        set => _channel.HeaderVersion = value;
    }

    /// <summary>True if the peer has said close_notify, or has closed.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>The role that this end plays.</summary>
    public void Speaks(IPeerMessages messages) => _messages = messages;

    /// <summary>The version that both ends speak from now on.</summary>
    public void Negotiated(ProtocolVersion version)
    {
        _channel.IsTls13 = version.IsTls13;
        // RFC 8446, Section 5.1: legacy_record_version stays that of TLS 1.2.
        HeaderVersion = version.IsTls13 ? ProtocolVersion.Tls12 : version;
    }

    /// <summary>True if what comes is protected.</summary>
    public bool IsReadingProtected => _channel.Reading is not null;

    /// <summary>Changes the protection of what comes.</summary>
    public void Reads(RecordProtection? protection) => _channel.Reading = protection;

    /// <summary>Changes the protection of what is sent.</summary>
    public void Writes(RecordProtection? protection)
    {
        FlushMessages();
        _channel.Writing = protection;
    }

    /// <summary>Takes steps, until the last or a fault.</summary>
    /// <exception cref="ScriptedFault">The peer did what the script can't go on with.</exception>
    public async Task RunAsync(IEnumerable<ScriptStep> steps, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var step in steps) await TakeAsync(step, cancellationToken);
            await FlushAsync(cancellationToken);
        }
        catch (ScriptedFault fault)
        {
            await TryAnswerAsync(fault, cancellationToken);
            throw;
        }
    }

    /// <summary>Sends a message.</summary>
    /// <exception cref="ScriptedFault">There is no such message now, or it can't be written.</exception>
    public void Send(HandshakeType type)
    {
        var (body, made) = Written(type);
        _messages!.Bind(type, made);
        var bytes = _behaviour.Message(type, made);
        // A second Finished is no part of the handshake: what the peer says to it is to be heard, not misunderstood.
        var isAgain = type == HandshakeType.Finished && Handshake.IsFinishedSent;
        if (type != HandshakeType.HelloRequest && !isAgain) Handshake.Transcript.Add(bytes);
        Handshake.IsFinishedSent |= type == HandshakeType.Finished;
        _unsent.AddRange(bytes);
        if (!_behaviour.CoalescesMessages) FlushMessages();
        _messages.Sent(type, body);
    }

    /// <summary>The next application data; nothing behind the last.</summary>
    /// <exception cref="ScriptedFault">The peer sent an alert, or what can't be read.</exception>
    public async Task<ReadOnlyMemory<byte>> ReceiveDataAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_early.TryDequeue(out var early)) return early;
            while (!IsEnded)
            {
                if (await NextAsync(cancellationToken) is not { } record) break;
                if (record.Type == ContentType.ApplicationData && !record.Content.IsEmpty) return record.Content;
                while (_joiner.Next() is { } message) Take(message);
                await FlushAsync(cancellationToken); // a KeyUpdate may want an answer
            }
            return default;
        }
        catch (ScriptedFault fault)
        {
            await TryAnswerAsync(fault, cancellationToken);
            throw;
        }
    }

    /// <summary>Sends application data.</summary>
    /// <exception cref="ScriptedFault">The behaviour has an alert in its place.</exception>
    public async Task SendDataAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (_behaviour.AlertBehindData is { } late)
        {
            var fault = new ScriptedFault("the script complains here", late);
            await TryAnswerAsync(fault, cancellationToken);
            throw fault;
        }
        _channel.Send(ContentType.ApplicationData, data);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Sends close_notify, if the behaviour has it.</summary>
    public async Task CloseNotifyAsync(CancellationToken cancellationToken)
    {
        if (_behaviour.SendsCloseNotify)
            await TrySendAlertAsync(new(AlertLevel.Warning, AlertDescription.CloseNotify), cancellationToken);
    }

    private async Task TakeAsync(ScriptStep step, CancellationToken cancellationToken)
    {
        switch (step.Kind)
        {
            case StepKind.Send:
                Send(step.What);
                break;
            case StepKind.Expect:
                await ExpectAsync(step.What, cancellationToken);
                break;
            default:
                await FlushAsync(cancellationToken);
                throw new ScriptedFault("the script closes here");
        }
    }

    private void Send(string what)
    {
        const string alert = "alert ";
        if (what == ContentType.ChangeCipherSpec.ToString())
        {
            FlushMessages();
            _channel.Send(ContentType.ChangeCipherSpec, ChangeCipherSpec);
            if (_messages!.Writing() is { } protection) Writes(protection);
        }
        else if (what.StartsWith(alert, StringComparison.Ordinal))
        {
            SendAlert(new(AlertLevel.Fatal, AlertDescription.Find(what[alert.Length..])
                ?? throw new ScriptedFault($"there is no {what}")));
        }
        else
        {
            Send(HandshakeType.Find(what) ?? throw new ScriptedFault($"there is no '{what}' to send"));
        }
    }

    private async Task ExpectAsync(string what, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = _joiner.Next();
            if (message is null)
            {
                await FlushAsync(cancellationToken); // an answer to what came, as the hello behind a HelloRetryRequest
                var record = await NextAsync(cancellationToken)
                    ?? throw new ScriptedFault($"Expected {what}. Got: the end of the connection");
                if (record.Type.ToString() == what) return;
                if (record.Type == ContentType.ApplicationData && !record.Content.IsEmpty)
                    _early.Enqueue(record.Content);
                if (record.Type == ContentType.Alert && IsEnded)
                    throw new ScriptedFault($"Expected {what}. Got: close_notify");
                continue;
            }
            if (Take(message.Value).Type.ToString() == what) return;
        }
    }

    // A cookie or a ticket of the peer's may be longer than the message that echoes it has room for.
    private (HandshakeBody Body, byte[] Message) Written(HandshakeType type)
    {
        try
        {
            var body = _behaviour.Body(_messages!.Make(type));
            return (body, HandshakeMessage.Of(type, body, Handshake.Context).Bytes.ToArray());
        }
        catch (ArgumentException tooLong)
        {
            throw new ScriptedFault($"{type} can't be written: {tooLong.Message}", "internal_error");
        }
    }

    private HandshakeMessage Take(ReadOnlyMemory<byte> message)
    {
        var read = ReceivedMessage.Read(message, Handshake.Context);
        _messages!.Take(read);
        return read;
    }

    // The next record, of which alerts, changes of keys and handshake messages are taken care of here.
    private async Task<ReceivedRecord?> NextAsync(CancellationToken cancellationToken)
    {
        var next = await _channel.ReceiveAsync(cancellationToken);
        if (next is not { } record)
        {
            IsEnded = true;
            return null;
        }
        if (record.Opened is { } opened) _messages!.Take(opened);
        if (record.Type == ContentType.Alert) IsEnded = ReceivedAlert.IsEnd(record.Content, _channel.IsTls13);
        else if (record.Type == ContentType.Handshake) _joiner.Add(record.Content);
        else if (record.Type == ContentType.ChangeCipherSpec && !_channel.IsTls13) TakeChangeCipherSpec();
        return record;
    }

    // RFC 5246, Section 7.1: once, when there are keys. RFC 8446, Appendix D.4: in TLS 1.3 it means nothing.
    private void TakeChangeCipherSpec()
    {
        if (_messages!.Reading() is not { } next || next == _channel.Reading)
            throw new ScriptedFault("Expected no ChangeCipherSpec here. Got: one", "unexpected_message");
        Reads(next);
    }

    private void SendAlert(Alert alert)
    {
        FlushMessages();
        var writer = new WireWriter();
        alert.Write(writer);
        _channel.Send(ContentType.Alert, writer.ToArray());
    }

    private Task TryAnswerAsync(ScriptedFault fault, CancellationToken cancellationToken) =>
        fault.IsSilent ? _channel.DrainAsync(cancellationToken)
        : fault.Alert is { } alert ? TrySendAlertAsync(new(AlertLevel.Fatal, alert), cancellationToken)
        : Task.CompletedTask;

    private async Task TrySendAlertAsync(Alert alert, CancellationToken cancellationToken)
    {
        try
        {
            SendAlert(alert);
            await FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The peer is gone already: the fault itself is what counts.
        }
    }

    private Task FlushAsync(CancellationToken cancellationToken)
    {
        FlushMessages();
        return _channel.FlushAsync(cancellationToken);
    }

    private void FlushMessages()
    {
        if (_unsent.Count == 0) return;
        _channel.Send(ContentType.Handshake, _unsent.ToArray());
        _unsent.Clear();
    }
}
