using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Tls.Verification.Records;

/// <summary>
/// Tells of records, asked in their order, whether one that does not open is the capture's fault: records that it lacks
/// have numbers too. Once one opens behind a gap, the numbers are known again.
/// </summary>
internal sealed class GapsBefore(DecodedConnection connection)
{
    private readonly Side _client = new(connection, Direction.ClientToServer);
    private readonly Side _server = new(connection, Direction.ServerToClient);

    public bool IsLost(DecodedRecord record, bool isOpened) =>
        (record.Direction == Direction.ClientToServer ? _client : _server).IsLost(record.Record.At.Number, isOpened);

    private sealed class Side(DecodedConnection connection, Direction direction)
    {
        private readonly long[] _frames =
        [
            .. connection.Events.Where(item => item is GapEvent && item.Direction == direction)
                .Select(item => item.At.Number).Order(),
        ];

        private int _passed;
        private bool _isLost;

        public bool IsLost(long frame, bool isOpened)
        {
            for (; _passed < _frames.Length && _frames[_passed] <= frame; _passed++) _isLost = true;
            _isLost &= !isOpened;
            return _isLost;
        }
    }
}
