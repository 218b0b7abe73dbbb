import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** What a provider is told: whom to trust, which key to use, and what to offer. */
final class Stores {
    private Stores() { }

    /** A context without any session yet. No file: nobody is trusted, or there is no key. */
    static SSLContext context(String root, String chain, String key) throws Exception {
        String provider = Tls.isOther() ? System.getenv("PROVIDER") : null;
        SSLContext context = provider == null ? SSLContext.getInstance("TLS") : SSLContext.getInstance("TLS", provider);
        TrustManagerFactory trust = provider == null
            ? TrustManagerFactory.getInstance("PKIX") : TrustManagerFactory.getInstance("PKIX", provider);
        if (root != null) {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            roots.setCertificateEntry("root", certificates(root)[0]);
            trust.init(roots);
        }
        boolean hasKey = chain != null && !chain.isEmpty();
        context.init(
            hasKey ? new KeyManager[] {new OneKey(certificates(chain), key)} : null,
            root == null ? null : trust.getTrustManagers(), null);
        return context;
    }

    /** The one version, suite, group and application protocol that are asked for, or its own. */
    static SSLParameters parameters(Map<String, String> asked) throws ReflectiveOperationException {
        SSLParameters one = asked.get("VERSION").isEmpty()
            ? new SSLParameters()     // what it does by itself
            : new SSLParameters(new String[] {asked.get("SUITE")}, new String[] {asked.get("VERSION")});
        // Java 8 learnt it late.
        if (!asked.get("ALPN").isEmpty())
            SSLParameters.class.getMethod("setApplicationProtocols", String[].class)
                .invoke(one, (Object) new String[] {asked.get("ALPN")});
        if (!asked.get("GROUP").isEmpty() && choosesGroups())
            SSLParameters.class.getMethod("setNamedGroups", String[].class)
                .invoke(one, (Object) new String[] {asked.get("GROUP")});
        return one;
    }

    /** True from Java 20 on, with Bouncy Castle too: before, groups are chosen for a whole Java. */
    private static boolean choosesGroups() {
        return Arrays.stream(SSLParameters.class.getMethods())
            .anyMatch(method -> method.getName().equals("setNamedGroups"));
    }

    static boolean lacks(String suite, PrintStream messages) throws Exception {
        SSLContext context = context(null, null, null);
        if (suite.isEmpty() || Arrays.asList(context.getSupportedSSLParameters().getCipherSuites()).contains(suite)) return false;
        messages.println(context.getProvider().getName() + " has no suite " + suite);
        return true;
    }

    private static X509Certificate[] certificates(String file) throws Exception {
        try (InputStream pem = new FileInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem).toArray(new X509Certificate[0]);
        }
    }

    /** Uses its key whoever is trusted by the peer: what becomes of that is the peer's answer. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private final X509Certificate[] chain;
        private final PrivateKey key;

        OneKey(X509Certificate[] chain, String file) throws Exception {
            this.chain = chain;
            String pem = new String(Files.readAllBytes(Paths.get(file)), "ISO-8859-1").replaceAll("-----[^-]*-----|\\s", "");
            key = KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        }

        // Some name the key, some the exchange of keys that it is for, and some its curve or who signed its certificate as
        // well: RSA, KE:RSA, ECDHE_RSA, EC, ECDHE_ECDSA, EC/secp256r1, EC_RSA.
        private String named(String... types) {
            String wanted = key.getAlgorithm().startsWith("EC") ? "EC|EC[/_].*|ECDHE_ECDSA" : "(KE:)?RSA|(EC)?DHE_RSA";
            for (String type : types) {
                if (type.matches(wanted)) return "own";
            }
            return null;
        }

        @Override public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) { return named(types); }
        @Override public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) { return named(types); }
        @Override public String chooseServerAlias(String type, Principal[] issuers, Socket socket) { return named(type); }
        @Override public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) { return named(type); }
        @Override public String[] getClientAliases(String type, Principal[] issuers) { return new String[] {"own"}; }
        @Override public String[] getServerAliases(String type, Principal[] issuers) { return new String[] {"own"}; }
        @Override public X509Certificate[] getCertificateChain(String alias) { return chain; }
        @Override public PrivateKey getPrivateKey(String alias) { return key; }
    }
}
