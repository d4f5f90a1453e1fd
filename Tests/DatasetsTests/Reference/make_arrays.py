"""Arrays as NumPy writes them, with the values that NumPy reads.

    make_arrays.py > arrays.json

Files are in base64. `numbers` are the elements as doubles, the last index changing fastest; `whole`, of types of whole
numbers, the same as decimal text.
"""

import base64
import io
import json
import platform
import sys

import numpy as np


def npy(array, version=None):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version)
    return base64.b64encode(file.getvalue()).decode()


def npz(save, **arrays):
    file = io.BytesIO()
    save(file, **arrays)
    return base64.b64encode(file.getvalue()).decode()


def readable(name, array, version=None):
    elements = array.ravel(order="C").tolist()
    is_whole = array.dtype.kind in "bui"
    return {
        "name": name,
        "file": npy(array, version),
        "shape": list(array.shape),
        "numbers": [float(element) for element in elements],
        "whole": [str(int(element)) for element in elements] if is_whole else None,
    }


def of_type(name):
    kind = np.dtype(name).kind
    if kind == "b":
        elements = [False, True, True, False, False, True]
    elif kind == "f":
        limits = np.finfo(name)
        elements = [0.0, -1.5, 1 / 3, float(limits.max), float(limits.tiny), -0.1]
    else:
        limits = np.iinfo(name)
        elements = [0, 1, int(limits.min), int(limits.max), int(limits.max) // 3, 7]
    return readable(name, np.array(elements, dtype=name).reshape(2, 3))


types = ["|b1", "|u1", "|i1"]
types += [order + kind for kind in ["u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"] for order in "<>"]
counted = np.arange(24, dtype="<i4")
arrays = [of_type(name) for name in types]
arrays += [readable(f"version {major}", counted[:6], (major, 0)) for major in (1, 2, 3)]
arrays += [
    readable("fortran plane", np.asfortranarray(counted.reshape(4, 6))),
    readable("fortran cube", np.asfortranarray(counted.reshape(2, 3, 4))),
    readable("fortran cube of doubles", np.asfortranarray(counted.reshape(4, 3, 2).astype(">f8"))),
    readable("scalar", np.array(5, dtype="<i8")),
    readable("no rows", np.zeros((0, 3), dtype="<f4")),
    readable("one row", counted[:3].reshape(1, 3)),
    readable("a slice", counted.reshape(4, 6)[::2, 1::2]),
]

refused = {
    "half": npy(np.zeros(3, dtype="<f2")),
    "complex": npy(np.zeros(3, dtype="<c8")),
    "text": npy(np.array(["a", "bc"])),
    "bytes": npy(np.array([b"a", b"bc"])),
    "date": npy(np.array(["2020-01-01"], dtype="datetime64[D]")),
    "record": npy(np.zeros(2, dtype=[("x", "<f4"), ("y", "<i4", (2,))])),
    "objects": npy(np.array([{"a": 1}, None], dtype=object)),
}

images = np.arange(5 * 2 * 3, dtype=np.uint8).reshape(5, 2, 3) * 8
labels = np.array([2, 0, 1, 2, 1])
users = np.array([30, -4, 30, 7, -4], dtype=np.int32)
table = np.linspace(-1, 2, 10, dtype=np.float32).reshape(5, 2)
together = {"features": images, "labels": labels, "users": users, "table": table}

json.dump(
    {
        "tool": f"numpy {np.__version__}, Python {platform.python_version()}",
        "arrays": arrays,
        "refused": refused,
        "archives": {
            "stored": npz(np.savez, **together),
            "compressed": npz(np.savez_compressed, **together),
        },
    },
    sys.stdout,
    indent=1,
)
print()
