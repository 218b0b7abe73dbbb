import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * A JSSE provider as a server, as a client, and what it has to offer. A Java takes seconds to get going, and some milliseconds for a
 * handshake then: it stays, and talks for whoever asks.
 */
public final class Tls {
    private static final String[] VERSIONS = {"TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"};

    public static void main(String[] words) throws Exception {
        // The cell decides, not what this Java thinks of old versions and weak suites.
        boolean isLeftAlone = Boolean.getBoolean("tlsinterop.own");
        for (String ban : new String[] {"jdk.tls.disabledAlgorithms", "jdk.certpath.disabledAlgorithms", "jdk.tls.legacyAlgorithms"})
            if (!isLeftAlone) Security.setProperty(ban, "");
        if (isOther()) {
            Security.insertProviderAt(provider("org.bouncycastle.jce.provider.BouncyCastleProvider"), 1);
            Security.insertProviderAt(provider("org.bouncycastle.jsse.provider.BouncyCastleJsseProvider"), 2);
        }
        switch (words[0]) {
            case "version": System.out.println(Stores.context(null, null, null).getProvider().getInfo() + " " + Stores.context(null, null, null).getProvider().getVersion()
                + ", Java " + System.getProperty("java.version")); break;
            case "suites": listSuites(Stores.context(null, null, null)); break;
            case "group": findGroup(Stores.context(null, null, null), words[1]); break;
            default: serve(words[1]); break;
        }
        System.exit(0);
    }

    static boolean isOther() {
        return System.getenv("PROVIDER") != null && !System.getenv("PROVIDER").isEmpty();
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
        String[] groups = {"x25519", "x448", "secp256r1", "secp384r1", "secp521r1", "ffdhe2048", "ffdhe3072", "X25519MLKEM768", "SecP256r1MLKEM768",
            "SecP384r1MLKEM1024"};
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

    /** Reads process ids, and talks for each of these processes. */
    private static void serve(String asked) throws IOException {
        Map<String, Closeable> open = new ConcurrentHashMap<>();
        daemon(() -> watch(open));
        // Open for both, so that it does not end when those who asked have closed it.
        try (RandomAccessFile pipe = new RandomAccessFile(asked, "rw");
             InputStream octets = new FileInputStream(pipe.getFD());
             BufferedReader lines = new BufferedReader(new InputStreamReader(octets, "ISO-8859-1"))) {
            for (String line; (line = lines.readLine()) != null; ) {
                String process = line;
                daemon(() -> answer(process, open));
            }
        }
    }

    /** Hangs up, or listens no more, for processes that were ended. */
    private static void watch(Map<String, Closeable> open) {
        while (true) {
            open.forEach((process, socket) -> {
                if (new File("/proc/" + process).exists()) return;
                try {
                    if (socket instanceof Socket) ((Socket) socket).setSoLinger(true, 0);
                    socket.close();
                } catch (IOException closed) {
                    // It ended by itself in the meantime.
                }
            });
            try {
                Thread.sleep(100);
            } catch (InterruptedException over) {
                return;
            }
        }
    }

    /** Talks with the environment, input and output of a process, and tells it what it shall end with. */
    private static void answer(String process, Map<String, Closeable> open) {
        String of = "/proc/" + process;
        int code = 1;
        try (PrintStream messages = new PrintStream(new FileOutputStream(of + "/fd/2", true))) {
            try {
                Map<String, String> asked = environment(of);
                // Before it connects, so that what it can't do is no failure: only some providers refuse by themselves.
                if (Stores.lacks(asked.get("SUITE"), messages)) code = 127;
                else if (asked.containsKey("CERTIFICATE")) listen(asked, process, open, messages);
                else code = talk(asked, process, open);
            } catch (Throwable failure) {
                failure.printStackTrace(messages);
            }
        } catch (IOException gone) {
            // Nobody is there to be told.
        }
        open.remove(process);
        try (RandomAccessFile answer = new RandomAccessFile(of + "/cwd/answer", "rw")) {
            answer.writeBytes(code + "\n");
        } catch (IOException gone) {
            // Nobody is there to be told.
        }
    }

    private static Map<String, String> environment(String process) throws IOException {
        Map<String, String> words = new HashMap<>();
        for (String word : new String(Files.readAllBytes(Paths.get(process, "environ")), "ISO-8859-1").split("\0")) {
            int end = word.indexOf('=');
            if (end > 0) words.put(word.substring(0, end), word.substring(end + 1));
        }
        return words;
    }

    private static void listen(
        Map<String, String> asked, String process, Map<String, Closeable> open, PrintStream messages) throws Exception {
        try (ServerSocket listener = new ServerSocket()) {
            open.put(process, listener);
            Server.serve(asked, listener, messages);
        }
    }

    private static int talk(Map<String, String> asked, String process, Map<String, Closeable> open) throws Exception {
        String of = "/proc/" + process;
        try (Socket plain = new Socket(); InputStream input = new FileInputStream(of + "/fd/0");
             OutputStream output = new FileOutputStream(of + "/fd/1")) {
            open.put(process, plain);
            return Client.talk(asked, new File(of + "/cwd").getCanonicalPath(), plain, input, output);
        }
    }

    static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    static void pass(InputStream from, OutputStream to) throws IOException {
        byte[] octets = new byte[16384];
        for (int length; (length = from.read(octets)) >= 0; ) {
            to.write(octets, 0, length);
            to.flush();
        }
    }
}
