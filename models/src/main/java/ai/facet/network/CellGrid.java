package ai.facet.network;

/**
 * Where the values of a map lie on the network's input: value {@code (row, column)} is centred on the pixel
 * {@code (firstCentrePx + row * stepPx, firstCentrePx + column * stepPx)}, the middle of the first pixel being 0.
 * Stretching a map over the picture instead would move it by half a step where convolutions with stride pad their
 * borders.
 *
 * @param stepPx the product of the strides so far
 */
public record CellGrid(int rows, int columns, double firstCentrePx, int stepPx) {
    /**
     * The grid of maps at a place of a network.
     *
     * @throws IllegalArgumentException if the input is too small for the network, or it is Java code
     */
    public static CellGrid of(NetworkSpec spec, MapPlace place, int heightPx, int widthPx) {
        NetworkWalk walk = new NetworkWalk(spec.name(), 3, heightPx, widthPx);
        spec.base().subList(0, place.stages()).forEach(s -> s.layers().forEach(layer -> walk.apply(layer, 0)));
        if (place.inTowers()) {
            spec.tower().subList(0, MapPlace.towerLayers(spec)).forEach(layer -> walk.apply(layer, 0));
        }
        return walk.grid();
    }
}
