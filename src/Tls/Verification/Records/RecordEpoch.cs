using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Records;

/// <summary>The records of one direction that one key protects, as far as a capture shows it.</summary>
/// <param name="Direction">Who sent them.</param>
/// <param name="Terms">What the handshake before them agreed on.</param>
/// <param name="Records">The records in order, at least one.</param>
public sealed record RecordEpoch(Direction Direction, HandshakeTerms Terms, IReadOnlyList<DecodedRecord> Records)
{
    internal static IReadOnlyList<RecordEpoch> Of(Evidence evidence)
    {
        HandshakeTerms[] terms = [.. evidence.Handshakes.Select(handshake => handshake.Terms).OfType<HandshakeTerms>()];
        if (terms.Length == 0) return [];

        var epochs = new List<RecordEpoch>();
        foreach (var direction in (Direction[])[Direction.ClientToServer, Direction.ServerToClient])
        {
            var changes = 0;
            List<DecodedRecord> records = [];
            foreach (var record in evidence.Records)
            {
                if (record.Direction != direction) continue;
                if (record.IsProtected && Begins(record) && records.Count > 0) Close();
                if (record.IsProtected) records.Add(record);
                if (record.Record.Type != ContentType.ChangeCipherSpec || terms[0].Version.IsTls13) continue;
                Close();
                changes++;
            }
            Close();

            void Close()
            {
                // RFC 5246, Section 7.1: each handshake has one change of keys a direction.
                var agreed = terms[Math.Clamp(changes - 1, 0, terms.Length - 1)];
                if (records.Count > 0) epochs.Add(new RecordEpoch(direction, agreed, records));
                records = [];
            }
        }
        return epochs;
    }

    // RFC 8446, Section 5.3: the sequence number is zero at the beginning and whenever the key is changed.
    private static bool Begins(DecodedRecord record) => record.Opened is { IsOk: true, SequenceNumber: 0 };
}
