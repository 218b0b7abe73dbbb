using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Tests.Endpoints;

[Platform(Exclude = "Win", Reason = "there each path has a colon")]
public sealed class ContainerRunTests
{
    [Test]
    public void A_folder_that_no_container_can_be_given_is_refused_with_what_to_do() =>
        Assert.That(() => ContainerRun.CheckFolder("/srv/runs/night:1"), Throws.TypeOf<EndpointException>()
            .With.Message.Contains("/srv/runs/night:1").And.Message.Contains("remedy: move or rename it"));

    [Test]
    public void Any_other_folder_is_good() =>
        Assert.That(() => ContainerRun.CheckFolder("/srv/runs/night 1, the öther"), Throws.Nothing);
}
