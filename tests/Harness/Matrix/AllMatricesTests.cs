using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Tests.Matrix;

/// <summary>The matrices that are too large for a test of each cell.</summary>
public sealed class AllMatricesTests
{
    [TestCase("certificates")]
    [TestCase("defaults")]
    [TestCase("nightly")]
    [TestCase("post-quantum")]
    public void Every_matrix_can_be_planned_and_each_of_its_words_takes_part(string name)
    {
        var plan = MatrixPlan.Load(RepositoryFiles.Find($"matrices/{name}.yaml"), RepositoryFiles.Catalogue());

        Assert.That(plan.Cells, Is.Not.Empty);
    }
}
