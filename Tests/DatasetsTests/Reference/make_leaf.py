"""Files in the format of LEAF as Python's json module writes them.

    make_leaf.py FOLDER

The layout is that of https://github.com/TalwalkarLab/leaf, data/utils/split_data.py at commit 01773fba: users, num_samples
and user_data, in this order; by samples, a user of one example is not in users and is without examples in user_data.
"""

import json
import os
import platform
import sys


def write(folder, name, users, user_data):
    os.makedirs(folder, exist_ok=True)
    document = {
        "users": users,
        "num_samples": [len(user_data[user]["y"]) for user in users],
        "user_data": user_data,
    }
    with open(os.path.join(folder, name), "w") as file:
        json.dump(document, file)


def examples(start, labels):
    return {"x": [[start + i, (start + i) / 7, -1e-3 * i] for i in range(len(labels))], "y": labels}


root = sys.argv[1]
print(f"Python {platform.python_version()}")
nothing = {"x": [], "y": []}
write(
    os.path.join(root, "train"), "all_data_0_train_9.json", ["f0101_21", "élan"],
    {"f0101_21": examples(0, [2, 0]), "lonely": nothing, "élan": examples(10, [1])},
)
write(
    os.path.join(root, "train"), "all_data_1_train_9.json", ["f0002_07"],
    {"f0002_07": examples(20, [1, 1, 2])},
)
write(
    os.path.join(root, "test"), "all_data_0_test_9.json", ["f0101_21", "élan"],
    {"f0101_21": examples(30, [0]), "lonely": nothing, "élan": examples(40, [2])},
)
