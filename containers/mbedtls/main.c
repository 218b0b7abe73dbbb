#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/version.h>
#include "request.h"

static void write_all(mbedtls_ssl_context *tls, const unsigned char *octets, int length)
{
    int code;
    for (int at = 0; at < length; at += code)
        if ((code = mbedtls_ssl_write(tls, octets + at, (size_t)(length - at))) < 0)
            fail("write", code);
}

/* Reads what is there: what made the descriptor readable may be a NewSessionTicket, behind which nothing comes yet. */
static int read_now(mbedtls_ssl_context *tls, int descriptor, unsigned char *octets, size_t length)
{
    mbedtls_net_context socket = { .fd = descriptor };
    mbedtls_net_set_nonblock(&socket);
    int code = mbedtls_ssl_read(tls, octets, length);
    mbedtls_net_set_block(&socket);
    return code;
}

/* Passes octets between TLS and two descriptors until the peer closes; without descriptors it sends back what it gets. */
void pump(mbedtls_ssl_context *tls, int descriptor, int input, int output)
{
    unsigned char octets[16384];
    struct pollfd ends[2] = { { descriptor, POLLIN, 0 }, { input, POLLIN, 0 } };
    for (;;) {
        if (mbedtls_ssl_get_bytes_avail(tls) == 0 && poll(ends, 2, -1) < 0)
            fail("poll", 0);
        if (ends[1].revents != 0) {
            ssize_t length = read(input, octets, sizeof octets);
            if (length > 0)
                write_all(tls, octets, (int)length);
            else {
                ends[1].fd = -1;
                mbedtls_ssl_close_notify(tls);
            }
            ends[1].revents = 0;
        }
        if (ends[0].revents != 0 || mbedtls_ssl_get_bytes_avail(tls) != 0) {
            int code = read_now(tls, descriptor, octets, sizeof octets);
            if (code == MBEDTLS_ERR_SSL_WANT_READ)
                continue;
#ifdef MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET
            if (code == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET)
                continue;
#endif
            if (code == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY || code == 0)
                break;
            if (code < 0)
                fail("read", code);
            if (output < 0)
                write_all(tls, octets, code);
            else if (write(output, octets, (size_t)code) != code)
                fail("write", 0);
        }
    }
    mbedtls_ssl_close_notify(tls);
}

int main(int count, char **words)
{
    static mbedtls_ssl_config config;
    const char *command = count > 1 ? words[1] : "";
    if (strcmp(command, "version") == 0)
        puts(MBEDTLS_VERSION_STRING_FULL);
    else if (strcmp(command, "capabilities") == 0)
        list_capabilities();
    else if (strcmp(command, "check") == 0)
        request_configure(&config, MBEDTLS_SSL_IS_CLIENT);
    else if (strcmp(command, "server") == 0)
        serve();
    else
        talk(3);
    return 0;
}
