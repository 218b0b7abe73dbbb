#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>
#include <mbedtls/dhm.h>
#include <mbedtls/net_sockets.h>
#include <mbedtls/version.h>
#include "request.h"

/* The random of the ClientHello, by which a key log names its secrets: older versions hand out the secret alone. */
static unsigned char client_random[32];

static void write_key(const char *label, const unsigned char *random, const unsigned char *secret, size_t length)
{
    FILE *file = fopen("keys.log", "a");
    if (file == NULL)
        fail("keys.log", 0);
    fprintf(file, "%s ", label);
    for (int i = 0; i < 32; i++)
        fprintf(file, "%02x", random[i]);
    fputc(' ', file);
    for (size_t i = 0; i < length; i++)
        fprintf(file, "%02x", secret[i]);
    fputc('\n', file);
    fclose(file);
}

#if MBEDTLS_VERSION_MAJOR >= 3
static void export_key(
    void *context, mbedtls_ssl_key_export_type type, const unsigned char *secret, size_t length,
    const unsigned char random[32], const unsigned char server_random[32], mbedtls_tls_prf_types prf)
{
    static const char *const labels[] = {
        [MBEDTLS_SSL_KEY_EXPORT_TLS12_MASTER_SECRET] = "CLIENT_RANDOM",
        [MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_HANDSHAKE_TRAFFIC_SECRET] = "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
        [MBEDTLS_SSL_KEY_EXPORT_TLS1_3_SERVER_HANDSHAKE_TRAFFIC_SECRET] = "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        [MBEDTLS_SSL_KEY_EXPORT_TLS1_3_CLIENT_APPLICATION_TRAFFIC_SECRET] = "CLIENT_TRAFFIC_SECRET_0",
        [MBEDTLS_SSL_KEY_EXPORT_TLS1_3_SERVER_APPLICATION_TRAFFIC_SECRET] = "SERVER_TRAFFIC_SECRET_0",
    };
    if ((size_t)type < sizeof labels / sizeof labels[0] && labels[type] != NULL)
        write_key(labels[type], random, secret, length);
}
#else
static int export_key(
    void *context, const unsigned char *master, const unsigned char *block, size_t mac, size_t key, size_t iv)
{
    write_key("CLIENT_RANDOM", client_random, master, 48);
    return 0;
}
#endif

/* RFC 5246, Section 6.2.1 and 7.4.1.2: five octets of record, four of handshake and two of version come before it. */
static int receive(void *context, unsigned char *octets, size_t length)
{
    static size_t seen;
    int received = mbedtls_net_recv(context, octets, length);
    for (int i = 0; i < received; i++, seen++)
        if (seen >= 11 && seen < 11 + sizeof client_random)
            client_random[seen - 11] = octets[i];
    return received;
}

static void echo(mbedtls_ssl_config *config, mbedtls_net_context *socket)
{
    mbedtls_ssl_context tls;
    int code;
    mbedtls_ssl_init(&tls);
    if ((code = mbedtls_ssl_setup(&tls, config)) != 0)
        fail("setup", code);
#if MBEDTLS_VERSION_MAJOR >= 3
    mbedtls_ssl_set_export_keys_cb(&tls, export_key, NULL);
#endif
    mbedtls_ssl_set_bio(&tls, socket, mbedtls_net_send, receive, NULL);
    if ((code = mbedtls_ssl_handshake(&tls)) != 0)
        fail("handshake", code);
    pump(&tls, socket->fd, -1, -1);
}

void serve(void)
{
    static mbedtls_ssl_config config;
    static mbedtls_x509_crt certificate;
    static mbedtls_pk_context key;
    static mbedtls_dhm_context group;
    static char file[4096];
    mbedtls_net_context listener, peer;
    int code;

    request_configure(&config, MBEDTLS_SSL_IS_SERVER);
    mbedtls_x509_crt_init(&certificate);
    mbedtls_pk_init(&key);
    mbedtls_dhm_init(&group);
    if ((code = mbedtls_x509_crt_parse_file(&certificate, getenv("CERTIFICATE"))) != 0)
        fail(getenv("CERTIFICATE"), code);
#if MBEDTLS_VERSION_MAJOR >= 3
    code = mbedtls_pk_parse_keyfile(&key, getenv("KEY"), NULL, config.MBEDTLS_PRIVATE(f_rng), config.MBEDTLS_PRIVATE(p_rng));
#else
    code = mbedtls_pk_parse_keyfile(&key, getenv("KEY"), NULL);
    mbedtls_ssl_conf_export_keys_cb(&config, export_key, NULL);
#endif
    if (code != 0)
        fail(getenv("KEY"), code);
    mbedtls_ssl_conf_own_cert(&config, &certificate, &key);
    snprintf(file, sizeof file, "%s/ffdhe2048.pem", getenv("SHARED"));
    if ((code = mbedtls_dhm_parse_dhmfile(&group, file)) != 0 || (code = mbedtls_ssl_conf_dh_param_ctx(&config, &group)) != 0)
        fail(file, code);
    if ((code = mbedtls_net_bind(&listener, getenv("HOST"), getenv("PORT"), MBEDTLS_NET_PROTO_TCP)) != 0)
        fail("listen", code);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        if ((code = mbedtls_net_accept(&listener, &peer, NULL, 0, NULL)) != 0)
            fail("accept", code);
        if (fork() == 0) {
            request_reseed();
            echo(&config, &peer);
            exit(0);
        }
        close(peer.fd);
    }
}
