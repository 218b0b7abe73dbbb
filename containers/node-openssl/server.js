// An echo server with the one version, suite, group and certificate that the environment asks for.
var fs = require('fs'), tls = require('tls'), own = require('./context.js'), session = require('./session.js');
var env = process.env;

var options = own.options(env.VERSION, env.SUITE, env.GROUP);
options.cert = fs.readFileSync(env.CERTIFICATE);
options.key = fs.readFileSync(env.KEY);
if (own.isOldest) options.cert = options.cert.toString(), options.key = options.key.toString();
else options.dhparam = fs.readFileSync(env.SHARED + '/ffdhe2048.pem');
if (own.isOld) options.secureOptions = require('constants').SSL_OP_NO_TICKET || 0x4000;

own.context(options);      // what it can't do it says before it listens
var server = tls.createServer(options, function (peer) {
    if (own.isOld) fs.appendFileSync('keys.log', session.line(peer.getSession ? peer.getSession() : peer.pair.ssl.getSession()));
    peer.on('error', function () { });
    // Not peer.pipe(peer): what that stops under load, a node before 11 does not always start again.
    peer.on('data', function (octets) { peer.write(octets); });
    peer.on('end', function () { peer.end(); });
    // The oldest takes no notice of a close_notify, and clients may wait for its own (RFC 5246, Section 7.2.1).
    if (own.isOldest) peer.socket.on('data', function () {
        if (peer.pair.ssl && peer.pair.ssl.receivedShutdown === true) peer.end();
    });
});
server.on('keylog', function (line) { fs.appendFileSync('keys.log', line); });
server.on('clientError', function (error) { console.error(String(error)); });
server.on('tlsClientError', function (error) { console.error(String(error)); });
server.listen(parseInt(env.PORT, 10), env.HOST);
