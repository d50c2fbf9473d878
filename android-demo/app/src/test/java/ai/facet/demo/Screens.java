package ai.facet.demo;

import android.app.Activity;
import android.content.Context;
import android.graphics.Bitmap;
import android.graphics.Canvas;
import android.os.Looper;
import android.util.DisplayMetrics;
import android.view.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.robolectric.Robolectric;
import org.robolectric.Shadows;
import org.robolectric.android.controller.ActivityController;

/** What tests do with screens. */
final class Screens {
    static final String PHONE = "w411dp-h891dp-port-xxhdpi";
    private static final Path FOLDER = Path.of(System.getProperty("facet.screenshots", "target/screenshots"));
    private static final int WAIT_SECONDS = 60;

    private Screens() {}

    static ActivityController<MainActivity> open() {
        return Robolectric.buildActivity(MainActivity.class).setup();
    }

    /** Until the worker and the main thread have nothing left to do. */
    static void settle(Context context) throws Exception {
        FacetApp.asker(context).idle().get(WAIT_SECONDS, TimeUnit.SECONDS);
        Shadows.shadowOf(Looper.getMainLooper()).idle();
    }

    /** A picture of app/src/test/resources. */
    static byte[] picture(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Screens.class.getResourceAsStream("/" + name), name)) {
            return in.readAllBytes();
        }
    }

    /** Writes target/screenshots/NAME.png. */
    static Bitmap photograph(Activity activity, String name) throws IOException {
        return photograph(activity.getWindow().getDecorView(), activity, name);
    }

    /** A window's content, such as a dialog's. */
    static Bitmap photograph(View root, Activity activity, String name) throws IOException {
        if (root.getWidth() == 0) { // an activity that was made anew has no window manager here to lay it out
            DisplayMetrics size = activity.getResources().getDisplayMetrics();
            root.measure(
                    View.MeasureSpec.makeMeasureSpec(size.widthPixels, View.MeasureSpec.EXACTLY),
                    View.MeasureSpec.makeMeasureSpec(size.heightPixels, View.MeasureSpec.EXACTLY));
            root.layout(0, 0, size.widthPixels, size.heightPixels);
        }
        root.jumpDrawablesToCurrentState(); // or they are drawn as they were before their animation
        Bitmap screen = Bitmap.createBitmap(root.getWidth(), root.getHeight(), Bitmap.Config.ARGB_8888);
        root.draw(new Canvas(screen));
        Files.createDirectories(FOLDER);
        try (OutputStream out = Files.newOutputStream(FOLDER.resolve(name + ".png"))) {
            screen.compress(Bitmap.CompressFormat.PNG, 100, out);
        }
        return screen;
    }

    /** The lengths of the bars, in thousandths. */
    static List<Integer> bars(Activity activity) {
        android.view.ViewGroup group = activity.findViewById(R.id.answers);
        List<Integer> bars = new ArrayList<>();
        for (int i = 0; i < group.getChildCount(); i++) {
            bars.add(group.getChildAt(i)
                    .<android.widget.ProgressBar>findViewById(R.id.bar)
                    .getProgress());
        }
        return bars;
    }

    /** The descriptions that TalkBack reads for the answers. */
    static List<String> answers(Activity activity) {
        android.view.ViewGroup group = activity.findViewById(R.id.answers);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < group.getChildCount(); i++) {
            texts.add(String.valueOf(group.getChildAt(i).getContentDescription()));
        }
        return texts;
    }
}
