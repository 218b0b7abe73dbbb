/* NSS as a server, as a client, and what it has to offer. What is asked stands in the environment. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cert.h>
#include <keyhi.h>
#include <nss.h>
#include <nssb64.h>
#include <pk11pub.h>
#include <prerror.h>
#include <prio.h>
#include <prnetdb.h>
#include <prthread.h>
#include <private/pprio.h>
#include <ssl.h>
#include <sslproto.h>

/* RFC 8446, Section 4.2.7; draft-ietf-tls-ecdhe-mlkem, Section 4 */
static const struct { const char *name; int code; } groups[] = {
    { "secp256r1", 23 }, { "secp384r1", 24 }, { "secp521r1", 25 }, { "x25519", 29 }, { "ffdhe2048", 256 },
    { "ffdhe3072", 257 }, { "SecP256r1MLKEM768", 4587 }, { "X25519MLKEM768", 4588 }, { "SecP384r1MLKEM1024", 4589 },
};

static void fail(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, PR_ErrorToName(PR_GetError()));
    exit(1);
}

static void lacks(const char *what, const char *name)
{
    fprintf(stderr, "NSS has no %s %s\n", what, name);
    exit(127);
}

static const char *name_of(PRUint16 suite)
{
    SSLCipherSuiteInfo info;
    return SSL_GetCipherSuiteInfo(suite, &info, sizeof info) == SECSuccess ? info.cipherSuiteName : "";
}

/* Two ends of one connection. A pair of the system's own has no address, without which NSS does not speak. */
static void connect_pair(PRFileDesc *pair[2])
{
    PRNetAddr here;
    PRFileDesc *listener = PR_NewTCPSocket();
    PRSocketOptionData soon = { PR_SockOpt_Nonblocking, { PR_TRUE } };
    PR_InitializeNetAddr(PR_IpAddrLoopback, 0, &here);
    if (PR_Bind(listener, &here) != PR_SUCCESS || PR_Listen(listener, 1) != PR_SUCCESS
        || PR_GetSockName(listener, &here) != PR_SUCCESS)
        fail("listen");
    pair[0] = PR_NewTCPSocket();
    if (PR_Connect(pair[0], &here, PR_INTERVAL_NO_TIMEOUT) != PR_SUCCESS)
        fail("connect");
    pair[1] = PR_Accept(listener, NULL, PR_INTERVAL_NO_TIMEOUT);
    PR_SetSocketOption(pair[0], &soon);
    PR_Close(listener);
}

/* NSS takes any group of its list and then leaves out those that its policy or its build has not: the ClientHello tells.
 * RFC 8446, Section 4.2.7: type, length, length of the list, its one member. */
static PRBool offers_group(int code)
{
    const unsigned char expected[] = { 0, 10, 0, 4, 0, 2, (unsigned char)(code >> 8), (unsigned char)code };
    static unsigned char hello[65536];
    SSLNamedGroup group = (SSLNamedGroup)code;
    PRFileDesc *pair[2];
    PRInt32 length;
    connect_pair(pair);
    PRFileDesc *tls = SSL_ImportFD(NULL, pair[0]);
    if (SSL_NamedGroupConfig(tls, &group, 1) != SECSuccess)
        return PR_FALSE;
    SSL_ResetHandshake(tls, PR_FALSE);
    SSL_ForceHandshake(tls);
    length = PR_Recv(pair[1], hello, sizeof hello, 0, PR_SecondsToInterval(2));
    for (PRInt32 at = 0; at + (PRInt32)sizeof expected <= length; at++)
        if (memcmp(hello + at, expected, sizeof expected) == 0)
            return PR_TRUE;
    return PR_FALSE;
}

static PRBool set_group(PRFileDesc *tls, int code)
{
    SSLNamedGroup group = (SSLNamedGroup)code;
    return SSL_NamedGroupConfig(tls, &group, 1) == SECSuccess;
}

/* Gives a socket the one version, suite and group that are asked for. */
static PRFileDesc *requested(PRFileDesc *socket)
{
    PRUint16 version = (PRUint16)strtol(getenv("VERSION"), NULL, 0);
    SSLVersionRange range = { version, version };
    const char *suite = getenv("SUITE"), *group = getenv("GROUP");
    PRFileDesc *tls = SSL_ImportFD(NULL, socket);
    PRBool found = PR_FALSE;
    if (tls == NULL)
        fail("SSL_ImportFD");
    if (version == 0)
        return tls; /* nobody asks: what NSS does by itself */
    if (SSL_VersionRangeSet(tls, &range) != SECSuccess)
        lacks("version", getenv("VERSION"));
    for (int i = 0; i < SSL_NumImplementedCiphers; i++) {
        PRUint16 each = SSL_ImplementedCiphers[i];
        PRBool is = strcmp(name_of(each), suite) == 0;
        found |= is;
        SSL_CipherPrefSet(tls, each, is);
    }
    if (!found)
        lacks("suite", suite);
    for (size_t i = 0; *group && i < sizeof groups / sizeof groups[0]; i++)
        if (strcmp(groups[i].name, group) == 0 && set_group(tls, groups[i].code))
            return tls;
    if (*group)
        lacks("group", group);
    return tls;
}

