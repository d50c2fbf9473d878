package ai.facet.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.facet.cli.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On PyTorch for CPU; a machine's own GPU does not matter to it. */
class DevicesTest {
    @Test
    void oneDeviceIsChosenAsEver() {
        assertThat(Devices.choose("cpu", 1)).isEqualTo(Devices.of(Device.cpu()));
        assertThat(Devices.choose("auto", 2).describe()).isEqualTo("CPU, 2 threads");
        assertThat(Devices.choose("cpu", 1).several()).isFalse();
    }

    @Test
    void takesTheProcessorSeveralTimes() {
        Devices devices = Devices.choose("cpu,cpu,cpu", 1);

        assertThat(devices.all()).containsExactly(Device.cpu(), Device.cpu(), Device.cpu());
        assertThat(devices.several()).isTrue();
        assertThat(devices.describe()).isEqualTo("3 x CPU, 1 thread");
    }

    @Test
    void namesEveryGpu() {
        assertThat(new Devices(List.of(Device.gpu(1), Device.gpu(0), Device.gpu(3))).describe())
                .startsWith("GPU 1, GPU 0, GPU 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu:0,gpu:1", "gpu,gpu:1", "gpu:3,gpu:2,gpu:1"})
    void refusesGpusThatAreNotThereAndNamesBothWays(String request) {
        assertThatThrownBy(() -> Devices.choose(request, 1))
                .isInstanceOfSatisfying(
                        UserException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageContainingAll(
                        "--device " + request.split(",")[0] + ": PyTorch sees no GPU", "facet natives install cuda");
    }

    @ParameterizedTest
    @CsvSource({
        "'cpu,tpu', 'names \"tpu\"; expected gpu:<number> or cpu between the commas'",
        "'gpu:0,', 'names \"\"; expected'",
        "'auto,auto', 'names \"auto\"; expected'",
        "'gpu:0,gpu:99999999999', 'names \"gpu:99999999999\"; expected'",
        "'cpu,gpu:0', 'mixes CPU and GPU; expected one kind'",
        "'gpu:1,gpu:1', 'names GPU 1 twice; expected different ones'",
        "'gpu,gpu:0', 'names GPU 0 twice'",
        "'gpu:2,gpu:02', 'names GPU 2 twice'"
    })
    void refusesListsWithoutSense(String request, String message) {
        assertThatThrownBy(() -> Devices.choose(request, 1))
                .isInstanceOfSatisfying(
                        UserException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageContainingAll("--device \"" + request + "\"", message);
    }

    @Test
    void commandsThatUseOneDeviceRefuseAList() {
        assertThatThrownBy(() -> ComputeDevice.choose("cpu,cpu", 1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--device is \"cpu,cpu\"; expected auto, cpu, gpu or gpu:<number>");
    }
}
