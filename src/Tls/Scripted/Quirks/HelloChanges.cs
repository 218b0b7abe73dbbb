using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Quirks;

/// <summary>What the rows of quirks change a ClientHello with.</summary>
internal static class HelloChanges
{
    public static Action<Behaviour> Changes(Func<ClientHello, ClientHello> change) =>
        behaviour => behaviour.Change(change);

    // RFC 8446, Section 4.2.11: pre_shared_key stays the last.
    public static Action<Behaviour> Appends(Func<ClientHello, IEnumerable<Extension>> added) =>
        Changes(hello => hello with
        {
            ExtensionList = With(hello,
            [
                .. hello.Extensions.Where(item => item.Type != ExtensionType.PreSharedKey),
                .. added(hello),
                .. hello.Extensions.Where(item => item.Type == ExtensionType.PreSharedKey),
            ]),
        });

    public static Action<Behaviour> Replaces(ExtensionType type, byte[] data) =>
        Changes(hello => hello with
        {
            ExtensionList = With(hello, [Raw(type, data), .. hello.Extensions.Where(item => item.Type != type)]),
        });

    public static ExtensionList With(ClientHello hello, IEnumerable<Extension> extensions) =>
        hello.Extensions.IsPresent ? ExtensionList.Of(extensions) : hello.ExtensionList;

    public static Extension Raw(ExtensionType type, byte[] data) => Made(type, new UnknownExtensionBody(data));

    public static Extension Made(ExtensionType type, ExtensionBody body) =>
        Extension.Of(type, body, ExtensionPlace.ClientHello);
}
