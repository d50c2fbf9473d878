package ai.facet.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.facet.cli.UserException;
import ai.facet.files.AtomicFiles;
import ai.facet.files.FileLayer;
import ai.facet.json.Json;
import ai.facet.network.Presets;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.AttributeSchema;
import ai.facet.train.config.AugmentationConfig;
import ai.facet.train.config.DataConfig;
import ai.facet.train.config.Devices;
import ai.facet.train.config.LossConfig;
import ai.facet.train.config.OptimizerConfig;
import ai.facet.train.config.RunConfig;
import ai.facet.train.config.TrainingConfig;
import ai.facet.train.loop.TrainingState;
import ai.facet.train.optimize.LearningRateSchedule.Kind;
import ai.facet.train.optimize.OptimizerState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints on full disks and damaged ones: a readable one stays, whatever fails. */
class CheckpointStoreTest {
    @TempDir
    Path temp;

    private RunFolder folder;
    private RunNetwork network;
    private OptimizerState optimizer;
    private boolean diskIsFull;

    @BeforeEach
    void open() throws IOException {
        folder = RunFolder.create(temp.resolve("run"));
        AttributeSchema schema = AttributeSchema.fromJson(Json.parseObject(
                "{\"attributes\": [{\"id\": \"gender\", \"title\": \"gender\", \"classes\": [\"female\", \"male\"]}]}",
                "schema"));
        network = RunNetwork.create(training(), schema, Preprocessing.square(32), Device.cpu());
        optimizer = new OptimizerState(network.manager());
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        folder.close();
    }

    @Test
    void aFullDiskLeavesBothCheckpoints() throws IOException {
        CheckpointStore store = store();
        store.writeLast(at(1), optimizer);
        store.writeLast(at(2), optimizer);
        diskIsFull = true;

        assertThatThrownBy(() -> store.writeLast(at(3), optimizer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.file(CheckpointStore.LAST).toString())
                .hasMessageContaining("No space left on device");

        assertThat(restored()).isEqualTo(2);
        damage(CheckpointStore.LAST);
        assertThat(restored()).isEqualTo(1);
    }

    @Test
    void aDamagedCheckpointNeverReplacesTheGoodOneBefore() throws IOException {
        CheckpointStore first = store();
        first.writeLast(at(1), optimizer);
        first.writeLast(at(2), optimizer);
        damage(CheckpointStore.LAST);
        CheckpointStore resumed = store();
        assertThat(resumed.restoreNewest(optimizer, false).step()).isEqualTo(1);

        resumed.writeLast(at(2), optimizer);

        damage(CheckpointStore.LAST);
        assertThat(restored()).isEqualTo(1);
    }

    @Test
    void saysWhenBothAreDamaged() throws IOException {
        CheckpointStore store = store();
        store.writeLast(at(1), optimizer);
        store.writeLast(at(2), optimizer);
        damage(CheckpointStore.LAST);
        damage(CheckpointStore.PREVIOUS);

        assertThatThrownBy(this::restored)
                .isInstanceOf(UserException.class)
                .hasMessageContaining("neither")
                .hasMessageContaining(CheckpointStore.PREVIOUS);
    }

    private long restored() throws IOException {
        return store().restoreNewest(optimizer, false).step();
    }

    private CheckpointStore store() throws IOException {
        AtomicFiles files = new AtomicFiles(new FileLayer() {
            @Override
            public void syncFile(Path file) throws IOException {
                if (diskIsFull) {
                    throw new IOException("No space left on device");
                }
                FileLayer.super.syncFile(file);
            }
        });
        RunConfig config = new RunConfig(data(), training(), 1, "cpu", 5, false, false, 0);
        return new CheckpointStore(
                folder, files, config, network, Environment.current(Devices.of(Device.cpu())), Map.of());
    }

    /** Flips the lowest bit of the file's last byte, a weight. */
    private void damage(String name) throws IOException {
        Path file = folder.file(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.delete(file); // the other name of this file, if it has one, stays whole
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(bytes));
        }
    }

    private static DataConfig data() {
        return DataConfig.of(Path.of("people.csv"));
    }

    private static TrainingConfig training() {
        OptimizerConfig optimizer = new OptimizerConfig(OptimizerConfig.Kind.SGD, Kind.CONSTANT, 0.1, 0, 0, 0);
        return new TrainingConfig(
                Presets.byName("facet-s"),
                32,
                1,
                2,
                optimizer,
                LossConfig.smoothed(0),
                new AugmentationConfig(false),
                1,
                1,
                0.2,
                0);
    }

    private static TrainingState at(int step) {
        return TrainingState.fromJson(Json.parseObject(
                "{\"epoch\": 0, \"batch\": %1$d, \"step\": %1$d, \"lossSum\": 0, \"seconds\": 0, \"history\": []}"
                        .formatted(step),
                "state"));
    }
}
