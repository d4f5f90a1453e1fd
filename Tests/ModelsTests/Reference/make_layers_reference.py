"""Writes layers.json in this folder: losses, per-example gradients and clipped sums by PyTorch.

    python3 -m venv .venv && .venv/bin/pip install torch==2.13.0
    .venv/bin/python make_layers_reference.py

PyTorch computes in double precision, from parameters that single precision holds exactly (multiples
of 1/64), so the numbers are those of exact arithmetic to far below single precision.

Every array is flat. Images are [example, height, width, channel], bytes; the model sees byte / 255.
The parameters of a model are those of its layers in order: dense weight [output, input] and bias;
convolution weight [output, kernel row, kernel column, input] and bias; group norm scale and shift,
[channel]. A dense layer after an image reads it in the order [height, width, channel].

`clipping` holds the examples' gradients, each of that example's own loss:
  norms, layer_norms  L2, of all parameters, and [example, layer] over the layers with parameters;
  flat_sum            sum of g * min(1, C / |g|);
  per_layer_sum       the same for each layer's part of g by itself, at C / sqrt(layers);
  automatic_sum       sum of g * C / (|g| + 0.01): AUTO-S of Bu, Wang, Zha and Karypis (2023).
`steps` are of plain gradient descent on the mean loss of all examples.
"""

import json
import math
import pathlib

import torch
from torch import nn
from torch.func import functional_call, grad, vmap

RATE = 0.5
STEPS = 3
STABILITY = 0.01
TEMPERED = {"kind": "tempered_sigmoid", "scale": 1.5, "inverse_temperature": 2.5, "offset": 0.7}
TANH = {"kind": "tanh"}
FLATTEN = {"kind": "flatten"}


def dense(inputs, outputs):
    return {"kind": "dense", "inputs": inputs, "outputs": outputs}


def convolution(inputs, outputs, kernel, stride, padding):
    return {
        "kind": "convolution",
        "inputs": inputs,
        "outputs": outputs,
        "kernel": kernel,
        "stride": stride,
        "padding": padding,
    }


def pool(kind, size, stride):
    return {"kind": kind, "size": size, "stride": stride}


def group_norm(channels, groups):
    return {"kind": "group_norm", "channels": channels, "groups": groups, "epsilon": 1e-5}


def perceptron(widths, activation):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [dense(inputs, outputs), activation]
    return layers[:-1]


def papernot(filters, width, classes):
    """The network for 28 x 28 images of Papernot et al. (2021), "Tempered Sigmoid Activations for
    Deep Learning with Differential Privacy", table 1."""
    first, second = filters
    return [
        convolution(1, first, kernel=8, stride=2, padding=2),
        TANH,
        pool("max_pool", size=2, stride=1),
        convolution(first, second, kernel=4, stride=2, padding=0),
        TANH,
        pool("max_pool", size=2, stride=1),
        FLATTEN,
        dense(4 * 4 * second, width),
        TANH,
        dense(width, classes),
    ]


class TemperedSigmoid(nn.Module):
    """scale * sigmoid(inverse temperature * x) - offset."""

    def __init__(self, scale, inverse_temperature, offset):
        super().__init__()
        self.scale, self.inverse_temperature, self.offset = scale, inverse_temperature, offset

    def forward(self, values):
        return self.scale * torch.sigmoid(self.inverse_temperature * values) - self.offset


class Flatten(nn.Module):
    """[example, channel, height, width] to [example, height * width * channel]."""

    def forward(self, images):
        return images.permute(0, 2, 3, 1).flatten(1)


def module(layer):
    match layer["kind"]:
        case "dense":
            return nn.Linear(layer["inputs"], layer["outputs"])
        case "convolution":
            sizes = (layer["kernel"], layer["stride"], layer["padding"])
            return nn.Conv2d(layer["inputs"], layer["outputs"], *sizes)
        case "group_norm":
            return nn.GroupNorm(layer["groups"], layer["channels"], eps=layer["epsilon"])
        case "max_pool":
            return nn.MaxPool2d(layer["size"], layer["stride"])
        case "average_pool":
            return nn.AvgPool2d(layer["size"], layer["stride"])
        case "tanh":
            return nn.Tanh()
        case "relu":
            return nn.ReLU()
        case "tempered_sigmoid":
            return TemperedSigmoid(*(value for key, value in layer.items() if key != "kind"))
        case "flatten":
            return Flatten()


def draw(model, generator):
    """Fills the parameters with multiples of 1/64, small enough that no activation saturates."""
    integers = lambda like, bound: torch.randint(-bound, bound + 1, like.shape, generator=generator)
    for layer in model:
        if isinstance(layer, nn.GroupNorm):
            layer.weight.copy_(1 + integers(layer.weight, 24) / 64)
            layer.bias.copy_(integers(layer.bias, 32) / 64)
        elif isinstance(layer, (nn.Linear, nn.Conv2d)):
            bound = round(64 * math.sqrt(3 / layer.weight[0].numel()))
            layer.weight.copy_(integers(layer.weight, bound) / 64)
            layer.bias.copy_(integers(layer.bias, bound) / 64)


