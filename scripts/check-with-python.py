#!/usr/bin/env python3
"""Check a bundle with the reference implementations: the ONNX checker, ONNX Runtime and PyTorch.

usage: check-with-python.py BUNDLE [IMAGE ...]

Needs the packages onnx, onnxruntime, torch and numpy (pillow for images). Facet itself needs no Python.
Compares the logits of model.onnx and model.pt on noise (and on the images, squeezed to the input size) at
batch 1, 2 and 7 by |a-b| <= 1e-4 * max(1, max|b|). Exit codes: 0 they agree, 2 bad arguments, 3 they do not.
"""
import argparse
import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime
import torch

TOLERANCE = 1e-4
BATCHES = (1, 2, 7)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", type=pathlib.Path)
    parser.add_argument("images", type=pathlib.Path, nargs="*")
    args = parser.parse_args()
    for name in ("model.json", "model.onnx", "model.pt"):
        if not (args.bundle / name).is_file():
            parser.error(f"{args.bundle} has no {name}; expected a bundle written by facet export")

    description = json.loads((args.bundle / "model.json").read_text(encoding="utf-8"))
    failures = check_documents(args.bundle)
    failures += compare(args.bundle, description, args.images)
    if (args.bundle / "model.explain.onnx").is_file():
        failures += check_class_maps(args.bundle, description)
    if (args.bundle / "model.int8.onnx").is_file():
        failures += check_int8(args.bundle, description, args.images)
    print("FAILED: " + "; ".join(failures) if failures else "all agree")
    return 3 if failures else 0


def check_documents(bundle):
    """The file is a valid ONNX model, and both artifacts carry model.json."""
    failures = []
    model = onnx.load(bundle / "model.onnx")
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    print(f"onnx {onnx.__version__}: checker and strict shape inference pass "
          f"(IR {model.ir_version}, operator set {model.opset_import[0].version}, {len(model.graph.node)} nodes)")
    text = (bundle / "model.json").read_text(encoding="utf-8")
    extra = {"facet.json": ""}
    torch.jit.load(str(bundle / "model.pt"), _extra_files=extra)
    in_torchscript = extra["facet.json"]
    if isinstance(in_torchscript, bytes):
        in_torchscript = in_torchscript.decode("utf-8")
    in_onnx = {entry.key: entry.value for entry in model.metadata_props}.get("facet.model")
    for name, found in (("model.onnx", in_onnx), ("model.pt", in_torchscript)):
        if found != text:
            failures.append(f"the description inside {name} differs from model.json")
    return failures


def compare(bundle, description, image_files):
    session = onnxruntime.InferenceSession(str(bundle / "model.onnx"), providers=["CPUExecutionProvider"])
    module = torch.jit.load(str(bundle / "model.pt")).eval()
    size = description["preprocessing"]
    shape = (size["heightPx"], size["widthPx"], 3)
    generator = numpy.random.default_rng()
    pictures = [squeeze(file, shape) for file in image_files]
    worst = {}
    for batch in BATCHES:
        inputs = [generator.integers(0, 256, (batch, *shape), dtype=numpy.uint8)]
        if pictures:
            inputs.append(numpy.stack([pictures[i % len(pictures)] for i in range(batch)]))
        for images in inputs:
            measure(session, module, images, worst)
    print(f"onnxruntime {onnxruntime.__version__}, torch {torch.__version__}, batches {BATCHES}, "
          f"{len(pictures)} real images")
    print(f"{'output':<28}{'largest difference':>20}{'of tolerance':>15}")
    for name, (difference, share) in worst.items():
        print(f"{name:<28}{difference:>20.2e}{share:>14.1%}")
    return [f"{name} differs by {difference:.2e}" for name, (difference, share) in worst.items() if not share <= 1]


