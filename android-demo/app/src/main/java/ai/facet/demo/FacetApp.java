package ai.facet.demo;

import android.app.Application;
import android.content.Context;

/** Keeps the model and the last answer while activities come and go. */
public final class FacetApp extends Application {
    @SuppressWarnings("NullAway.Init") // Android calls onCreate first
    private Asker asker;

    @Override
    public void onCreate() {
        super.onCreate();
        asker = new Asker(this);
    }

    static Asker asker(Context context) {
        return ((FacetApp) context.getApplicationContext()).asker;
    }
}
