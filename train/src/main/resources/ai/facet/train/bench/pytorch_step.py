"""The outside referee of `facet bench train`: the same network, weights and batch in PyTorch.

Usage: pytorch_step.py task.json. Reads lines from standard input; each makes one training step and is answered with
"<milliseconds> <loss>". Only needs torch.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F

from pytorch_network import Network, read_safetensors


def optimizer_of(task, network):
    decays = [p for p in network.parameters() if p.dim() > 1]
    rest = [p for p in network.parameters() if p.dim() <= 1]
    groups = [{"params": decays, "weight_decay": task["weightDecay"]}, {"params": rest, "weight_decay": 0.0}]
    if task["optimizer"] == "sgd":
        return torch.optim.SGD(groups, lr=task["learningRate"], momentum=task["momentum"])
    return torch.optim.AdamW(groups, lr=task["learningRate"])


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        task = json.load(file)
    torch.set_num_threads(task["threads"])
    torch.manual_seed(1)
    model, weights = read_safetensors(task["checkpoint"])
    network = Network(model, weights).train()
    if task["channelsLast"]:
        network = network.to(memory_format=torch.channels_last)
    optimizer = optimizer_of(task, network)
    with open(task["images"], "rb") as file:
        pixels = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)
    images = pixels.reshape(task["batch"], task["size"], task["size"], 3)
    if not task["channelsLast"]:
        images = images.permute(0, 3, 1, 2).contiguous().permute(0, 2, 3, 1)
    labels = torch.tensor(task["labels"]).T.contiguous()
    print("ready", torch.__version__, flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        loss = sum(F.cross_entropy(logits, wanted) for logits, wanted in zip(network(images), labels))
        optimizer.zero_grad()
        loss.backward()
        if task["clipNorm"] > 0:
            torch.nn.utils.clip_grad_norm_(network.parameters(), task["clipNorm"])
        optimizer.step()
        value = loss.item()
        print((time.perf_counter() - start) * 1e3, repr(value), flush=True)


if __name__ == "__main__":
    main()
