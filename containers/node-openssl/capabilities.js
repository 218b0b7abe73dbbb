// Prints what this OpenSSL offers, by asking it for each thing alone.
var own = require('./context.js');

var groups = ['X25519', 'X448', 'P-256', 'P-384', 'P-521', 'ffdhe2048', 'ffdhe3072', 'X25519MLKEM768', 'SecP256r1MLKEM768',
    'SecP384r1MLKEM1024'];

function offers(version, suite, group) {
    try {
        own.context(own.options(version, suite, group));
        return true;
    } catch (refused) {
        return false;
    }
}

var listed = own.suites();
var versions = { 'ssl3': 'SSLv3', 'tls1.0': 'TLSv1', 'tls1.1': 'TLSv1.1', 'tls1.2': 'TLSv1.2', 'tls1.3': 'TLSv1.3' };
Object.keys(versions).forEach(function (name) {
    listed.forEach(function (suite) {
        var isOf13 = suite.indexOf('TLS_') === 0;
        if (isOf13 === (name === 'tls1.3') && offers(versions[name], suite, '')) console.log('suite ' + name + ' ' + suite);
    });
});
// Before 8 a server alone chooses one curve, and OpenSSL takes any that it has by its old name.
groups.forEach(function (group) {
    if (own.isOldest || (own.major < 8 && group.indexOf('P-') !== 0)) return;
    if (offers('TLSv1.2', listed.indexOf('AES128-SHA') >= 0 ? 'AES128-SHA' : listed[0], group)) console.log('group ' + group);
});
