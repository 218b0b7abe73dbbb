using System.Diagnostics;
using System.Globalization;
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
        var left = own.Path.Replace($"-{Owner.Own}-", $"-{Environment.ProcessId}-1-{Owner.Own.Split('-')[2]}-");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "fetched"), "x");

        OwnedFolder.RemoveLeft();

        Assert.That(left, Does.Not.Exist);
        Assert.That(own.Path, Does.Exist);
    }

    [TestCase("{0}-1-0123456789abcdef", TestName = "Another_machine_start_or_namespace")]
    [TestCase("{0}-1", TestName = "Nobody_said_where")]
    [TestCase("x-1-{1}", TestName = "No_process")]
    [TestCase("", TestName = "No_owner")]
    public void Of_a_process_that_is_not_of_here_nobody_knows_that_it_is_gone(string owner)
    {
        var (gone, here) = (int.MaxValue, Owner.Own.Split('-')[2]);

        Assert.That(Owner.IsGone($"{gone}-1-{here}"), Is.True, "of here it is known");
        Assert.That(Owner.IsGone(string.Format(CultureInfo.InvariantCulture, owner, gone, here)), Is.False);
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
