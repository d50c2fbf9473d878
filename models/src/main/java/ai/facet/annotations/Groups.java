package ai.facet.annotations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Disjoint sets of the integers below a number (union-find with path halving). Not thread-safe. */
final class Groups {
    private final int[] parent;
    private final int[] size;

    Groups(int count) {
        parent = new int[count];
        size = new int[count];
        for (int i = 0; i < count; i++) {
            parent[i] = i;
            size[i] = 1;
        }
    }

    void join(int a, int b) {
        int large = root(a);
        int small = root(b);
        if (large == small) {
            return;
        }
        if (size[large] < size[small]) {
            int other = large;
            large = small;
            small = other;
        }
        parent[small] = large;
        size[large] += size[small];
    }

    int root(int i) {
        int node = i;
        while (parent[node] != node) {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }
        return node;
    }

    int sizeOf(int i) {
        return size[root(i)];
    }

    /** All sets, each in ascending order, ordered by their first member. */
    List<List<Integer>> sets() {
        Map<Integer, List<Integer>> sets = new LinkedHashMap<>();
        for (int i = 0; i < parent.length; i++) {
            sets.computeIfAbsent(root(i), r -> new ArrayList<>()).add(i);
        }
        return sets.values().stream()
                .sorted(Comparator.comparing(s -> s.get(0)))
                .toList();
    }
}
