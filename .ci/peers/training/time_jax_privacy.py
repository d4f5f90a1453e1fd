"""JAX Privacy: compiled steps on Poisson-sampled batches, padded to one size."""

import math

import jax
import jax_privacy
import numpy
import optax
from jax import numpy as jnp

import arguments
import workloads

MICROBATCH = 32


def dense(key, inputs, outputs):
    bound = 1 / math.sqrt(inputs)
    weight = jax.random.uniform(key, (inputs, outputs), minval=-bound, maxval=bound)
    return {"weight": weight, "bias": jnp.zeros(outputs)}


def convolution(key, inputs, outputs, size):
    bound = 1 / math.sqrt(inputs * size * size)
    shape = (size, size, inputs, outputs)
    weight = jax.random.uniform(key, shape, minval=-bound, maxval=bound)
    return {"weight": weight, "bias": jnp.zeros(outputs)}


def affine(layer, values):
    return values @ layer["weight"] + layer["bias"]


def convolve(layer, images, stride, padding):
    sizes = ((padding, padding), (padding, padding))
    axes = ("NHWC", "HWIO", "NHWC")
    return (
        jax.lax.conv_general_dilated(
            images, layer["weight"], (stride, stride), sizes, dimension_numbers=axes
        )
        + layer["bias"]
    )


def max_pool(images):
    window = (1, 2, 2, 1)
    return jax.lax.reduce_window(images, -jnp.inf, jax.lax.max, window, (1, 1, 1, 1), "VALID")


def perceptron(widths):
    def initial(key):
        keys = jax.random.split(key, len(widths) - 1)
        return [dense(*sizes) for sizes in zip(keys, widths, widths[1:])]

    def logits(layers, images):
        for layer in layers[:-1]:
            images = jax.nn.relu(affine(layer, images))
        return affine(layers[-1], images)

    return initial, logits


def cnn():
    """The network of torch_models.cnn."""

    def initial(key):
        keys = jax.random.split(key, 4)
        return [
            convolution(keys[0], 1, 16, 8),
            convolution(keys[1], 16, 32, 4),
            dense(keys[2], 512, 32),
            dense(keys[3], 32, workloads.CLASSES),
        ]

    def logits(layers, images):
        images = images.reshape(-1, 28, 28, 1)
        images = max_pool(jnp.tanh(convolve(layers[0], images, stride=2, padding=2)))
        images = max_pool(jnp.tanh(convolve(layers[1], images, stride=2, padding=0)))
        images = images.reshape(len(images), -1)
        return affine(layers[3], jnp.tanh(affine(layers[2], images)))

    return initial, logits


def model(name):
    """Initial parameters of a key, and logits of parameters and images."""
    match name:
        case "logistic":
            return perceptron([workloads.PIXELS, workloads.CLASSES])
        case "mlp":
            return perceptron([workloads.PIXELS, 128, 64, workloads.CLASSES])
        case "cnn":
            return cnn()


def padded(batches, expected_size):
    """(examples, their numbers, which are padding), four deviations above the expected size."""
    size = MICROBATCH * math.ceil((expected_size + 4 * math.sqrt(expected_size)) / MICROBATCH)
    for batch in batches:
        batch = batch[:size]
        padding = numpy.arange(size) >= len(batch)
        yield len(batch), numpy.pad(batch, (0, size - len(batch))), padding


def main():
    given = arguments.parse(__doc__, ["whole-batch", "microbatches-of-32"])
    workload = workloads.WORKLOADS[given.workload]
    images, labels = map(jnp.asarray, workloads.training_examples(given.data))
    initial, logits = model(workload.model)

    def loss(parameters, images, labels):
        values = logits(parameters, images)
        return optax.softmax_cross_entropy_with_integer_labels(values, labels).mean()

    clipped_grad = jax_privacy.clipped_grad(
        loss,
        l2_clip_norm=workload.clipping_norm,
        normalize_by=workload.batch_size,
        batch_argnums=(1, 2),
        microbatch_size=MICROBATCH if given.mode == "microbatches-of-32" else None,
    )
    privatizer = jax_privacy.noise_addition.gaussian_privatizer(
        stddev=clipped_grad.sensitivity() * workload.noise_multiplier, prng_key=jax.random.key(1)
    )
    optimizer = optax.chain(privatizer, optax.sgd(workload.rate))

    @jax.jit
    def update(parameters, state, images, labels, batch, padding):
        gradient = clipped_grad(
            parameters, images[batch], labels[batch], is_padding_example=padding
        )
        updates, state = optimizer.update(gradient, state, parameters)
        return optax.apply_updates(parameters, updates), state

    parameters = initial(jax.random.key(2))
    state = optimizer.init(parameters)

    def step(batch):
        nonlocal parameters, state
        examples, numbers, padding = batch
        parameters, state = update(parameters, state, images, labels, numbers, padding)
        jax.block_until_ready(parameters)
        return examples

    batches = padded(workloads.poisson_batches(workload.batch_size), workload.batch_size)
    measured = workloads.step_rates(step, batches, given.runs)
    workloads.report(jax_privacy.__version__, "examples", measured)


if __name__ == "__main__":
    main()
