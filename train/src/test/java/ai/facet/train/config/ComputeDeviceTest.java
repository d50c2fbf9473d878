package ai.facet.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.facet.cli.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On PyTorch for CPU; a machine's own GPU does not matter to it. */
class ComputeDeviceTest {
    @Test
    void takesTheProcessorWithoutAGpu() {
        assertThat(ComputeDevice.choose("auto", 1)).isEqualTo(Device.cpu());
        assertThat(ComputeDevice.choose("cpu", 1)).isEqualTo(Device.cpu());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "gpu:0", "gpu:3"})
    void refusesAGpuThatIsNotThereAndNamesBothWays(String request) {
        assertThatThrownBy(() -> ComputeDevice.choose(request, 1))
                .isInstanceOfSatisfying(
                        UserException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageContainingAll(
                        "--device " + request, "PYTORCH_LIBRARY_PATH", "facet natives install cuda", "--device cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GPU", "cuda", "gpu:", "gpu:-1", "gpu:99999999999"})
    void refusesUnknownNames(String request) {
        assertThatThrownBy(() -> ComputeDevice.choose(request, 1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("expected auto, cpu, gpu or gpu:<number>");
    }

    @Test
    void takesTheGpuThatIsAskedFor() {
        assertThat(ComputeDevice.pick("auto", true)).isEqualTo(Device.gpu(0));
        assertThat(ComputeDevice.pick("gpu", true)).isEqualTo(Device.gpu(0));
        assertThat(ComputeDevice.pick("gpu:2", true)).isEqualTo(Device.gpu(2));
        assertThat(ComputeDevice.pick("cpu", true)).isEqualTo(Device.cpu());
    }

    @Test
    void namesEachKindOfGpuOfTheDriverOnce(@TempDir Path driver) throws IOException {
        for (String gpu : new String[] {"0000:01:00.0", "0000:02:00.0"}) {
            Path folder = Files.createDirectory(driver.resolve(gpu.replace(':', '_')));
            Files.writeString(folder.resolve("information"), "Model: \t\t NVIDIA T4\nIRQ:   \t 1\n");
        }

        assertThat(ComputeDevice.gpuNames(driver)).isEqualTo(" (NVIDIA T4)");
        assertThat(ComputeDevice.gpuNames(driver.resolve("none"))).isEmpty();
    }

    @Test
    void refusesAGpuThatCannotCompute() {
        Engine engine = TorchEngine.start(1);

        assertThatThrownBy(() -> ComputeDevice.requireUsable(engine, Device.gpu(7)))
                .isInstanceOfSatisfying(
                        UserException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageContainingAll("GPU 7", "--device cpu");
    }
}
