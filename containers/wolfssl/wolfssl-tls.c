/* wolfSSL as a server, as a client, and what it has to offer. What is asked stands in the environment. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <wolfssl/options.h>
#include <wolfssl/ssl.h>
#include <wolfssl/version.h>

/* RFC 8446, Section 4.2.7 */
static const struct { const char *name; int code; } groups[] = {
    { "secp256r1", 23 }, { "secp384r1", 24 }, { "secp521r1", 25 }, { "x25519", 29 }, { "x448", 30 },
};

static void fail(WOLFSSL *tls, const char *what, int code)
{
    char text[WOLFSSL_MAX_ERROR_SZ] = "";
    if (tls != NULL)
        wolfSSL_ERR_error_string((unsigned long)wolfSSL_get_error(tls, code), text);
    fprintf(stderr, "%s: %s\n", what, text);
    exit(1);
}

static void lacks(const char *what, const char *name)
{
    fprintf(stderr, "wolfSSL has no %s %s\n", what, name);
    exit(127);
}

static WOLFSSL_CTX *context(int version, int is_server)
{
    WOLFSSL_METHOD *method = version == 0 ? is_server ? wolfTLS_server_method() : wolfTLS_client_method()
                           : version == 3 ? is_server ? wolfTLSv1_3_server_method() : wolfTLSv1_3_client_method()
                                          : is_server ? wolfTLSv1_2_server_method() : wolfTLSv1_2_client_method();
    WOLFSSL_CTX *made = wolfSSL_CTX_new(method);
    if (made == NULL)
        fail(NULL, "context", 0);
    return made;
}

/* False if the group is not compiled in. */
static int set_group(WOLFSSL_CTX *asked, int version, int code)
{
    return version == 3 ? wolfSSL_CTX_set_groups(asked, &code, 1) == WOLFSSL_SUCCESS
                        : wolfSSL_CTX_UseSupportedCurve(asked, (word16)code) == WOLFSSL_SUCCESS;
}

/* A context with the one version, suite and group that are asked for; the code of the group, or 0. */
static WOLFSSL_CTX *requested(int is_server, int *code)
{
    int version = atoi(getenv("VERSION"));
    const char *group = getenv("GROUP");
    WOLFSSL_CTX *asked = context(version, is_server);
    *code = 0;
    if (version == 0)
        return asked; /* nobody asks: what wolfSSL does by itself */
    if (wolfSSL_CTX_set_cipher_list(asked, getenv("SUITE")) != WOLFSSL_SUCCESS)
        lacks("suite", getenv("SUITE"));
    for (size_t i = 0; *group && i < sizeof groups / sizeof groups[0]; i++)
        if (strcmp(groups[i].name, group) == 0 && set_group(asked, version, groups[i].code)) {
            *code = groups[i].code;
            return asked;
        }
    if (*group)
        lacks("group", group);
    return asked;
}

static void list_capabilities(void)
{
    static char names[16384];
    if (wolfSSL_get_ciphers_iana(names, sizeof names) != WOLFSSL_SUCCESS)
        fail(NULL, "list of suites", 0);
    for (char *name = strtok(names, ":"); name != NULL; name = strtok(NULL, ":"))
        for (int version = 2; version <= 3; version++)
            printf("suite tls1.%d %s\n", version, name);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (set_group(context(3, 0), 3, groups[i].code))
            printf("group %s\n", groups[i].name);
}

/* Reads what is there: what made the descriptor readable may be a NewSessionTicket, behind which nothing comes yet. */
static int read_now(WOLFSSL *tls, int descriptor, char *octets, int length)
{
    int flags = fcntl(descriptor, F_GETFL);
    fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
    int code = wolfSSL_read(tls, octets, length);
    fcntl(descriptor, F_SETFL, flags);
    return code;
}

/* Passes octets between TLS and standard input and output until the server closes. */
static void pump(WOLFSSL *tls, int descriptor)
{
    char octets[16384];
    struct pollfd ends[2] = { { descriptor, POLLIN, 0 }, { 0, POLLIN, 0 } };
    for (;;) {
        ends[0].revents = ends[1].revents = 0;
        if (wolfSSL_pending(tls) == 0 && poll(ends, 2, -1) < 0)
            fail(NULL, "poll", 0);
        if (ends[1].revents != 0) {
            ssize_t length = read(0, octets, sizeof octets);
            if (length > 0 && wolfSSL_write(tls, octets, (int)length) != length)
                fail(tls, "write", 0);
            if (length <= 0) {
                ends[1].fd = -1;
                wolfSSL_shutdown(tls);
            }
        }
        if (ends[0].revents != 0 || wolfSSL_pending(tls) != 0) {
            int length = read_now(tls, descriptor, octets, sizeof octets);
            int error = wolfSSL_get_error(tls, length);
            if (length < 0 && error == WOLFSSL_ERROR_WANT_READ)
                continue;
            if (length <= 0 && error != WOLFSSL_ERROR_ZERO_RETURN)
                fail(tls, "read", length);
            if (length <= 0)
                break;
            if (write(1, octets, (size_t)length) != length)
                fail(NULL, "write", 0);
        }
    }
    wolfSSL_shutdown(tls);
}

