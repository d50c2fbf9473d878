#!/usr/bin/env bash
# Remakes models/src/test/resources/golden/bundle-v1 (a tiny model with random weights), bundle-v1-explain (the further file
# of facet export --explain) and bundle-v1-inputs (pictures, and the logits and heat that the DJL Block gives for
# them). Commit the result only when the bundle's format changed on purpose.
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -q -pl export -am -Dtest=MakeBundleGolden -Dsurefire.failIfNoSpecifiedTests=false -Dtest.failIfNoTests=false \
  "-Dfacet.golden.output=$PWD/${1:-models/src/test/resources/golden/bundle-v1}" test
