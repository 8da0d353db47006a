"""A ConvNet in PyTorch: trains it and saves it as safetensors, or compares logits with those in a file.

    python3 convnet.py train FILE
    python3 convnet.py compare FILE
"""

import json
import struct
import sys

import numpy
import torch
from torch import nn


def read_safetensors(file):
    with open(file, "rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(8))
        header = json.loads(stream.read(length))
        content = stream.read()
    header.pop("__metadata__", None)
    return {
        name: torch.from_numpy(numpy.frombuffer(content[slice(*of["data_offsets"])], "<f4").reshape(of["shape"]).copy())
        for name, of in header.items()
    }


def write_safetensors(file, tensors):
    header, content = {}, b""
    for name, tensor in tensors.items():
        part = tensor.numpy().astype("<f4").tobytes()
        offsets = [len(content), len(content) + len(part)]
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": offsets}
        content += part
    text = json.dumps(header).encode()
    with open(file, "wb") as stream:
        stream.write(struct.pack("<Q", len(text)) + text + content)


net = nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1),
    nn.BatchNorm2d(8),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Dropout(0.2),
    nn.Linear(8 * 14 * 14, 10),
)


def train(file):
    torch.manual_seed(0)
    labels = torch.arange(200) % 10
    images = torch.rand(200, 1, 28, 28)
    for image, label in zip(images, labels):
        image[0, 2 * label : 2 * label + 8] += 1  # a bright band, higher or lower
    optimizer = torch.optim.Adam(net.parameters())
    for _ in range(60):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(images), labels).backward()
        optimizer.step()
    net.eval()
    with torch.no_grad():
        logits = net(images)
    weights = {name: value for name, value in net.state_dict().items() if value.is_floating_point()}
    write_safetensors(file, {**weights, "images": images, "logits": logits})
    print(f"accuracy {(logits.argmax(1) == labels).float().mean():.3f}")


def compare(file):
    tensors = read_safetensors(file)
    images, logits = tensors.pop("images"), tensors.pop("logits")
    net.load_state_dict(tensors, strict=False)  # PyTorch's counter of batches is not in the file
    net.eval()
    with torch.no_grad():
        difference = (net(images) - logits).abs().max() / logits.abs().max()
    print(f"relative difference of the logits below 1e-5: {difference < 1e-5}")
    return 0 if difference < 1e-5 else 1


command, file = sys.argv[1:]
sys.exit({"train": train, "compare": compare}[command](file))
