using System.Diagnostics;
using TlsInterop.Harness.Endpoints.Engine;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class OwnedFolderTests
{
    [Test]
    public void A_folder_goes_with_what_needed_it()
    {
        string path;
        using (var folder = OwnedFolder.Create())
        {
            path = folder.Path;
            File.WriteAllText(Path.Combine(path, "fetched"), "x");
        }
        Assert.That(path, Does.Not.Exist);
    }

    [Test]
    public void What_a_killed_process_left_is_removed_and_what_is_in_use_stays()
    {
        using var own = OwnedFolder.Create();
        // No process of this number and time of start: the number alone may be another's by now.
        var left = own.Path.Replace($"-{Owner.Own}-", $"-{Environment.ProcessId}-1-");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "fetched"), "x");

        OwnedFolder.RemoveLeft();

        Assert.That(left, Does.Not.Exist);
        Assert.That(own.Path, Does.Exist);
    }

    [Test]
    public void A_process_that_has_ended_owns_nothing()
    {
        using var other = Process.Start("sleep", "60");
        var owner = Owner.Of(other.Id)!;
        Assert.That(Owner.IsGone(owner), Is.False);

        other.Kill();
        other.WaitForExit();

        Assert.That(Owner.IsGone(owner), Is.True);
    }
}
