/* Preloaded beside the key log: HAProxy 2.2 sets a callback of its own on each SSL_CTX, whether it is to log keys or
 * not. The first one that was set stays. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>

typedef void (*keylog_callback)(const void *ssl, const char *line);

void SSL_CTX_set_keylog_callback(void *context, keylog_callback callback)
{
    keylog_callback (*get)(const void *) =
        (keylog_callback (*)(const void *))dlsym(RTLD_NEXT, "SSL_CTX_get_keylog_callback");
    void (*set)(void *, keylog_callback) =
        (void (*)(void *, keylog_callback))dlsym(RTLD_NEXT, "SSL_CTX_set_keylog_callback");
    if (get(context) == NULL)
        set(context, callback);
}
