// A node before 12 has no key log, but it gives out its sessions. An SSL_SESSION is, in DER,
// SEQUENCE { version, ssl_version INTEGER, cipher, session_id, master_key OCTET STRING, ... }: the line that this makes
// names the secret by its session id, so the server must give ids, not tickets.
function field(bytes, offset) {
    var length = bytes[offset + 1], start = offset + 2, octets = length & 0x7f;
    if (length > 0x7f)
        for (length = 0; octets > 0; octets--) length = length * 256 + bytes[start++];
    return { start: start, end: start + length, text: bytes.slice(start, start + length).toString('hex').toUpperCase() };
}

exports.line = function (session) {
    // The oldest node gives a text, an octet a character.
    var bytes = typeof session === 'string' ? new Buffer(session, 'binary') : session;
    var at = field(bytes, 0).start, fields = [];
    while (fields.length < 5) {
        fields.push(field(bytes, at));
        at = fields[fields.length - 1].end;
    }
    return 'RSA Session-ID:' + fields[3].text + ' Master-Key:' + fields[4].text + '\n';
};
