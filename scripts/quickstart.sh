#!/usr/bin/env bash
# The whole road once, on drawn persons: build, data, training, evaluation, export, parity, prediction, HTTP.
# About 10 minutes on 2 cores. Everything lands in runs/quickstart (ignored by git); an earlier quick start there is replaced.
#
# Environment: QUICKSTART_IMAGES (5000), QUICKSTART_EPOCHS (12), QUICKSTART_SIZE (112, pixels)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

images=${QUICKSTART_IMAGES:-5000}
epochs=${QUICKSTART_EPOCHS:-12}
size=${QUICKSTART_SIZE:-112}
out=runs/quickstart
bundle=$out/bundle
heldout=$out/heldout
started=$SECONDS
server=""

cleanup() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
  fi
}
trap cleanup EXIT

step() {
  printf '\n== %s (%d s since the start)\n' "$1" "$((SECONDS - started))"
}

step "Build"
mvn --batch-mode --quiet --no-transfer-progress -DskipTests package

step "Draw $images persons to learn from and 1,000 of another seed to be judged on"
rm -rf "$out"
mkdir -p "$out"
scripts/facet data synth --count "$images" --size "$size" --seed 1 --output "$out/data"
scripts/facet data synth --count 1000 --size "$size" --seed 2 --output "$heldout"

step "Train facet-s"
scripts/facet train --data "$out/data/attributes.csv" --network facet-s --size "$size" --epochs "$epochs" \
  --seed 1 --output "$out/run"

step "Evaluate the checkpoint on the 1,000 others"
scripts/facet evaluate --checkpoint "$out/run/best.safetensors" --data "$heldout/attributes.csv" \
  --output "$out/evaluation-checkpoint"

step "Export to ONNX and TorchScript; three engines must agree"
scripts/facet export --checkpoint "$out/run/best.safetensors" --name person --output "$bundle" \
  --images "$heldout/attributes.csv"

step "Predict some pictures with ONNX Runtime"
scripts/facet predict "$bundle" "$heldout"/images/0000[1-4].jpg

step "Serve, ask over HTTP, stop"
scripts/facet serve --model "$bundle" --port 0 >"$out/server.log" 2>&1 &
server=$!
url=""
for _ in $(seq 1 100); do
  url=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$out/server.log" | head -n 1 || true)
  [ -z "$url" ] || break
  kill -0 "$server" 2>/dev/null || { cat "$out/server.log" >&2; exit 1; }
  sleep 0.2
done
[ -n "$url" ] || { echo "the server did not start within 20 s; see $out/server.log" >&2; exit 1; }
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
"$java" scripts/quickstart/Ask.java "$url/predictions/person" "$heldout/images/00005.jpg"
kill "$server"
wait "$server" || true
server=""

step "The bundle's answers on the 1,000 others; each attribute must beat the majority (lower 95 % bound)"
scripts/facet evaluate --model "$bundle" --data "$heldout/attributes.csv" --beat-majority \
  --output "$out/evaluation-bundle"

printf '\nDone in %d s.\n  report      %s\n  evaluation  %s\n  bundle      %s\n' "$((SECONDS - started))" \
  "$out/run/report.html" "$out/evaluation-bundle" "$bundle"
