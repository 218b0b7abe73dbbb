# Echoes whatever it receives.
use strict;
use warnings;
use IO::Socket::INET;
use IO::Socket::SSL;

$SIG{CHLD} = 'IGNORE';
my $listener = IO::Socket::INET->new(LocalAddr => $ENV{HOST}, LocalPort => $ENV{PORT}, Listen => 8, ReuseAddr => 1)
    or die "listen: $!";
my $context = IO::Socket::SSL::SSL_Context->new(
    SSL_server => 1, ($ENV{PROTOCOL} ? (SSL_version => $ENV{PROTOCOL}, SSL_cipher_list => $ENV{CIPHERS}) : ()),
    SSL_cert_file => $ENV{CERTIFICATE}, SSL_key_file => $ENV{KEY}, SSL_dh_file => "$ENV{SHARED}/ffdhe2048.pem",
) or die "$SSL_ERROR\n";
while (1) {
    my $plain = $listener->accept or next;
    next if fork;
    my $peer = IO::Socket::SSL->start_SSL($plain, SSL_server => 1, SSL_reuse_ctx => $context) or die "$SSL_ERROR\n";
    while (sysread($peer, my $said, 16384)) { print {$peer} $said }
    $peer->close;
    exit;
}
