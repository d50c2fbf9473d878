package ai.facet.demo;

import android.app.Application;
import android.content.Context;

/** Keeps the model and the last answer while activities come and go. Tests give it other files. */
public class FacetApp extends Application {
    @SuppressWarnings("NullAway.Init") // Android calls onCreate first
    private Asker asker;

    @Override
    public void onCreate() {
        super.onCreate();
        asker = new Asker(this, modelFiles());
    }

    /** Where the model lies. */
    ModelFiles modelFiles() {
        return ModelFiles.of(getAssets());
    }

    static Asker asker(Context context) {
        return ((FacetApp) context.getApplicationContext()).asker;
    }

    /** The app is one of those that Android ends next. */
    @Override
    @SuppressWarnings("deprecation") // the levels below are; this one is still sent
    public void onTrimMemory(int level) {
        super.onTrimMemory(level);
        if (level >= TRIM_MEMORY_BACKGROUND) {
            asker.rest();
        }
    }

    /** Phones never call it: their processes end with everything in them. */
    @Override
    public void onTerminate() {
        asker.close();
        super.onTerminate();
    }
}
