"""Facet's networks in PyTorch, with the weights of a checkpoint: for the outside referees of `facet bench`. Only needs torch."""

import json
import struct

import torch
import torch.nn.functional as F


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        flat = torch.frombuffer(data[begin:end], dtype=torch.float32)
        tensors[name.removeprefix("weights/")] = flat.reshape(entry["shape"]).clone()
    return json.loads(metadata["facet.model"]), tensors


class Norm(torch.nn.Module):
    def __init__(self, weights, path):
        super().__init__()
        self.norm = torch.nn.BatchNorm2d(weights[path + ".gamma"].numel())
        self.norm.weight.data.copy_(weights[path + ".gamma"])
        self.norm.bias.data.copy_(weights[path + ".beta"])
        if path + ".runningMean" in weights:
            self.norm.running_mean.copy_(weights[path + ".runningMean"])
            self.norm.running_var.copy_(weights[path + ".runningVar"])

    def forward(self, x):
        return self.norm(x)


def convolution(weights, path, kernel, stride, same, groups=1):
    weight = weights[path + ".weight"]
    bias = weights.get(path + ".bias")
    layer = torch.nn.Conv2d(
        weight.shape[1] * groups, weight.shape[0], kernel, stride, (kernel - 1) // 2 if same else 0, groups=groups, bias=bias is not None
    )
    layer.weight.data.copy_(weight)
    if bias is not None:
        layer.bias.data.copy_(bias)
    return layer


class Builder:
    """Layers of one list, with the names that Facet gives them."""

    def __init__(self, weights, path, channels):
        self.weights, self.path, self.channels, self.counts, self.layers = weights, path, channels, {}, []

    def name(self, kind):
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"{self.path}.{kind}{self.counts[kind]}"

    def norm_relu(self):
        self.layers += [Norm(self.weights, self.name("norm")), torch.nn.ReLU()]

    def conv(self, out, kernel, stride, same, separable):
        if separable:
            self.layers.append(convolution(self.weights, self.name("depthwise"), kernel, stride, same, self.channels))
            self.layers.append(convolution(self.weights, self.name("conv"), 1, 1, False))
        else:
            self.layers.append(convolution(self.weights, self.name("conv"), kernel, stride, same))
        self.channels = out

    def add(self, layer):
        kind = layer["type"]
        if kind == "convolution":
            if layer["order"] == "norm-relu-conv":
                self.norm_relu()
            self.conv(layer["channels"], layer["kernel"], layer["stride"], layer["same"], layer["separable"])
            if layer["order"] == "conv-norm-relu":
                self.norm_relu()
            elif layer["order"] == "conv-relu":
                self.layers.append(torch.nn.ReLU())
        elif kind == "bottleneck":
            self.layers.append(Bottleneck(self.weights, self.name("unit"), layer, self.channels))
            self.channels = layer["channels"]
        elif kind == "residual":
            self.layers.append(Residual(self.weights, self.name("unit"), layer, self.channels))
            self.channels = layer["channels"]
        elif kind == "residual-bottleneck":
            self.layers.append(ResidualBottleneck(self.weights, self.name("unit"), layer, self.channels))
            self.channels = layer["channels"]
        elif kind == "max-pool":
            padding = (layer["size"] - 1) // 2 if layer.get("same") else 0
            self.layers.append(torch.nn.MaxPool2d(layer["size"], layer.get("stride", layer["size"]), padding))
        elif kind == "norm-relu":
            self.norm_relu()
        elif kind == "dropout":
            self.layers.append(torch.nn.Dropout(layer["rate"]))
        elif kind == "global-average-pool":
            self.layers.append(torch.nn.AdaptiveAvgPool2d(1))
        elif kind == "classes":
            self.layers.append(convolution(self.weights, self.name("classes"), 1, 1, False))
        else:
            raise ValueError("layer " + kind + " is not known to this script")
        return self


class Bottleneck(torch.nn.Module):
    def __init__(self, weights, path, layer, channels):
        super().__init__()
        body = Builder(weights, path + ".body", channels)
        body.norm_relu()
        body.conv(layer["width"], 1, 1, True, False)
        body.norm_relu()
        body.conv(layer["width"], 3, layer["stride"], True, layer["separable"])
        body.norm_relu()
        body.conv(layer["channels"], 1, 1, True, False)
        self.body = torch.nn.Sequential(*body.layers)
        self.skip = layer["skip"]
        changes = channels != layer["channels"] or layer["stride"] != 1
        self.projection = convolution(weights, path + ".projection", 1, layer["stride"], False) if self.skip and changes else None

    def forward(self, x):
        y = self.body(x)
        if not self.skip:
            return y
        return y + (x if self.projection is None else self.projection(x))


def shortcut(weights, path, layer, channels):
    if channels == layer["channels"] and layer["stride"] == 1:
        return None
    return torch.nn.Sequential(
        convolution(weights, path + ".projection.conv", 1, layer["stride"], False),
        Norm(weights, path + ".projection.norm"),
    )


class Residual(torch.nn.Module):
    def __init__(self, weights, path, layer, channels):
        super().__init__()
        self.body = torch.nn.Sequential(
            convolution(weights, path + ".body.conv1", 3, layer["stride"], True),
            Norm(weights, path + ".body.norm1"),
            torch.nn.ReLU(),
            convolution(weights, path + ".body.conv2", 3, 1, True),
            Norm(weights, path + ".body.norm2"),
        )
        self.projection = shortcut(weights, path, layer, channels)

    def forward(self, x):
        return F.relu(self.body(x) + (x if self.projection is None else self.projection(x)))


class ResidualBottleneck(Residual):
    def __init__(self, weights, path, layer, channels):
        super(Residual, self).__init__()
        self.body = torch.nn.Sequential(
            convolution(weights, path + ".body.conv1", 1, 1, False),
            Norm(weights, path + ".body.norm1"),
            torch.nn.ReLU(),
            convolution(weights, path + ".body.conv2", 3, layer["stride"], True),
            Norm(weights, path + ".body.norm2"),
            torch.nn.ReLU(),
            convolution(weights, path + ".body.conv3", 1, 1, False),
            Norm(weights, path + ".body.norm3"),
        )
        self.projection = shortcut(weights, path, layer, channels)


class Network(torch.nn.Module):
    def __init__(self, model, weights):
        super().__init__()
        layers, channels = [], 3
        for stage in model["network"]["base"]:
            builder = Builder(weights, "base.stages." + stage["name"], channels)
            for layer in stage["layers"]:
                builder.add(layer)
            layers += builder.layers
            channels = builder.channels
        self.base = torch.nn.Sequential(*layers)
        self.towers = torch.nn.ModuleList()
        for attribute in model["attributes"]:
            builder = Builder(weights, f"tower.{attribute['id']}.layers", channels)
            for layer in model["network"]["tower"]:
                builder.add(layer)
            self.towers.append(torch.nn.Sequential(*builder.layers))
        self.register_buffer("mean", torch.tensor(model["preprocessing"]["mean"]).reshape(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(model["preprocessing"]["std"]).reshape(1, 3, 1, 1))

    def normalised(self, images):
        """Bytes [N, H, W, 3] as the floats [N, 3, H, W] that the layers see."""
        return (images.permute(0, 3, 1, 2).float() - self.mean) / self.std

    def logits(self, floats):
        features = self.base(floats)
        return [tower(features).flatten(1) for tower in self.towers]

    def forward(self, images):
        return self.logits(self.normalised(images))
