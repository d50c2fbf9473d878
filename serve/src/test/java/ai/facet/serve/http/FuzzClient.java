package ai.facet.serve.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

/** Carries out plans against a server on this machine. Thread-safe. */
final class FuzzClient {
    private final int port;
    private final int managementPort;
    private final int patienceMillis;

    /** @param patienceMillis without a byte, after which the server is said to hang */
    FuzzClient(int port, int managementPort, int patienceMillis) {
        this.port = port;
        this.managementPort = managementPort;
        this.patienceMillis = patienceMillis;
    }

    /**
     * Sends what the plan says.
     *
     * @return the statuses of the answers; none if the client went away
     * @throws AssertionError if the server hangs or answers nonsense
     */
    List<Integer> run(FuzzPlan plan) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plan.management() ? managementPort : port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(patienceMillis);
            boolean broken = !send(socket, plan);
            if (plan.ending() == FuzzPlan.Ending.LEAVES) {
                return List.of();
            }
            if (plan.ending() == FuzzPlan.Ending.BREAKS) {
                socket.setSoLinger(true, 0);
                return List.of();
            }
            ByteArrayOutputStream answers = new ByteArrayOutputStream();
            broken |= !receive(socket.getInputStream(), answers);
            return plan.mayAskForAHead()
                    ? FuzzAnswers.statusesOfHeads(answers.toByteArray())
                    : FuzzAnswers.statuses(answers.toByteArray(), broken);
        }
    }

    /** @return false if the server had ended the connection before everything was sent */
    private static boolean send(Socket socket, FuzzPlan plan) {
        try {
            for (byte[] piece : plan.pieces()) {
                socket.getOutputStream().write(piece);
            }
            if (plan.ending() == FuzzPlan.Ending.SAYS_SO) {
                socket.shutdownOutput();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** @return false if the server broke the connection, as it does when there are bytes that it did not read */
    private boolean receive(InputStream in, ByteArrayOutputStream answers) {
        byte[] buffer = new byte[16_384];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                answers.write(buffer, 0, count);
            }
            return true;
        } catch (SocketTimeoutException e) {
            throw new AssertionError(
                    "neither an answer nor an end within " + patienceMillis + " ms; so far: " + answers, e);
        } catch (IOException e) {
            return false;
        }
    }
}
