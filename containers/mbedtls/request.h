/* What the environment asks for. Version 1 is TLS 1.0, as in the second octet of TLS' own numbers. */
#include <mbedtls/ssl.h>

void request_configure(mbedtls_ssl_config *config, int endpoint);
void request_reseed(void);
void fail(const char *what, int code);
void list_capabilities(void);
void serve(void);
void talk(int descriptor);
void pump(mbedtls_ssl_context *tls, int descriptor, int input, int output);
