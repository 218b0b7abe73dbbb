/* BoringSSL as a server, a client, and what it has to offer. What is asked stands in the environment. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

static const char *const groups[] = { "P-256", "P-384", "P-521", "X25519", "X25519MLKEM768" };

static void fail(const char *what)
{
    fprintf(stderr, "%s: ", what);
    ERR_print_errors_fp(stderr);
    exit(1);
}

/* A context with the one version, suite and group that are asked for; no version, or an empty name, asks for none. */
static SSL_CTX *context(int version, const char *suite, const char *group)
{
    SSL_CTX *made = SSL_CTX_new(TLS_method());
    if (made == NULL
        || (version && (!SSL_CTX_set_min_proto_version(made, version) || !SSL_CTX_set_max_proto_version(made, version)))
        || (*suite && !SSL_CTX_set_strict_cipher_list(made, suite)) || (*group && !SSL_CTX_set1_curves_list(made, group))) {
        SSL_CTX_free(made);
        return NULL;
    }
    return made;
}

static void write_key(const SSL *tls, const char *line)
{
    FILE *file = fopen("keys.log", "a");
    if (file == NULL)
        return;
    fprintf(file, "%s\n", line);
    fclose(file);
}

static SSL_CTX *requested(void)
{
    SSL_CTX *asked = context((int)strtol(getenv("VERSION"), NULL, 0), getenv("SUITE"), getenv("GROUP"));
    if (asked == NULL)
        fail("context");
    SSL_CTX_set_keylog_callback(asked, write_key);
    return asked;
}

static void list_capabilities(void)
{
    SSL_CTX *all = SSL_CTX_new(TLS_method());
    SSL_CTX_set_cipher_list(all, "ALL");
    const STACK_OF(SSL_CIPHER) *suites = SSL_CTX_get_ciphers(all);
    for (size_t i = 0; i < sk_SSL_CIPHER_num(suites); i++)
        for (int version = 0; version < 3; version++)
            printf("suite tls1.%d %s\n", version, SSL_CIPHER_get_name(sk_SSL_CIPHER_value(suites, i)));
    puts("suite tls1.3 TLS_AES_128_GCM_SHA256\nsuite tls1.3 TLS_AES_256_GCM_SHA384\nsuite tls1.3 TLS_CHACHA20_POLY1305_SHA256");
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (context(TLS1_2_VERSION, "", groups[i]) != NULL)
            printf("group %s\n", groups[i]);
}

/* Reads what is there: what made the descriptor readable may be a NewSessionTicket, behind which nothing comes yet. */
static int read_now(SSL *tls, char *octets, int length)
{
    int flags = fcntl(SSL_get_fd(tls), F_GETFL);
    fcntl(SSL_get_fd(tls), F_SETFL, flags | O_NONBLOCK);
    int code = SSL_read(tls, octets, length);
    fcntl(SSL_get_fd(tls), F_SETFL, flags);
    return code;
}

/* Passes octets between TLS and two descriptors until the peer closes; without descriptors it sends back what it gets. */
static void pump(SSL *tls, int input, int output)
{
    char octets[16384];
    struct pollfd ends[2] = { { SSL_get_fd(tls), POLLIN, 0 }, { input, POLLIN, 0 } };
    for (;;) {
        ends[0].revents = ends[1].revents = 0;
        if (SSL_pending(tls) == 0 && poll(ends, 2, -1) < 0)
            fail("poll");
        if (ends[1].revents != 0) {
            ssize_t length = read(input, octets, sizeof octets);
            if (length > 0 && SSL_write(tls, octets, (int)length) != length)
                fail("write");
            if (length <= 0) {
                ends[1].fd = -1;
                SSL_shutdown(tls);
            }
        }
        if (ends[0].revents != 0 || SSL_pending(tls) != 0) {
            int length = read_now(tls, octets, sizeof octets);
            int error = SSL_get_error(tls, length);
            if (error == SSL_ERROR_WANT_READ)
                continue;
            if (error == SSL_ERROR_ZERO_RETURN)
                break;
            if (length <= 0)
                fail("read");
            if (output < 0 ? SSL_write(tls, octets, length) != length : write(output, octets, (size_t)length) != length)
                fail("write");
        }
    }
    SSL_shutdown(tls);
}

static void serve(void)
{
    SSL_CTX *asked = requested();
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(getenv("PORT"))) };
    int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    if (!SSL_CTX_use_certificate_chain_file(asked, getenv("CERTIFICATE"))
        || !SSL_CTX_use_PrivateKey_file(asked, getenv("KEY"), SSL_FILETYPE_PEM))
        fail("certificate");
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (inet_pton(AF_INET, getenv("HOST"), &here.sin_addr) != 1)
        fail(getenv("HOST"));
    if (bind(listener, (struct sockaddr *)&here, sizeof here) != 0 || listen(listener, 16) != 0)
        fail("listen");
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int peer = accept(listener, NULL, NULL);
        if (fork() == 0) {
            SSL *tls = SSL_new(asked);
            SSL_set_fd(tls, peer);
            if (SSL_accept(tls) != 1)
                fail("handshake");
            pump(tls, -1, -1);
            exit(0);
        }
        close(peer);
    }
}

/* A connection that somebody else has opened, and on which TLS is what comes next. */
static void talk(int descriptor)
{
    SSL_CTX *asked = requested();
    if (!SSL_CTX_load_verify_locations(asked, getenv("CA"), NULL))
        fail(getenv("CA"));
    SSL_CTX_set_verify(asked, SSL_VERIFY_PEER, NULL);
    SSL *tls = SSL_new(asked);
    SSL_set_tlsext_host_name(tls, getenv("SERVER_NAME"));
    X509_VERIFY_PARAM_set1_host(SSL_get0_param(tls), getenv("SERVER_NAME"), strlen(getenv("SERVER_NAME")));
    SSL_set_fd(tls, descriptor);
    if (SSL_connect(tls) != 1)
        fail("handshake");
    pump(tls, 0, 1);
}

int main(int count, char **words)
{
    const char *command = count > 1 ? words[1] : "";
    if (strcmp(command, "capabilities") == 0)
        list_capabilities();
    else if (strcmp(command, "check") == 0)
        requested();
    else if (strcmp(command, "server") == 0)
        serve();
    else
        talk(3);
    return 0;
}
