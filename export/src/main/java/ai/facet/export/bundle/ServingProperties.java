package ai.facet.export.bundle;

/** {@code serving.properties}: how DJL Serving runs the bundle as a model folder. */
final class ServingProperties {
    private ServingProperties() {}

    static String text() {
        return """
                # DJL Serving: copy this folder to models/, the jar facet-djl-serving.jar to deps/
                # and start it with -Dai.djl.onnx.disable_alternative=true
                engine=OnnxRuntime
                option.modelName=model
                option.intraOpNumThreads=1
                option.interOpNumThreads=1
                option.optLevel=ALL_OPT
                translatorFactory=ai.facet.serve.djl.FacetTranslatorFactory
                job_queue_size=64
                batch_size=8
                max_batch_delay=0
                minWorkers=2
                maxWorkers=2
                load_on_devices=-1
                """;
    }
}