static void *echo(void *connection)
{
    WOLFSSL *tls = connection;
    char octets[16384];
    int length = wolfSSL_accept(tls);
    while (length > 0 && (length = wolfSSL_read(tls, octets, sizeof octets)) > 0)
        length = wolfSSL_write(tls, octets, length);
    int error = wolfSSL_get_error(tls, length);
    if (error != WOLFSSL_ERROR_ZERO_RETURN) {
        char text[WOLFSSL_MAX_ERROR_SZ];
        fprintf(stderr, "connection: %s\n", wolfSSL_ERR_error_string((unsigned long)error, text));
    }
    wolfSSL_shutdown(tls);
    close(wolfSSL_get_fd(tls));
    wolfSSL_free(tls);
    return NULL;
}

static void ask_for_certificate(WOLFSSL_CTX *asked, const char *how)
{
    if (wolfSSL_CTX_load_verify_locations(asked, getenv("CA"), NULL) != WOLFSSL_SUCCESS)
        fail(NULL, getenv("CA"), 0);
    wolfSSL_CTX_set_verify(
        asked, WOLFSSL_VERIFY_PEER | (strcmp(how, "required") == 0 ? WOLFSSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), NULL);
}

/* Each connection has a thread: its session stays for the next one. */
static void serve(void)
{
    int group, listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    WOLFSSL_CTX *asked = requested(1, &group);
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(getenv("PORT"))) };
    if (wolfSSL_CTX_use_certificate_chain_file(asked, getenv("CERTIFICATE")) != WOLFSSL_SUCCESS
        || wolfSSL_CTX_use_PrivateKey_file(asked, getenv("KEY"), WOLFSSL_FILETYPE_PEM) != WOLFSSL_SUCCESS)
        fail(NULL, "certificate", 0);
    wolfSSL_CTX_SetTmpDH_file(asked, getenv("DH_PARAMETERS"), WOLFSSL_FILETYPE_PEM);
    if (*getenv("CLIENT_CERTIFICATE"))
        ask_for_certificate(asked, getenv("CLIENT_CERTIFICATE"));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (inet_pton(AF_INET, getenv("HOST"), &here.sin_addr) != 1
        || bind(listener, (struct sockaddr *)&here, sizeof here) != 0 || listen(listener, 16) != 0)
        fail(NULL, "listen", 0);
    for (;;) {
        pthread_t thread;
        int peer = accept(listener, NULL, NULL);
        WOLFSSL *tls = wolfSSL_new(asked);
        if (peer < 0 || tls == NULL || wolfSSL_set_fd(tls, peer) != WOLFSSL_SUCCESS)
            fail(NULL, "accept", 0);
        if (pthread_create(&thread, NULL, echo, tls) == 0)
            pthread_detach(thread);
    }
}

/* A connection that somebody else has opened, and on which TLS is what comes next. */
static void talk(int descriptor)
{
    const char *name = getenv("SERVER_NAME");
    int group;
    WOLFSSL_CTX *asked = requested(0, &group);
    if (wolfSSL_CTX_load_verify_locations(asked, getenv("CA"), NULL) != WOLFSSL_SUCCESS)
        fail(NULL, getenv("CA"), 0);
    /* As Debian builds it, it verifies nothing unless it is told to. */
    wolfSSL_CTX_set_verify(asked, WOLFSSL_VERIFY_PEER, NULL);
    WOLFSSL *tls = wolfSSL_new(asked);
    /* Left to itself, an older one sends a share of another group than those that it names. */
    if (group != 0 && atoi(getenv("VERSION")) == 3 && wolfSSL_UseKeyShare(tls, (word16)group) != WOLFSSL_SUCCESS)
        lacks("key share of", getenv("GROUP"));
    wolfSSL_UseSNI(tls, WOLFSSL_SNI_HOST_NAME, name, (unsigned short)strlen(name));
    wolfSSL_check_domain_name(tls, name);
    wolfSSL_set_fd(tls, descriptor);
    int code = wolfSSL_connect(tls);
    if (code != WOLFSSL_SUCCESS)
        fail(tls, "handshake", code);
    pump(tls, descriptor);
}

int main(int count, char **words)
{
    const char *command = count > 1 ? words[1] : "";
    wolfSSL_Init();
    if (strcmp(command, "version") == 0)
        puts("wolfSSL " LIBWOLFSSL_VERSION_STRING);
    else if (strcmp(command, "capabilities") == 0)
        list_capabilities();
    else if (strcmp(command, "check") == 0)
        requested(0, &(int){ 0 });
    else if (strcmp(command, "server") == 0)
        serve();
    else
        talk(3);
    return 0;
}
