"""The outside referee of `facet bench export`: the same network and weights through torch.onnx.export and onnxruntime.

Usage: pytorch_export.py task.json. Reads lines from standard input: "network N" runs the batch N times and is answered with the
milliseconds of all; the network's input is what Python users export, normalised floats [N, 3, H, W], prepared beforehand.
"whole N" does all that a user needs: from the bytes of the pictures, with NumPy, to the probabilities. "network logits" and
"whole logits" are answered with JSON, a flat list for each attribute.
"""

import contextlib
import json
import sys
import time
import warnings

import numpy
import onnxruntime
import torch

from pytorch_network import Network, read_safetensors


class Floats(torch.nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, floats):
        return tuple(self.network.logits(floats))


def softmax(logits):
    powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        task = json.load(file)
    torch.set_num_threads(task["threads"])
    model, weights = read_safetensors(task["checkpoint"])
    network = Network(model, weights).eval()
    pixels = numpy.fromfile(task["images"], dtype=numpy.uint8).reshape(task["batch"], task["size"], task["size"], 3)
    with torch.no_grad():
        floats = network.normalised(torch.from_numpy(pixels)).contiguous()
    names = [attribute["id"] for attribute in model["attributes"]]
    # what the exporter prints would be taken for answers
    with contextlib.redirect_stdout(sys.stderr), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        batch = torch.export.Dim("batch")
        example = torch.cat([floats, floats])[:2]
        torch.onnx.export(
            Floats(network),
            (example,),
            task["model"],
            input_names=["floats"],
            output_names=names,
            dynamic_shapes=({0: batch},),
            external_data=False,
            verbose=False,
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = task["threads"]
    session = onnxruntime.InferenceSession(task["model"], options, providers=["CPUExecutionProvider"])
    feed = {"floats": floats.numpy()}
    scale = (1 / network.std).flatten().numpy()
    shift = (network.mean / network.std).flatten().numpy()

    def whole():
        prepared = pixels * scale
        prepared -= shift
        logits = session.run(names, {"floats": numpy.ascontiguousarray(prepared.transpose(0, 3, 1, 2))})
        return logits, [softmax(each) for each in logits]

    def network_alone():
        return session.run(names, feed)

    print("ready", f"torch {torch.__version__}, onnxruntime {onnxruntime.__version__}", flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[-1] != "logits":
            run = whole if words[0] == "whole" else network_alone
            start = time.perf_counter()
            for _ in range(int(words[1])):
                run()
            print((time.perf_counter() - start) * 1e3, flush=True)
        else:
            answers = whole()[0] if words[0] == "whole" else network_alone()
            print(json.dumps({name: logits.flatten().tolist() for name, logits in zip(names, answers)}), flush=True)


if __name__ == "__main__":
    main()
