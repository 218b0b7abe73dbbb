using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class EndpointTemplateTests
{
    private string _folder = "";

    private static IEnumerable<string> Schemes => NamingScheme.All.Select(scheme => scheme.Name);

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-template-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Schemes))]
    public void A_new_folder_is_an_endpoint_of_both_roles_in_its_scheme(string scheme)
    {
        EndpointTemplate.Write(Path.Combine(_folder, "stack"), "stack", "libstack-tools", scheme);

        var written = EndpointFile.Read(Path.Combine(_folder, "stack"));
        Assert.That((written.Name, written.Names), Is.EqualTo(("stack", scheme)));
        Assert.That(written.Words["group"]["*"], Does.EndWith("{group}"));
        Assert.That((written.Server?.Process, written.Client?.Talk),
            Is.EqualTo(("exec stack --listen $HOST:$PORT --cert $CERTIFICATE --key $KEY $VERSION $SUITE $GROUP",
                "exec stack --connect $HOST:$PORT --sni $SERVER_NAME --ca $CA $VERSION $SUITE $GROUP")));
        Assert.That(File.ReadAllText(Path.Combine(_folder, "stack", "Dockerfile")),
            Does.StartWith("ARG BASE\nFROM ${BASE}\n").And.Contain(" libstack-tools"));
    }

    [TestCase("openssl", "openssl_suites")]
    [TestCase("gnutls", "gnutls_offers")]
    public void Who_stands_on_a_library_of_Debian_is_asked_by_the_session(string scheme, string function)
    {
        EndpointTemplate.Write(Path.Combine(_folder, "stack"), "stack", "stack", scheme);

        Assert.That(EndpointFile.Read(Path.Combine(_folder, "stack")).Capabilities, Does.StartWith(function));
    }
}
