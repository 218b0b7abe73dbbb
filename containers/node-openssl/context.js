// What client and server share. It runs on node 0.8 as well as on node 22: no syntax of after 2009.
var tls = require('tls');

var major = parseInt(process.version.slice(1), 10);
var minor = parseInt(process.version.split('.')[1], 10);
var isOldest = major === 0 && minor < 10;       // 1.0.0: TLS 1.0, and its server has no Diffie-Hellman
var isOld = major < 11;                         // before 1.1.1: a version is a method, and there is no key log

var methods = {
    'SSLv3': 'SSLv3_method', 'TLSv1': 'TLSv1_method', 'TLSv1.1': 'TLSv1_1_method', 'TLSv1.2': 'TLSv1_2_method'
};
var curves = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

// The oldest node lists nothing, and aborts at a connection where it has none of the suites asked for: it was built
// without Camellia, SEED and IDEA. As a server it has suites with static RSA only.
function suites() {
    return isOldest
        ? ['RC4-MD5', 'RC4-SHA', 'DES-CBC3-SHA', 'AES128-SHA', 'AES256-SHA']
        : tls.getCiphers().map(function (name) { return name.toUpperCase(); });
}

// The one version, suite and group of a request, as options of tls.
function options(version, suite, group) {
    var asked = {};
    if (!version) return asked;    // what node does by itself
    // An old node goes on without any suite where it knows none of those asked for.
    if (isOld && suites().indexOf(suite) < 0) throw new Error('no cipher match: ' + suite);
    if (isOld) asked.secureProtocol = methods[version] || 'no method for ' + version;
    else asked.minVersion = asked.maxVersion = version;
    // What was said of TLS 1.2 and before says nothing of TLS 1.3, and the security level stands among the suites.
    asked.ciphers = major < 10 || version === 'TLSv1.3' ? suite : suite + ':@SECLEVEL=0';
    if (group && !isOldest) asked.ecdhCurve = major < 8 ? curves[group] || group : group;
    return asked;
}

function context(asked) {
    return tls.createSecureContext ? tls.createSecureContext(asked) : require('crypto').createCredentials(asked);
}

exports.isOldest = isOldest;
exports.isOld = isOld;
exports.major = major;
exports.options = options;
exports.suites = suites;
exports.context = context;