def losses(kind, outputs, labels):
    """[example]."""
    match kind:
        case "half_squared_error":
            target = torch.eye(outputs.shape[1], dtype=outputs.dtype)[labels]
            return 0.5 * (outputs - target).square().sum(1)
        case "logistic":
            return nn.functional.softplus(-(2 * labels - 1) * outputs[:, 0])
        case "cross_entropy":
            return nn.functional.cross_entropy(outputs, labels, reduction="none")


def in_our_order(parameter):
    """A convolution's weight is [output, input, row, column] to PyTorch."""
    return parameter.permute(0, 2, 3, 1) if parameter.ndim == 4 else parameter


def flat(parameters):
    return torch.cat([in_our_order(parameter.detach()).flatten() for parameter in parameters])


def example_gradients(model, kind, images, labels):
    """A matrix [example, parameter of that layer] for each layer with parameters."""

    def loss(parameters, image, label):
        outputs = functional_call(model, parameters, (image[None],))
        return losses(kind, outputs, label[None])[0]

    parameters = {name: value.detach() for name, value in model.named_parameters()}
    gradients = vmap(grad(loss), in_dims=(None, 0, 0))(parameters, images, labels)
    layers = {}
    for name, value in gradients.items():
        rows = torch.stack([in_our_order(gradient).flatten() for gradient in value])
        layers.setdefault(name.split(".")[0], []).append(rows)
    return [torch.cat(parts, 1) for parts in layers.values()]


def clipping(gradients):
    whole = torch.cat(gradients, 1)
    norms = whole.norm(dim=1)
    layer_norms = torch.stack([layer.norm(dim=1) for layer in gradients], 1)
    bound = round(norms.quantile(0.5).item() * 64) / 64
    layer_bound = bound / math.sqrt(len(gradients))
    clipped_sum = lambda part, limit: (
        (part * (limit / part.norm(dim=1, keepdim=True)).clamp(max=1)).sum(0)
    )
    return {
        "clipping_norm": bound,
        "norms": norms.tolist(),
        "layer_norms": layer_norms.flatten().tolist(),
        "flat_sum": clipped_sum(whole, bound).tolist(),
        "per_layer_sum": torch.cat(
            [clipped_sum(part, layer_bound) for part in gradients]
        ).tolist(),
        "automatic_sum": (whole * (bound / (norms + STABILITY))[:, None]).sum(0).tolist(),
    }


def run(name, seed, layers, loss, input_shape, classes, examples=6):
    generator = torch.Generator().manual_seed(seed)
    pixels = torch.randint(0, 256, (examples, *input_shape), generator=generator)
    labels = torch.randint(0, classes, (examples,), generator=generator)
    model = nn.Sequential(*map(module, layers)).double()
    with torch.no_grad():
        draw(model, generator)
    inputs = pixels.double() / 255
    if len(input_shape) == 3:
        inputs = inputs.permute(0, 3, 1, 2)
    gradients = example_gradients(model, loss, inputs, labels)
    reference = {
        "name": name,
        "input_shape": list(input_shape),
        "layers": layers,
        "loss": loss,
        "rate": RATE,
        "pixels": pixels.flatten().tolist(),
        "labels": labels.tolist(),
        "initial": flat(model.parameters()).tolist(),
        "outputs": model(inputs).flatten().tolist(),
        "mean_loss": losses(loss, model(inputs), labels).mean().item(),
        "clipping": clipping(gradients),
        "steps": [],
    }
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    for step in range(STEPS):
        optimizer.zero_grad()
        mean = losses(loss, model(inputs), labels).mean()
        mean.backward()
        if step == 0:
            # The two ways of PyTorch to a gradient agree.
            gradient = flat(parameter.grad for parameter in model.parameters())
            torch.testing.assert_close(torch.cat(gradients, 1).mean(0), gradient)
        optimizer.step()
        reference["steps"].append({
            "loss_before": mean.item(),
            "loss_after": losses(loss, model(inputs), labels).mean().item(),
            "parameters": flat(model.parameters()).tolist(),
        })
    return reference


full_size = nn.Sequential(*map(module, papernot((16, 32), 32, 10)))
assert sum(parameter.numel() for parameter in full_size.parameters()) == 26_010

large_images = papernot((3, 4), 5, 4)
small_images = [
    convolution(2, 6, kernel=3, stride=1, padding=1),
    group_norm(channels=6, groups=3),
    {"kind": "relu"},
    pool("average_pool", size=2, stride=2),
    convolution(6, 4, kernel=2, stride=1, padding=0),
    TEMPERED,
    FLATTEN,
    dense(3 * 3 * 4, 4),
]
tanh, tempered = perceptron([12, 7, 5, 4], TANH), perceptron([12, 6, 4], TEMPERED)
reference = {
    "tool": f"torch {torch.__version__}, make_layers_reference.py",
    "models": [
        run("linear regression", 1, [dense(12, 3)], "half_squared_error", [12], 3),
        run("binary logistic regression", 2, [dense(12, 1)], "logistic", [12], 2),
        run("perceptron, tanh", 3, tanh, "cross_entropy", [12], 4),
        run("perceptron, tempered sigmoid", 4, tempered, "cross_entropy", [12], 4),
        run("convolutional, max pools", 12, large_images, "cross_entropy", [28, 28, 1], 4, 2),
        run("convolutional, group norm", 6, small_images, "cross_entropy", [8, 8, 2], 4),
    ],
}
target = pathlib.Path(__file__).with_name("layers.json")
target.write_text(json.dumps(reference) + "\n")
