# Passes standard input to the server and the server's words to standard output, over the connection that is descriptor 3.
use strict;
use warnings;
use IO::Socket::INET;
use IO::Socket::SSL;

my $plain = IO::Socket::INET->new_from_fd(3, 'r+') or die "descriptor 3: $!";
my $peer = IO::Socket::SSL->start_SSL(
    $plain,
    ($ENV{PROTOCOL} ? (SSL_version => $ENV{PROTOCOL}, SSL_cipher_list => $ENV{CIPHERS}) : ()),
    SSL_ca_file => $ENV{CA}, SSL_verify_mode => SSL_VERIFY_PEER,
    SSL_hostname => $ENV{SERVER_NAME}, SSL_verifycn_name => $ENV{SERVER_NAME}, SSL_verifycn_scheme => 'default',
) or die "$SSL_ERROR\n";
# One thread for both directions: nothing waits inside of the SSL object, and all that is in there is taken before anybody
# waits for more.
$peer->blocking(0);
my $speaks = 1;
while (1) {
    my $heard;
    while ($heard = sysread($peer, my $words, 16384)) { syswrite(STDOUT, $words) }
    last if defined $heard;
    unless ($!{EWOULDBLOCK}) {
        last unless $speaks;
        die "read: $SSL_ERROR\n";
    }
    my $ready = '';
    vec($ready, fileno($peer), 1) = 1;
    vec($ready, 0, 1) = 1 if $speaks;
    select($ready, undef, undef, undef);
    next unless $speaks and vec($ready, 0, 1);
    $speaks = sysread(STDIN, my $said, 16384);
    $peer->blocking(1);
    if ($speaks) { print {$peer} $said or die "write: $SSL_ERROR\n" }
    else { Net::SSLeay::shutdown($peer->_get_ssl_object) }
    $peer->blocking(0);
}
