package ai.facet.serve.registry;

import ai.facet.serve.batch.ServiceObserver;

/** Is told which models come and go. Thread-safe. */
public interface LoadObserver {
    /** Watches nothing. */
    LoadObserver NONE = new LoadObserver() {
        @Override
        public ServiceObserver service(ModelId id) {
            return ServiceObserver.NONE;
        }

        @Override
        public void loaded(ModelId id) {}

        @Override
        public void failed(ModelId id) {}

        @Override
        public void gone(ModelId id) {}
    };

    /** Watches the service of a model that is about to be loaded. */
    ServiceObserver service(ModelId id);

    /** A model is served, for the first time or anew. */
    void loaded(ModelId id);

    /** A bundle was refused; what was served before still is. */
    void failed(ModelId id);

    /** A model is served no more, and its bundle, if it is still there, is left alone. */
    void gone(ModelId id);
}
