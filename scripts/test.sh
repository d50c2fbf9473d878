#!/usr/bin/env bash
# Builds everything and passes every test that needs neither a GPU nor patience. Further Maven options may follow.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DJL_OFFLINE=true OPT_OUT_TRACKING=true
exec mvn --batch-mode --no-transfer-progress -Dstyle.color=never verify "$@"
