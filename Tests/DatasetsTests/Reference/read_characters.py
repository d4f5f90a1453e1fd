#!/usr/bin/env python3
"""Prints what PlayCharactersTests expects of Shakespeare's plays as examples of characters.

Python 3.11.7, standard library, with the speakers that count_plays.py finds by its own means:

./read_characters.py ~/.local/share/datasets/shakespeare/plays
"""

import hashlib
import pathlib
import runpy

MOST = 1000
CONTEXT = 5
ALPHABET = "abcdefghijklmnopqrstuvwxyz '\n"

speakers = runpy.run_path(str(pathlib.Path(__file__).with_name("count_plays.py")))["speakers"]


def symbol(character):
    place = ALPHABET.find(character.lower())
    return place if place >= 0 else len(ALPHABET)


parts = {"training": [], "test": []}
for owner, lines in enumerate(speakers.values()):
    text = [symbol(character) for character in "".join(line + "\n" for line in lines)]
    padded = [ALPHABET.index("\n")] * CONTEXT + text
    kept = min(MOST, len(text))
    split = kept - kept // 5
    for place in range(kept):
        part = parts["training" if place < split else "test"]
        part.append((padded[place : place + CONTEXT], text[place], owner))

for name, examples in parts.items():
    counts = [0] * (len(ALPHABET) + 1)
    contexts, labels, owners = hashlib.sha256(), hashlib.sha256(), hashlib.sha256()
    for context, label, owner in examples:
        counts[label] += 1
        row = bytearray(CONTEXT * len(counts))
        for place, of in enumerate(context):
            row[place * len(counts) + of] = 255
        contexts.update(row)
        labels.update(bytes([label]))
        owners.update(owner.to_bytes(4, "little"))
    print(f"{name}: {len(examples)} of {len({owner for _, _, owner in examples})} speakers, labels {counts}")
    print(f"  features {contexts.hexdigest()}\n  labels {labels.hexdigest()}\n  owners {owners.hexdigest()}")
