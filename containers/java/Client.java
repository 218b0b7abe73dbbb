import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Talks to a server for a process. */
final class Client {
    /** Sessions live in a context: of those who resume, each has one for all its visits, by its folder. */
    private static final Map<String, SSLContext> RESUMING = new ConcurrentHashMap<>();

    private Client() { }

    /** Passes what comes in to the server, and what the server says out. */
    static int talk(Map<String, String> asked, String folder, Socket plain, InputStream input, OutputStream output)
        throws Exception {
        SSLContext context = RESUMING.get(folder);
        if (context == null) context = Stores.context(asked.get("CA"), asked.get("OWN"), asked.get("OWN_KEY"));
        if (!asked.get("RESUME").isEmpty()) RESUMING.put(folder, context);
        String host = asked.get("SERVER_NAME"), sni = asked.get("SNI");
        SSLParameters offer = Stores.parameters(asked);
        offer.setEndpointIdentificationAlgorithm("HTTPS");
        offer.setServerNames(sni.isEmpty()
            ? Collections.<SNIServerName>emptyList() : Collections.<SNIServerName>singletonList(new SNIHostName(sni)));
        plain.connect(new InetSocketAddress(asked.get("HOST"), Integer.parseInt(asked.get("PORT"))));
        open(plain, asked.get("STARTTLS"));
        SSLSocket peer = (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        peer.setSSLParameters(offer);
        peer.startHandshake();
        AtomicBoolean isOver = new AtomicBoolean();
        Tls.daemon(() -> {
            try (InputStream all = input) {
                Tls.pass(all, peer.getOutputStream());
                isOver.set(true);
                peer.close();
            } catch (IOException over) {
                // The server closed first.
            }
        });
        try {
            Tls.pass(peer.getInputStream(), output);
        } catch (IOException over) {
            // Its own close ends its reading.
            if (!isOver.get()) throw over;
        }
        return 0;
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
