import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collections;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A JSSE provider as a client, and what it has to offer. What is asked stands in the environment. */
public final class Tls {
    private static final String[] VERSIONS = {"TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"};

    public static void main(String[] words) throws Exception {
        // The cell decides, not what this Java thinks of old versions and weak suites.
        for (String ban : new String[] {"jdk.tls.disabledAlgorithms", "jdk.certpath.disabledAlgorithms", "jdk.tls.legacyAlgorithms"})
            Security.setProperty(ban, "");
        SSLContext context = context();
        switch (words[0]) {
            case "version": System.out.println(context.getProvider().getInfo() + " " + context.getProvider().getVersion()
                + ", Java " + System.getProperty("java.version")); break;
            case "suites": listSuites(context); break;
            case "group": findGroup(context, words[1]); break;
            default: talk(context); break;
        }
        System.exit(0);
    }

    private static SSLContext context() throws Exception {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        String file = System.getenv("CA");
        if (file != null) {
            try (InputStream root = new FileInputStream(file)) {
                roots.setCertificateEntry("root", CertificateFactory.getInstance("X.509").generateCertificate(root));
            }
        }
        boolean isOther = System.getenv("PROVIDER") != null && !System.getenv("PROVIDER").isEmpty();
        if (isOther) {
            Security.insertProviderAt(provider("org.bouncycastle.jce.provider.BouncyCastleProvider"), 1);
            Security.insertProviderAt(provider("org.bouncycastle.jsse.provider.BouncyCastleJsseProvider"), 2);
        }
        SSLContext context = isOther ? SSLContext.getInstance("TLS", System.getenv("PROVIDER")) : SSLContext.getInstance("TLS");
        TrustManagerFactory trust = isOther
            ? TrustManagerFactory.getInstance("PKIX", System.getenv("PROVIDER")) : TrustManagerFactory.getInstance("PKIX");
        trust.init(file == null ? null : roots);
        context.init(null, file == null ? null : trust.getTrustManagers(), null);
        return context;
    }

    private static Provider provider(String name) throws Exception {
        return (Provider) Class.forName(name).getDeclaredConstructor().newInstance();
    }

    private static void listSuites(SSLContext context) {
        SSLParameters all = context.getSupportedSSLParameters();
        for (int i = 0; i < VERSIONS.length; i++) {
            if (!Arrays.asList(all.getProtocols()).contains(VERSIONS[i])) continue;
            for (String suite : all.getCipherSuites()) System.out.println("suite tls1." + i + " " + suite);
        }
    }

    /** Prints the group that the properties name if a ClientHello then offers it, and nothing else. */
    private static void findGroup(SSLContext context, String name) throws Exception {
        String[] groups = {"x25519", "x448", "secp256r1", "secp384r1", "secp521r1", "ffdhe2048", "ffdhe3072", "X25519MLKEM768", "SecP256r1MLKEM768"};
        int[] codes = {29, 30, 23, 24, 25, 256, 257, 4588, 4587};
        SSLEngine engine = context.createSSLEngine("tlsinterop.test", 443);
        engine.setUseClientMode(true);
        if (Arrays.asList(engine.getSupportedProtocols()).contains("TLSv1.3"))
            engine.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
        ByteBuffer hello = ByteBuffer.allocate(65536);
        engine.wrap(ByteBuffer.allocate(0), hello);
        int code = codes[Arrays.asList(groups).indexOf(name)];
        // RFC 8446, Section 4.2.7: type, length, length of the list, its one member.
        byte[] expected = {0, 10, 0, 4, 0, 2, (byte) (code >> 8), (byte) code};
        for (int i = 0; i + expected.length <= hello.position(); i++) {
            int same = 0;
            while (same < expected.length && hello.get(i + same) == expected[same]) same++;
            if (same == expected.length) { System.out.println("group " + name); return; }
        }
    }

    private static void talk(SSLContext context) throws Exception {
        String host = System.getenv("SERVER_NAME");
        SSLParameters asked = new SSLParameters(new String[] {System.getenv("SUITE")}, new String[] {System.getenv("VERSION")});
        asked.setEndpointIdentificationAlgorithm("HTTPS");
        asked.setServerNames(Collections.singletonList(new SNIHostName(host)));
        // Before it connects, so that what it can't do is no failure: only some providers refuse by themselves.
        if (!Arrays.asList(context.getSupportedSSLParameters().getCipherSuites()).contains(System.getenv("SUITE"))) {
            System.err.println(context.getProvider().getName() + " has no suite " + System.getenv("SUITE"));
            System.exit(127);
        }
        Socket plain = new Socket(System.getenv("HOST"), Integer.parseInt(System.getenv("PORT")));
        open(plain, System.getenv("STARTTLS"));
        SSLSocket peer = (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        peer.setSSLParameters(asked);
        peer.startHandshake();
        Thread speaker = new Thread(() -> {
            try {
                pass(System.in, peer.getOutputStream());
                peer.close();
            } catch (IOException over) {
                System.err.println(over);
            }
        });
        speaker.setDaemon(true);
        speaker.start();
        try {
            pass(peer.getInputStream(), System.out);
        } catch (IOException over) {
            // Its own close ends its reading.
            if (!peer.isClosed()) throw over;
        }
    }

    private static void pass(InputStream from, OutputStream to) throws IOException {
        byte[] octets = new byte[16384];
        for (int length; (length = from.read(octets)) >= 0; ) {
            to.write(octets, 0, length);
            to.flush();
        }
    }

    /** Speaks in the clear until the server is ready for TLS. */
    private static void open(Socket socket, String protocol) throws IOException {
        String[][] steps = "smtp".equals(protocol)
            ? new String[][] {{"220 ", "EHLO tlsinterop.test\r\n"}, {"250 ", "STARTTLS\r\n"}, {"220 ", ""}}
            : "imap".equals(protocol) ? new String[][] {{"* OK", "a0 STARTTLS\r\n"}, {"a0 OK", ""}} : new String[0][];
        BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), "ISO-8859-1"));
        for (String[] step : steps) {
            String line;
            do {
                line = lines.readLine();
                if (line == null) throw new IOException("the server closed before TLS");
            } while (!line.startsWith(step[0]));
            socket.getOutputStream().write(step[1].getBytes("ISO-8859-1"));
        }
    }
}
