package ai.facet.serve.bench;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A connection that sends prepared requests and reads just as much of the answers as it must: the generator shares its
 * processors with the server. For one thread.
 */
final class HttpConnection implements Closeable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int BUFFER_BYTES = 16_384;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_END = STATUS_AT + 3;

    private final int port;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private @Nullable Socket socket;
    private byte[] body = new byte[0];

    /** @param port of a server on this machine; connected to by {@link #open}, or when it is needed */
    HttpConnection(int port) {
        this.port = port;
    }

    /** Connects now, if the server lets it; otherwise the next request tries again and says why not. */
    void open() {
        try {
            connected();
        } catch (IOException e) {
            close();
        }
    }

    /**
     * Sends a request and reads its answer.
     *
     * @return the status
     * @throws IOException if there is no whole answer; the next request gets a new connection
     */
    int exchange(byte[] request) throws IOException {
        try {
            Socket open = connected();
            open.getOutputStream().write(request);
            return read(open.getInputStream());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** The last answer's body. */
    byte[] body() {
        return body;
    }

    private Socket connected() throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
        return socket;
    }

    private int read(InputStream in) throws IOException {
        int filled = 0;
        int end = -1;
        while (end < 0) {
            filled += readSome(in, filled);
            end = endOfHead(filled);
        }
        String head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
        int length = number(field(head, "content-length"), "the answer's length");
        body = new byte[length];
        int there = Math.min(length, filled - end);
        System.arraycopy(buffer, end, body, 0, there);
        if (in.readNBytes(body, there, length - there) < length - there) {
            throw new EOFException("the answer is cut");
        }
        if (field(head, "connection").equalsIgnoreCase("close")) {
            close();
        }
        return number(head.substring(Math.min(STATUS_AT, end), Math.min(STATUS_END, end)), "the status");
    }

    private static int number(String digits, String what) throws IOException {
        try {
            return Integer.parseUnsignedInt(digits);
        } catch (NumberFormatException e) {
            throw new IOException(what + " is \"" + digits + "\"; expected a number", e);
        }
    }

    private int readSome(InputStream in, int filled) throws IOException {
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read <= 0) {
            throw new EOFException(filled == 0 ? "the connection ended without an answer" : "the answer's head is cut");
        }
        return read;
    }

    private int endOfHead(int filled) {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    /** A header's value; empty if it is not there. */
    private static String field(String head, String name) {
        for (int line = head.indexOf("\r\n");
                line >= 0 && line + 2 < head.length();
                line = head.indexOf("\r\n", line + 2)) {
            int begin = line + 2;
            if (head.regionMatches(true, begin, name, 0, name.length()) && head.charAt(begin + name.length()) == ':') {
                return head.substring(begin + name.length() + 1, head.indexOf("\r\n", begin))
                        .strip();
            }
        }
        return "";
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it is gone either way
            }
        }
    }
}
