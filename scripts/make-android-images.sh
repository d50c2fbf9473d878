#!/usr/bin/env bash
# make-android-images.sh: makes docs/images/android-*.png anew from the screenshots that the app's tests left in
# android-demo/target/screenshots (mvn -pl models,serve,android-demo verify), small enough for a README.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

screenshots=android-demo/target/screenshots
# screenshot, by what it is divided (phones are drawn at 3 pixels for a dp in portrait, at 2 in landscape)
for choice in answers:4 night:4 german:4 large-text:4 benchmark:4 landscape:2; do
  name=${choice%:*}
  if [ ! -f "$screenshots/$name.png" ]; then
    echo "$screenshots/$name.png is not there; run mvn -pl models,serve,android-demo verify first" >&2
    exit 1
  fi
  java scripts/android/ShrinkPicture.java "$screenshots/$name.png" "docs/images/android-$name.png" "${choice#*:}"
done
ls -l docs/images/android-*.png
