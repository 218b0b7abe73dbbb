import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Echoes whatever it receives, for as long as the process that asked lives. */
final class Server {
    private Server() { }

    static void serve(Map<String, String> asked, ServerSocket listener, PrintStream messages) throws Exception {
        SSLContext context = Stores.context(asked.get("CA"), asked.get("CERTIFICATE"), asked.get("KEY"));
        SSLParameters taken = Stores.parameters(asked);
        if (asked.get("CLIENT_CERTIFICATE").equals("asked")) taken.setWantClientAuth(true);
        if (asked.get("CLIENT_CERTIFICATE").equals("required")) taken.setNeedClientAuth(true);
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(asked.get("HOST"), Integer.parseInt(asked.get("PORT"))));
        while (true) {
            Socket plain = listener.accept();
            Tls.daemon(() -> {
                try (Socket end = plain) {
                    echo(context, taken, end);
                } catch (IOException failure) {
                    messages.println(failure);
                }
            });
        }
    }

    private static void echo(SSLContext context, SSLParameters taken, Socket plain) throws IOException {
        try (SSLSocket peer = (SSLSocket) context.getSocketFactory().createSocket(
                plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true)) {
            peer.setUseClientMode(false);
            peer.setSSLParameters(taken);
            peer.startHandshake();
            Tls.pass(peer.getInputStream(), peer.getOutputStream());
        }
    }
}
