#!/usr/bin/env bash
# serve.sh [SOAK_MINUTES [OVERLOAD_SECONDS [RELOADS [REQUESTS]]]]: what a server endures (EnduranceTest, HttpFuzzTest), as rows of
# a table: overload in an open loop, SIGTERM with 64 in flight, reloads under load, damaged requests, and a soak at half load.
# Passes (exit 0) if all of them do. Linux only.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

minutes=${1:-30} seconds=${2:-60} reloads=${3:-200} requests=${4:-100000}
out=$(mktemp)
trap 'rm -f "$out"' EXIT

failed=0
scripts/test.sh -pl models,serve -Dtest=EnduranceTest,HttpFuzzTest -Dtest.groups='slow|soak' -Dtest.excludedGroups=gpu \
  -Dtest.failIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false \
  -Dfacet.soak.minutes="$minutes" -Dfacet.overload.seconds="$seconds" -Dfacet.reloads="$reloads" \
  -Dfacet.fuzz.count="$requests" >"$out" 2>&1 || failed=1
grep '^| ' "$out" || true
[ "$failed" = 0 ] || { grep '^\[ERROR\]' "$out" >&2; exit 1; }