/* RFC 7301, Section 3.1: the one name, with its length before it. */
static void set_alpn(PRFileDesc *tls)
{
    unsigned char list[256];
    size_t length = strlen(getenv("ALPN"));
    if (length == 0)
        return;
    list[0] = (unsigned char)length;
    memcpy(list + 1, getenv("ALPN"), length);
    if (SSL_SetNextProtoNego(tls, list, (unsigned)length + 1) != SECSuccess)
        fail("ALPN");
}

static void list_capabilities(void)
{
    SSLVersionRange range;
    SSL_VersionRangeGetSupported(ssl_variant_stream, &range);
    for (int i = 0; i < SSL_NumImplementedCiphers; i++)
        for (int version = range.min; version <= range.max; version++)
            if (version >= SSL_LIBRARY_VERSION_TLS_1_0)
                printf("suite tls1.%d %s\n", version - SSL_LIBRARY_VERSION_TLS_1_0, name_of(SSL_ImplementedCiphers[i]));
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (offers_group(groups[i].code))
            printf("group %s\n", groups[i].name);
}

/* The root in memory alone, trusted for servers. */
static void trust(const char *file)
{
    static unsigned char pem[65536];
    CERTCertTrust trusted;
    FILE *input = fopen(file, "r");
    size_t length = input == NULL ? 0 : fread(pem, 1, sizeof pem, input);
    CERTCertificate *root = CERT_DecodeCertFromPackage((char *)pem, (int)length);
    if (root == NULL || CERT_DecodeTrustString(&trusted, "CT,,") != SECSuccess
        || CERT_ChangeCertTrust(CERT_GetDefaultCertDB(), root, &trusted) != SECSuccess)
        fail(file);
}

static void set_nonblocking(PRFileDesc *tls, PRBool is)
{
    PRSocketOptionData option = { .option = PR_SockOpt_Nonblocking, .value.non_blocking = is };
    if (PR_SetSocketOption(tls, &option) != PR_SUCCESS)
        fail("blocking");
}

/* Reads what is there: what made the descriptor readable may be a NewSessionTicket, behind which nothing comes yet. */
static PRInt32 read_now(PRFileDesc *tls, char *octets, PRInt32 length)
{
    set_nonblocking(tls, PR_TRUE);
    PRInt32 code = PR_Read(tls, octets, length);
    PRErrorCode error = PR_GetError();
    set_nonblocking(tls, PR_FALSE);
    PR_SetError(error, 0);
    return code;
}

/* Passes octets between TLS and standard input and output until the server closes. */
static void pump(PRFileDesc *tls)
{
    char octets[16384];
    PRPollDesc ends[2] = { { tls, PR_POLL_READ, 0 }, { PR_STDIN, PR_POLL_READ, 0 } };
    for (int open = 2;;) {
        PRInt32 length;
        if (PR_Poll(ends, open, PR_INTERVAL_NO_TIMEOUT) < 0)
            fail("poll");
        if (open == 2 && ends[1].out_flags != 0) {
            length = PR_Read(PR_STDIN, octets, sizeof octets);
            if (length > 0 && PR_Write(tls, octets, length) != length)
                fail("write");
            if (length <= 0) {
                open = 1;
                PR_Shutdown(tls, PR_SHUTDOWN_SEND);
            }
        }
        if (ends[0].out_flags != 0) {
            length = read_now(tls, octets, sizeof octets);
            if (length < 0 && PR_GetError() == PR_WOULD_BLOCK_ERROR)
                continue;
            if (length < 0)
                fail("read");
            if (length == 0)
                break;
            if (PR_Write(PR_STDOUT, octets, length) != length)
                fail("write");
        }
    }
    PR_Close(tls);
}

static void read_file(const char *name, char *text, size_t size)
{
    FILE *input = fopen(name, "r");
    size_t length = input == NULL ? 0 : fread(text, 1, size - 1, input);
    if (length == 0)
        fail(name);
    text[length] = 0;
    fclose(input);
}

/* The leaf of a file; what stands behind it stays in memory, where NSS finds it to send it along. */
static CERTCertificate *read_chain(const char *name)
{
    static const char end[] = "-----END CERTIFICATE-----";
    static char text[262144];
    CERTCertificate *leaf = NULL;
    char *at = text;
    read_file(name, text, sizeof text);
    for (char *next; (next = strstr(at, end)) != NULL; at = next) {
        next += sizeof end - 1;
        CERTCertificate *each = CERT_DecodeCertFromPackage(at, (int)(next - at));
        if (each == NULL)
            fail(name);
        if (leaf == NULL)
            leaf = each;
    }
    return leaf;
}

