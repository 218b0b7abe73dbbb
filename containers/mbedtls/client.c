#include <stdio.h>
#include <stdlib.h>
#include <mbedtls/net_sockets.h>
#include "request.h"

/* A connection that somebody else has opened, and on which TLS is what comes next. */
void talk(int descriptor)
{
    static mbedtls_ssl_config config;
    static mbedtls_x509_crt root;
    mbedtls_ssl_context tls;
    mbedtls_net_context socket = { .fd = descriptor };
    int code;

    request_configure(&config, MBEDTLS_SSL_IS_CLIENT);
    mbedtls_x509_crt_init(&root);
    if ((code = mbedtls_x509_crt_parse_file(&root, getenv("CA"))) != 0)
        fail(getenv("CA"), code);
    mbedtls_ssl_conf_ca_chain(&config, &root, NULL);
    mbedtls_ssl_conf_authmode(&config, MBEDTLS_SSL_VERIFY_REQUIRED);
    mbedtls_ssl_init(&tls);
    if ((code = mbedtls_ssl_setup(&tls, &config)) != 0)
        fail("setup", code);
    mbedtls_ssl_set_hostname(&tls, getenv("SERVER_NAME"));
    mbedtls_ssl_set_bio(&tls, &socket, mbedtls_net_send, mbedtls_net_recv, NULL);
    if ((code = mbedtls_ssl_handshake(&tls)) != 0)
        fail("handshake", code);
    pump(&tls, descriptor, 0, 1);
    exit(0);
}
