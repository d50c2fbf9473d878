package ai.facet.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest, or {@code development} when run from classes. */
public final class FacetVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"facet " + current()};
    }

    public static String current() {
        String version = FacetVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