def measure(session, module, images, worst):
    names = [output.name for output in session.get_outputs()]
    from_onnx = dict(zip(names, session.run(None, {"image": images})))
    with torch.no_grad():
        from_torch = {name: value.numpy() for name, value in module(torch.from_numpy(images)).items()}
    if sorted(names) != sorted(from_torch):
        sys.exit(f"outputs differ: {names} in model.onnx, {list(from_torch)} in model.pt")
    for name in names:
        a, b = from_onnx[name].astype("float64"), from_torch[name].astype("float64")
        difference = float(abs(a - b).max())
        if not numpy.isfinite(difference):  # max() below would drop a NaN
            difference = float("inf")
        share = difference / (TOLERANCE * max(1.0, float(abs(b).max())))
        before = worst.get(name, (0.0, 0.0))
        worst[name] = (max(before[0], difference), max(before[1], share))


def check_class_maps(bundle, description):
    """model.explain.onnx is valid, and its maps hold what the logits are made of: mean(cam) differs by the bias only."""
    file = str(bundle / "model.explain.onnx")
    model = onnx.load(file)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    maps = json.loads(metadata["facet.class-maps"])["maps"]
    plain = onnxruntime.InferenceSession(str(bundle / "model.onnx"), providers=["CPUExecutionProvider"])
    explain = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    size = description["preprocessing"]
    images = numpy.random.default_rng().integers(0, 256, (7, size["heightPx"], size["widthPx"], 3), dtype=numpy.uint8)
    failures = []
    for attribute, place in maps.items():
        logits = plain.run([attribute + "_logits"], {"image": images})[0]
        found, cam = explain.run([attribute + "_logits", place["output"]], {"image": images})
        if cam.shape != (7, logits.shape[1], place["rows"], place["columns"]):
            failures.append(f"{place['output']} has the shape {cam.shape}")
        bias = logits - cam.mean(axis=(2, 3))
        tolerance = TOLERANCE * max(1.0, float(abs(logits).max()))
        if not abs(found - logits).max() <= tolerance or not numpy.ptp(bias, axis=0).max() <= tolerance:
            failures.append(f"{attribute} in model.explain.onnx differs")
    print(f"model.explain.onnx: checker passes, {len(maps)} class maps agree with the logits" if not failures else failures)
    return failures


def check_int8(bundle, description, image_files):
    """model.int8.onnx is valid, and ONNX Runtime's int8 kernels move its answers no further than rounding to int8 itself does.

    The rounding is what the same graph gives in floats, without fused kernels, beside model.onnx.
    """
    file = str(bundle / "model.int8.onnx")
    model = onnx.load(file)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    plain = onnxruntime.SessionOptions()
    plain.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    sessions = (
        onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"]),
        onnxruntime.InferenceSession(file, plain, providers=["CPUExecutionProvider"]),
        onnxruntime.InferenceSession(str(bundle / "model.onnx"), providers=["CPUExecutionProvider"]),
    )
    size = description["preprocessing"]
    shape = (size["heightPx"], size["widthPx"], 3)
    images = numpy.random.default_rng().integers(0, 256, (7, *shape), dtype=numpy.uint8)
    if image_files:
        images = numpy.concatenate([images, numpy.stack([squeeze(file, shape) for file in image_files])])
    kernels = rounding = 0.0
    for output in sessions[0].get_outputs():
        if output.name.endswith("_logits"):
            integers, floats, exact = (session.run([output.name], {"image": images})[0] for session in sessions)
            largest = max(1.0, float(abs(exact).max()))
            kernels = max(kernels, float(abs(integers - floats).max()) / largest)
            rounding = max(rounding, float(abs(floats - exact).max()) / largest)
    print(f"model.int8.onnx: checker passes; of the largest logit its kernels move {kernels:.2%}, its rounding {rounding:.2%}")
    return [] if kernels <= max(0.05, rounding) else [f"the int8 kernels differ by {kernels:.2%}"]


def squeeze(file, shape):
    from PIL import Image

    with Image.open(file) as image:
        return numpy.asarray(image.convert("RGB").resize((shape[1], shape[0]), Image.BILINEAR))


if __name__ == "__main__":
    sys.exit(main())
