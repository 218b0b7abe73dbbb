#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/ecp.h>
#include <mbedtls/entropy.h>
#include <mbedtls/error.h>
#include <mbedtls/ssl_ciphersuites.h>
#include <mbedtls/version.h>
#if MBEDTLS_VERSION_MAJOR >= 3
#include <psa/crypto.h>
#endif
#include "request.h"

static mbedtls_entropy_context entropy;
static mbedtls_ctr_drbg_context random_numbers;
static int suites[2];

/* RFC 8446, Section 4.2.7 */
static const struct { const char *name; int code; } groups[] = {
    { "secp256r1", 23 }, { "secp384r1", 24 }, { "secp521r1", 25 }, { "x25519", 29 }, { "x448", 30 }, { "ffdhe2048", 256 },
    { "ffdhe3072", 257 },
};

void fail(const char *what, int code)
{
    char text[200] = "";
    if (code != 0)
        mbedtls_strerror(code, text, sizeof text);
    fprintf(stderr, "%s %s\n", what, text);
    exit(1);
}

/* TLS_RSA_WITH_AES_128_CBC_SHA is TLS-RSA-WITH-AES-128-CBC-SHA here, TLS_AES_128_GCM_SHA256 is TLS1-3-AES-128-GCM-SHA256. */
static int suite_of(const char *name)
{
    char own[100] = "";
    int is13 = strstr(name, "_WITH_") == NULL;
    snprintf(own, sizeof own, "%s%s", is13 ? "TLS1-3-" : "", is13 ? name + strlen("TLS_") : name);
    for (char *at = own; *at; at++)
        if (*at == '_')
            *at = '-';
    return mbedtls_ssl_get_ciphersuite_id(own);
}

static int group_of(const char *name)
{
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (strcmp(groups[i].name, name) == 0)
            return groups[i].code;
    fprintf(stderr, "mbedtls has no group %s\n", name);
    exit(127);
}

static void set_group(mbedtls_ssl_config *config, int code)
{
#if MBEDTLS_VERSION_MAJOR >= 3
    static uint16_t list[2];
    list[0] = (uint16_t)code;
    mbedtls_ssl_conf_groups(config, list);
#else
    static mbedtls_ecp_group_id list[2];
    const mbedtls_ecp_curve_info *curve = mbedtls_ecp_curve_info_from_tls_id((uint16_t)code);
    if (curve == NULL)
        fail("mbedtls has no such curve", 0);
    list[0] = curve->grp_id;
    mbedtls_ssl_conf_curves(config, list);
#endif
}

void request_configure(mbedtls_ssl_config *config, int endpoint)
{
    int version = atoi(getenv("VERSION"));
    const char *group = getenv("GROUP");
#if MBEDTLS_VERSION_MAJOR >= 3
    psa_crypto_init();
#endif
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&random_numbers);
    mbedtls_ssl_config_init(config);
    mbedtls_ctr_drbg_seed(&random_numbers, mbedtls_entropy_func, &entropy, NULL, 0);
    mbedtls_ssl_config_defaults(config, endpoint, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT);
    mbedtls_ssl_conf_rng(config, mbedtls_ctr_drbg_random, &random_numbers);
    if (version == 0)
        return; /* nobody asks: what Mbed TLS does by itself */
    mbedtls_ssl_conf_min_version(config, 3, version);
    mbedtls_ssl_conf_max_version(config, 3, version);
    suites[0] = suite_of(getenv("SUITE"));
    if (suites[0] == 0) {
        fprintf(stderr, "mbedtls has no suite %s\n", getenv("SUITE"));
        exit(127);
    }
    mbedtls_ssl_conf_ciphersuites(config, suites);
    if (group != NULL && *group != '\0')
        set_group(config, group_of(group));
}

/* After a fork: what both processes would draw from the state that they share is the same in each. */
void request_reseed(void)
{
    int code = mbedtls_ctr_drbg_reseed(&random_numbers, NULL, 0);
    if (code != 0)
        fail("reseed", code);
#if MBEDTLS_VERSION_MAJOR >= 3
    /* PSA has a generator of its own. */
    mbedtls_psa_crypto_free();
    if (psa_crypto_init() != PSA_SUCCESS)
        fail("psa_crypto_init", 0);
#endif
}

/* Lists what was compiled in; which suite a version can have is no secret of the stack, the reader of the list knows. */
void list_capabilities(void)
{
#if MBEDTLS_VERSION_MAJOR >= 3
    int oldest = 3, newest = 4;
#else
    int oldest = 1, newest = 3;
#endif
    for (const int *suite = mbedtls_ssl_list_ciphersuites(); *suite != 0; suite++) {
        const char *own = mbedtls_ssl_get_ciphersuite_name(*suite);
        int is13 = strncmp(own, "TLS1-3-", 7) == 0;
        char name[100];
        snprintf(name, sizeof name, "%s%s", is13 ? "TLS_" : "", is13 ? own + 7 : own);
        for (char *at = name; *at; at++)
            if (*at == '-')
                *at = '_';
        for (int version = oldest; version <= newest; version++)
            printf("suite tls1.%d %s\n", version - 1, name);
    }
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
#if MBEDTLS_VERSION_MAJOR >= 3
        int is_there = groups[i].code >= 256 || mbedtls_ecp_curve_info_from_tls_id((uint16_t)groups[i].code) != NULL;
#else
        int is_there = groups[i].code < 256 && mbedtls_ecp_curve_info_from_tls_id((uint16_t)groups[i].code) != NULL;
#endif
        if (is_there)
            printf("group %s\n", groups[i].name);
    }
}
