#!/usr/bin/env bash
# Longer proofs, by area: scripts/acceptance.sh AREA. Each prints a table for the record: commit, versions, CPU, figures.
#   slow        the tests tagged "slow"
#   quickstart  scripts/quickstart.sh from a fresh clone of HEAD, timed
#   rss         2,000 training steps, resident memory in tenths of the run; [EPOCHS [PIXELS [BATCH [THREADS]]]] for another run
#   serve       overload, SIGTERM, reloads, 100,000 damaged requests and a soak; [SOAK_MINUTES [OVERLOAD_SECONDS [RELOADS [REQUESTS]]]]
#   python      real PyTorch, onnx.checker and Python's ONNX Runtime on the quick start's bundle (needs Python)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

header() {
  printf '| what | value |\n|---|---|\n'
  printf '| area | %s |\n' "$1"
  printf '| commit | %s%s |\n' "$(git rev-parse --short HEAD)" "$([ -z "$(git status --porcelain)" ] || echo ' (modified)')"
  printf '| CPU | %s, %s cores |\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)" "$(getconf _NPROCESSORS_ONLN)"
  printf '| Java | %s |\n' "$("${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1 | head -n 1)"
  printf '| DJL, libtorch, ONNX Runtime | %s, %s, %s |\n' \
    "$(sed -n 's|.*<djl.version>\(.*\)</djl.version>|\1|p' pom.xml)" \
    "$(sed -n 's|.*<pytorch.version>\(.*\)</pytorch.version>|\1|p' pom.xml)" \
    "$(sed -n 's|.*<onnxruntime.version>\(.*\)</onnxruntime.version>|\1|p' pom.xml)"
}

case "${1:-}" in
  slow)
    header slow
    scripts/test.sh -Dtest.groups=slow -Dtest.excludedGroups=gpu -Dtest.failIfNoTests=false
    ;;
  quickstart)
    clone=$(mktemp -d)
    trap 'rm -rf "$clone"' EXIT
    git clone --quiet . "$clone"
    started=$SECONDS
    "$clone/scripts/quickstart.sh"
    header quickstart
    printf '| seconds | %s |\n' "$((SECONDS - started))"
    ;;
  rss)
    header rss
    scripts/acceptance/rss-train.sh "${@:2}"
    ;;
  serve)
    header serve
    scripts/acceptance/serve.sh "${@:2}"
    ;;
  python)
    header python
    "${PYTHON:-python3}" scripts/check-with-python.py "${2:-runs/quickstart/bundle}"
    ;;
  *)
    sed -n '2,7s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
