"""Writes scattering.json: features of images by kymatio.

pip install numpy==2.2.6 scipy==1.14.1 kymatio==0.3.0
python make_scattering.py

The images are drawn by numpy's PCG64, so that the file needs no data set: smooth random fields, and
one image of noise.
"""

import json
import pathlib

import kymatio
import numpy as np
import scipy
from kymatio.numpy import Scattering2D
from scipy.ndimage import gaussian_filter

CASES = [
    # scale, orientations, height, width
    (2, 8, 28, 28),
    (1, 4, 12, 9),
    (3, 3, 32, 40),
    (2, 5, 13, 18),
]


def images(height, width, rng):
    fields = [gaussian_filter(rng.random((height, width)), blur) for blur in (0, 1, 2.5)]
    # Bytes, as pixels of gray images are.
    return [
        np.round(255 * (field - field.min()) / (field.max() - field.min())).astype(int)
        for field in fields
    ]


def main():
    rng = np.random.default_rng(2012)
    cases = []
    for scale, orientations, height, width in CASES:
        transform = Scattering2D(J=scale, shape=(height, width), L=orientations)
        pixels = images(height, width, rng)
        features = transform(np.stack(pixels).astype(np.float64) / 255)
        cases.append({
            "scale": scale,
            "orientations": orientations,
            "height": height,
            "width": width,
            "images": [image.ravel().tolist() for image in pixels],
            # [image, path, row, column]
            "shape": list(features.shape),
            "features": [float(f"{value:.9g}") for value in features.ravel()],
        })
    document = {
        "tool": f"kymatio {kymatio.__version__}, numpy {np.__version__}, scipy {scipy.__version__}",
        "call": "Scattering2D(J=scale, shape=(height, width), L=orientations)(images / 255)",
        "cases": cases,
    }
    path = pathlib.Path(__file__).with_name("scattering.json")
    path.write_text(json.dumps(document) + "\n")


main()
