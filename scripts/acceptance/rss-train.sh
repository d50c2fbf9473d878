#!/usr/bin/env bash
# rss-train.sh [EPOCHS [PIXELS [BATCH [THREADS]]]]: resident memory over at least 2,000 training steps, in tenths of the run. Passes
# (exit 0) if the median of the last tenth is at most 1.02 times the median of the second. Linux only. Needs
# `mvn -DskipTests package` before.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

epochs=${1:-40} size=${2:-96} batch=${3:-16} threads=${4:-$(getconf _NPROCESSORS_ONLN)}
scripts/facet data synth --count 1024 --size "$size" --seed 7 --output "$work/data" >/dev/null
# about 870 training pictures; in batches of 16: 54 steps an epoch, 40 epochs: 2,160 steps
scripts/facet train --data "$work/data/attributes.csv" --size "$size" --batch-size "$batch" --epochs "$epochs" --threads "$threads" --seed 7 \
  --output "$work/run" >"$work/out.txt" 2>"$work/err.txt" &
pid=$!
while kill -0 "$pid" 2>/dev/null; do
  sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$pid/status" 2>/dev/null >>"$work/rss.txt" || true
  sleep 0.25
done
wait "$pid" || { cat "$work/err.txt" >&2; exit 1; }

steps=$(tail -n 1 "$work/run/metrics.csv" | cut -d, -f2)
printf '| steps | %s |\n| samples of VmRSS | %s |\n' "$steps" "$(wc -l <"$work/rss.txt")"
awk '
  { rss[NR] = $1 }
  END {
    for (tenth = 1; tenth <= 10; tenth++) {
      from = int((tenth - 1) * NR / 10) + 1; to = int(tenth * NR / 10); n = 0
      for (i = from; i <= to; i++) part[++n] = rss[i]
      for (i = 2; i <= n; i++) { v = part[i]; for (j = i - 1; j > 0 && part[j] > v; j--) part[j + 1] = part[j]; part[j + 1] = v }
      median[tenth] = part[int((n + 1) / 2)]
      printf "| tenth %d, median MiB | %.1f |\n", tenth, median[tenth] / 1024
    }
    ratio = median[10] / median[2]
    printf "| last / second tenth | %.4f (at most 1.02) |\n", ratio
    exit ratio > 1.02
  }' "$work/rss.txt"
[ "$steps" -ge 2000 ] || { echo "only $steps steps" >&2; exit 1; }
