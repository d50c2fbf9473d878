// For Android Studio and Gradle. Maven builds the same sources for tests without an SDK: ../pom.xml.
plugins {
    id("com.android.application")
}

android {
    namespace = "ai.facet.demo"
    compileSdk = 36

    defaultConfig {
        applicationId = "ai.facet.demo"
        minSdk = 28
        targetSdk = 36
        versionCode = 1
        versionName = "0.1.0"
        ndk {
            abiFilters += listOf("arm64-v8a", "x86_64")
        }
    }

    buildTypes {
        release {
            // ONNX Runtime's natives find its Java classes by name.
            isMinifyEnabled = false
        }
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }

    androidResources {
        // Read whole into memory: compressed it would be there twice.
        noCompress += "onnx"
    }

    testOptions {
        unitTests {
            isIncludeAndroidResources = true
            all {
                it.jvmArgs("--add-opens=java.base/java.io=ALL-UNNAMED")
                // Maven's alone (mvn verify): they look at its build and its folders, or ask the server's module.
                it.exclude("**/ArchitectureTest.class", "**/LabelsTest.class", "**/PhoneModelTest.class", "**/TranslationsTest.class")
            }
        }
    }
}

// The pixel pipeline and the model's description are those of training and serving, compiled from copies of their sources:
// edit those in ../../models, the copies are overwritten.
val contract = tasks.register<Sync>("contractSources") {
    from("../../models/src/main/java") {
        include(
            "ai/facet/json/**",
            "ai/facet/schema/**",
            "ai/facet/image/**",
            "ai/facet/preprocess/**",
            "ai/facet/network/**",
            "ai/facet/description/**",
            "ai/facet/prediction/**",
        )
    }
    into(layout.buildDirectory.dir("contract"))
}

android.sourceSets["main"].java.srcDir(layout.buildDirectory.dir("contract"))
tasks.named("preBuild") { dependsOn(contract) }

dependencies {
    implementation("com.microsoft.onnxruntime:onnxruntime-android:1.26.0")
    implementation("org.jspecify:jspecify:1.0.1")

    // On the development machine ONNX Runtime's desktop natives answer.
    testImplementation("com.microsoft.onnxruntime:onnxruntime:1.26.0")
    testImplementation("org.robolectric:robolectric:4.17")
    testImplementation("junit:junit:4.13.2")
    testImplementation("org.assertj:assertj-core:3.27.7")
    testImplementation("com.tngtech.archunit:archunit:1.5.0")
}