static SECKEYPrivateKey *read_key(const char *name)
{
    static char text[65536];
    SECKEYPrivateKey *key = NULL;
    read_file(name, text, sizeof text);
    char *body = strchr(text, '\n'), *end = body == NULL ? NULL : strstr(body, "-----END");
    SECItem *der = end == NULL ? NULL : NSSBase64_DecodeBuffer(NULL, NULL, body, (PRUint32)(end - body));
    if (der == NULL
        || PK11_ImportDERPrivateKeyInfoAndReturnKey(
               PK11_GetInternalKeySlot(), der, NULL, NULL, PR_FALSE, PR_FALSE, KU_ALL, &key, NULL) != SECSuccess)
        fail(name);
    return key;
}

static void echo(void *connection)
{
    PRFileDesc *tls = connection;
    char octets[16384];
    PRInt32 length = -1;
    if (SSL_ResetHandshake(tls, PR_TRUE) == SECSuccess && SSL_ForceHandshake(tls) == SECSuccess)
        while ((length = PR_Read(tls, octets, sizeof octets)) > 0 && PR_Write(tls, octets, length) == length)
            ;
    if (length < 0)
        fprintf(stderr, "connection: %s\n", PR_ErrorToName(PR_GetError()));
    PR_Close(tls);
}

/* Each connection is made after a model, and has a thread: what NSS keeps does not survive a fork. */
static void serve(void)
{
    PRFileDesc *model = requested(PR_NewTCPSocket()), *listener = PR_NewTCPSocket();
    PRNetAddr here;
    PRSocketOptionData again = { .option = PR_SockOpt_Reuseaddr, .value.reuse_addr = PR_TRUE };
    SSL_ConfigServerSessionIDCache(0, 0, 0, NULL);
    if (SSL_ConfigServerCert(model, read_chain(getenv("CERTIFICATE")), read_key(getenv("KEY")), NULL, 0) != SECSuccess)
        fail("certificate");
    SSL_OptionSet(model, SSL_ENABLE_SESSION_TICKETS, PR_TRUE);
    SSL_OptionSet(model, SSL_ENABLE_SERVER_DHE, PR_TRUE);
    if (strcmp(getenv("RENEGOTIATION"), "refuse") == 0)
        SSL_OptionSet(model, SSL_ENABLE_RENEGOTIATION, SSL_RENEGOTIATE_NEVER);
    if (*getenv("CLIENT_CERTIFICATE")) {
        trust(getenv("CA"));
        SSL_OptionSet(model, SSL_REQUEST_CERTIFICATE, PR_TRUE);
        SSL_OptionSet(model, SSL_REQUIRE_CERTIFICATE,
            strcmp(getenv("CLIENT_CERTIFICATE"), "required") == 0 ? SSL_REQUIRE_ALWAYS : SSL_REQUIRE_NEVER);
    }
    set_alpn(model);
    PR_SetSocketOption(listener, &again);
    if (PR_StringToNetAddr(getenv("HOST"), &here) != PR_SUCCESS)
        fail(getenv("HOST"));
    here.inet.port = PR_htons((PRUint16)atoi(getenv("PORT")));
    if (PR_Bind(listener, &here) != PR_SUCCESS || PR_Listen(listener, 16) != PR_SUCCESS)
        fail("listen");
    for (;;) {
        PRFileDesc *plain = PR_Accept(listener, NULL, PR_INTERVAL_NO_TIMEOUT);
        PRFileDesc *tls = plain == NULL ? NULL : SSL_ImportFD(model, plain);
        if (tls == NULL)
            fail("accept");
        PR_CreateThread(PR_USER_THREAD, echo, tls, PR_PRIORITY_NORMAL, PR_GLOBAL_THREAD, PR_UNJOINABLE_THREAD, 0);
    }
}

/* A connection that somebody else has opened, and on which TLS is what comes next. */
static void talk(int descriptor)
{
    PRFileDesc *tls = requested(PR_ImportTCPSocket(descriptor));
    trust(getenv("CA"));
    SSL_SetURL(tls, getenv("SERVER_NAME"));
    set_alpn(tls);
    if (SSL_ResetHandshake(tls, PR_FALSE) != SECSuccess || SSL_ForceHandshake(tls) != SECSuccess)
        fail("handshake");
    pump(tls);
}

int main(int count, char **words)
{
    const char *command = count > 1 ? words[1] : "";
    if (NSS_NoDB_Init(NULL) != SECSuccess)
        fail("NSS_NoDB_Init");
    if (strcmp(command, "version") == 0)
        printf("NSS %s\n", NSS_GetVersion());
    else if (strcmp(command, "capabilities") == 0)
        list_capabilities();
    else if (strcmp(command, "check") == 0)
        requested(PR_NewTCPSocket());
    else if (strcmp(command, "server") == 0)
        serve();
    else
        talk(3);
    return 0;
}
