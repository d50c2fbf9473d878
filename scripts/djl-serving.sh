#!/usr/bin/env bash
# djl-serving.sh DIR [ARGUMENT...]: starts the published DJL Serving with a folder of `facet export --djl-serving DIR`, on
# http://127.0.0.1:8080. An installed release is taken first, then a container.
#
# Environment (all optional):
#   DJL_SERVING         the release's start script (default: djl-serving on the PATH)
#   DJL_SERVING_IMAGE   the container's image (default: deepjavalibrary/djl-serving:0.36.0)
#   DJL_SERVING_PORT    the container's port on this machine (default: 8080)
set -euo pipefail

fail() {
  printf 'djl-serving.sh: %s\n' "$1" >&2
  exit "${2:-2}"
}

[ $# -ge 1 ] || fail "give the folder of: facet export --checkpoint FILE --output BUNDLE --djl-serving DIR"
home=$(cd "$1" 2>/dev/null && pwd) || fail "$1 is not a folder. Make it with: facet export ... --djl-serving $1"
shift
[ -d "$home/models" ] && [ -f "$home/deps/facet-djl-serving.jar" ] \
  || fail "$home has no models/ and deps/facet-djl-serving.jar. Make them with: facet export ... --djl-serving $home"

# DJL's ONNX Runtime engine looks for a second engine unless told not to; offline and without telemetry as everything here.
options="-Dai.djl.onnx.disable_alternative=true"
export DJL_OFFLINE="${DJL_OFFLINE:-true}" OPT_OUT_TRACKING="${OPT_OUT_TRACKING:-true}"

release=${DJL_SERVING:-$(command -v djl-serving || true)}
if [ -n "$release" ]; then
  [ -x "$release" ] || fail "DJL_SERVING is \"$release\", which cannot be run"
  export MODEL_SERVER_HOME=$home JAVA_OPTS="$options ${JAVA_OPTS:-}"
  exec "$release" --model-store "$home/models" "$@"
fi

for engine in docker podman; do
  if command -v "$engine" >/dev/null; then
    exec "$engine" run --rm --publish "127.0.0.1:${DJL_SERVING_PORT:-8080}:8080" \
      --env DJL_OFFLINE --env OPT_OUT_TRACKING --env "JAVA_OPTS=$options ${JAVA_OPTS:-}" \
      --volume "$home/models:/opt/ml/model:ro" --volume "$home/deps/facet-djl-serving.jar:/opt/djl/deps/facet-djl-serving.jar:ro" \
      "${DJL_SERVING_IMAGE:-deepjavalibrary/djl-serving:0.36.0}" serve "$@"
  fi
done

fail "DJL Serving is not installed, and there is neither docker nor podman. Install a release from https://docs.djl.ai \
and put djl-serving on the PATH, or name its start script in DJL_SERVING" 1
