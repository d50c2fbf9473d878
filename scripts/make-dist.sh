#!/usr/bin/env bash
# Packs what `mvn package` laid out into dist/facet-VERSION-OS.tar.gz, which runs outside the checkout. A jar that
# several modules use is stored once and hard-linked.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml | head -n 1)
name="facet-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)"
stage=dist/$name
rm -rf "$stage"
mkdir -p "$stage/scripts"
cp scripts/facet scripts/facet.cmd scripts/commands.txt "$stage/scripts/"
cp LICENSE NOTICE README.md CHANGELOG.md "$stage/"
cp serve/target/dist/djl-serving/facet-djl-serving.jar "$stage/"
cp export/target/generated-sources/license/THIRD-PARTY.txt "$stage/"
for module in train export serve; do
  [ -d "$module/target/dist/lib/common" ] || { echo "module $module is not built; run: mvn -DskipTests package" >&2; exit 1; }
  for group in common torch-cpu ort-cpu; do
    [ -d "$module/target/dist/lib/$group" ] || continue
    mkdir -p "$stage/$module/lib/$group"
    for jar in "$module/target/dist/lib/$group"/*.jar; do
      twin=$(find "$stage" -name "$(basename "$jar")" -print -quit)
      if [ -n "$twin" ] && cmp -s "$twin" "$jar"; then
        ln "$twin" "$stage/$module/lib/$group/"
      else
        cp "$jar" "$stage/$module/lib/$group/"
      fi
    done
  done
done
tar --sort=name --owner=0 --group=0 --numeric-owner -C dist -czf "dist/$name.tar.gz" "$name"
rm -rf "$stage"
du -h "dist/$name.tar.gz"
