// Passes standard input to the server and the server's words to standard output, after STARTTLS if there is some.
var fs = require('fs'), net = require('net'), tls = require('tls'), own = require('./context.js');
var env = process.env;

// What is said in the clear: a line that the server must have said, then what the client says.
var openings = {
    smtp: [[/^220 /, 'EHLO ' + env.SERVER_NAME + '\r\n'], [/^250 /, 'STARTTLS\r\n'], [/^220 /, '']],
    imap: [[/^\* OK/, 'a0 STARTTLS\r\n'], [/^a0 OK/, '']]
};

function fail(error) {
    console.error(String(error));
    process.exit(1);
}

function secure(socket) {
    var options = own.options(env.VERSION, env.SUITE, env.GROUP);
    options.socket = socket;
    options.servername = env.SERVER_NAME;
    options.ca = [fs.readFileSync(env.CA)];
    if (own.isOldest) options.ca = [options.ca[0].toString()];
    options.rejectUnauthorized = !own.isOldest;
    var peer = tls.connect(options, function () {
        // The oldest verifies, and leaves it to its user to ask.
        if (!peer.authorized) fail('certificate: ' + peer.authorizationError);
        process.stdin.resume();
        process.stdin.pipe(peer);
    });
    peer.on('error', fail);
    peer.on('close', function () { process.exit(0); });
    peer.pipe(process.stdout);
}

function open(socket, steps) {
    var heard = '';
    function listen(octets) {
        heard += octets;
        var lines = heard.split('\r\n');
        heard = lines.pop();
        lines.forEach(function (line) {
            if (steps.length === 0 || !steps[0][0].test(line)) return;
            var words = steps.shift()[1];
            if (words) socket.write(words);
        });
        if (steps.length > 0) return;
        socket.removeListener('data', listen);
        secure(socket);
    }
    socket.on('data', listen);
}

own.context(own.options(env.VERSION, env.SUITE, env.GROUP));     // what it can't do it says before it connects
var socket = net.connect(parseInt(env.PORT, 10), env.HOST, function () {
    if (env.STARTTLS) open(socket, openings[env.STARTTLS]);
    else secure(socket);
});
socket.on('error', fail);
