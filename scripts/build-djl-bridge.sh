#!/usr/bin/env bash
# build-djl-bridge.sh DJL PYTHON FOLDER: lets Facet train on the PyTorch of a Python (another version, another CUDA) instead of
# libtorch 2.7.1. Compiles DJL's bridge between Java and PyTorch against it and puts both into FOLDER/lib; afterwards set
#   PYTORCH_LIBRARY_PATH=FOLDER/lib PYTORCH_VERSION=<printed> PYTORCH_FLAVOR=<printed> LD_LIBRARY_PATH=<printed>
#
#   DJL     a checkout of github.com/deepjavalibrary/djl at the tag v0.35.1
#   PYTHON  a Python that can import torch
#   FOLDER  is created
#
# Needs a JDK, g++ and, for CUDA, the toolkit's headers (CUDA_HOME, by default /usr/local/cuda). Takes about a minute.
set -euo pipefail

if [ $# -ne 3 ]; then
  sed -n '2,11s/^# \{0,1\}//p' "$0"
  exit 2
fi
djl=$(cd "$1" && pwd) python=$2
native="$djl/engines/pytorch/pytorch-native/src/main/native"
engine="$djl/engines/pytorch/pytorch-engine/src/main/java"
[ -d "$native" ] && [ -d "$engine" ] || { echo "$djl is no checkout of DJL: $native is missing" >&2; exit 2; }
mkdir -p "$3/lib"
folder=$(cd "$3" && pwd)

javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
home=$(dirname "$(dirname "$(readlink -f "$(command -v "$javac")")")")
torch=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))')
version=$("$python" -c 'import torch; print(torch.__version__.split("+")[0])')
flavor=$("$python" -c 'import torch; print("cu" + torch.version.cuda.replace(".", "") if torch.version.cuda else "cpu")')
options=(-std=c++20 -O2 -fPIC -w)
if [ "$flavor" != cpu ]; then
  options+=(-DUSE_CUDA "-I${CUDA_HOME:-/usr/local/cuda}/include")
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$javac" -proc:none -d "$work/classes" -h "$work/include" -sourcepath "$engine:$djl/api/src/main/java" \
  "$engine/ai/djl/pytorch/jni/PyTorchLibrary.java"
find "$native" -name '*.cc' -print0 | xargs -0 -P "$(getconf _NPROCESSORS_ONLN)" -I{} sh -c \
  'source=$1; shift; exec g++ "$@" -c "$source" -o "$0/$(basename "$source" .cc).o"' "$work" {} "${options[@]}" \
  "-I$work/include" "-I$home/include" "-I$home/include/linux" "-I$native" "-I$djl/api/src/main/native" \
  "-I$torch/include" "-I$torch/include/torch/csrc/api/include"
ln -sf "$torch"/lib/*.so* "$folder/lib/"
g++ -shared -o "$folder/lib/libdjl_torch.so" "$work"/*.o "-L$torch/lib" -ltorch -ltorch_cpu -lc10 '-Wl,-rpath,$ORIGIN'

printf 'PYTORCH_LIBRARY_PATH=%s\nPYTORCH_VERSION=%s\nPYTORCH_FLAVOR=%s\n' "$folder/lib" "$version" "$flavor"
cuda=$(find "$torch/../nvidia" -type d -name lib 2>/dev/null | paste -sd: || true)
[ -z "$cuda" ] || printf 'LD_LIBRARY_PATH=%s\n' "$cuda"
