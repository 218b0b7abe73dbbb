using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class RunPlaceTests
{
    private string _parent = "";
    private string _run = "";

    [SetUp]
    public void MakeRun()
    {
        _parent = Directory.CreateTempSubdirectory("tlsinterop-place-").FullName;
        _run = Path.Combine(_parent, "run");
        Directory.CreateDirectory(Path.Combine(_run, "cells", "one"));
        Directory.CreateDirectory(Path.Combine(_parent, "elsewhere"));
        File.WriteAllText(Path.Combine(_parent, "elsewhere", "client.log"), "not of this run");
        File.WriteAllText(Path.Combine(_run, "cells", "one", "client.log"), "of this run");
    }

    [TearDown]
    public void Remove() => Directory.Delete(_parent, recursive: true);

    [Test]
    public void What_lies_in_the_folder_is_found_whether_it_is_there_or_not()
    {
        Assert.That(RunPlace.Inside(_run, "cells/one", "client.log"), Is.EqualTo(At("cells/one/client.log")));
        Assert.That(RunPlace.Inside(_run + "/", "cells/two"), Is.EqualTo(At("cells/two")));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("..")]
    [TestCase("cells/../../elsewhere")]
    [TestCase("/etc")]
    [TestCase("cells\0/one")]
    public void What_leads_out_of_it_or_is_no_path_is_none(string? place) =>
        Assert.That(RunPlace.Inside(_run, place, "client.log"), Is.Null);

    [Test]
    public void A_name_that_leads_out_is_none_either()
    {
        Assert.That(RunPlace.Inside(_run, "cells", "../../elsewhere/client.log"), Is.Null);
        Assert.That(RunPlace.Inside(_run, "cells", "a\0b"), Is.Null);
    }

    [TestCase("link.log", "elsewhere/client.log", "link.log", "")]
    [TestCase("cells/linked", "elsewhere", "cells/linked", "client.log")]
    [TestCase("endpoints", "elsewhere", "endpoints/client.log", "")]
    public void A_link_that_leads_out_is_not_followed(string link, string target, string place, string name)
    {
        File.CreateSymbolicLink(At(link), Path.Combine(_parent, target));

        Assert.That(RunPlace.Inside(_run, place, name), Is.Null);
    }

    [Test]
    public void A_link_to_a_link_that_leads_out_is_not_followed()
    {
        File.CreateSymbolicLink(At("first"), "cells/second");
        File.CreateSymbolicLink(At("cells/second"), "../../elsewhere");

        Assert.That(RunPlace.Inside(_run, "first", "client.log"), Is.Null);
    }

    [Test]
    public void A_link_that_stays_inside_is_followed()
    {
        File.CreateSymbolicLink(At("latest"), "cells/one");

        Assert.That(RunPlace.Inside(_run, "latest", "client.log"), Is.EqualTo(At("cells/one/client.log")));
    }

    [Test]
    public void Links_in_a_circle_are_none()
    {
        File.CreateSymbolicLink(At("a"), "b");
        File.CreateSymbolicLink(At("b"), "a");

        Assert.That(RunPlace.Inside(_run, "a", "client.log"), Is.Null);
    }

    [Test]
    public void A_run_that_is_itself_behind_a_link_is_read()
    {
        var linked = Path.Combine(_parent, "linked");
        File.CreateSymbolicLink(linked, _run);
        File.CreateSymbolicLink(At("latest"), "cells/one");

        Assert.That(File.ReadAllText(RunPlace.Inside(linked, "cells/one", "client.log")!), Is.EqualTo("of this run"));
        Assert.That(File.ReadAllText(RunPlace.Inside(linked, "latest", "client.log")!), Is.EqualTo("of this run"));
    }

    private string At(string path) => Path.Combine(_run, path);
}
