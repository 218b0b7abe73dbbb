using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Serve;
using TlsInterop.Harness.Tests.Commands;

namespace TlsInterop.Harness.Tests.Serve;

/// <summary>A search that stands somewhere, with a device whose words are hostile.</summary>
internal static class SweepReadings
{
    /// <summary>What the device is taken to have said.</summary>
    public const string Hostile = "<script>alert(1)</script>\e[2J & 'more'";

    private static readonly string[] Ids =
    [
        "exim@bullseye/device/smtps/tls1.2-RSA_WITH_AES_128_CBC_SHA",
        "exim@bullseye/device/smtps/tls1.2-RSA_WITH_AES_128_GCM_SHA256",
        "exim@trixie/device/smtps/tls1.2-RSA_WITH_AES_128_CBC_SHA",
        "exim@trixie/device/smtps/tls1.3-AES_128_GCM_SHA256",
        "exim@trixie/device/smtps/tls1.3-AES_256_GCM_SHA384",
    ];

    /// <summary>One configuration failed, one worked, one is not offered, one is next, and one was not tried.</summary>
    public static SweepReading Midway()
    {
        var cells = Ids.Select(id => CellId.TryParse(id, out var cell, out var problem)
            ? cell : throw new ArgumentException(problem)).ToList();
        return new()
        {
            Cells = cells,
            Tried =
            [
                (cells[0], TestCells.Failed(cells[0].Id) with
                {
                    Got = Hostile,
                    Diagnosis = new("padding-intolerance", $"the client does not take {Hostile}", 95)
                    {
                        Client = "update it", Server = "pad less",
                    },
                    Evidence = "cells/first",
                }),
                (cells[1], TestCells.Passed(cells[1].Id)),
            ],
            Offered = cells.Take(4).ToHashSet(),
            Connections = 2,
            Left = 7,
            Next = cells[2],
        };
    }
}
