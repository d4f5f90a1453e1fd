#!/usr/bin/env python3
"""Cuts the power, in a model, after each system call of a run: what was not flushed is lost, or not.

    power_cuts.py PROGRAM [--every N]

One run is logged call by call. From the log follows what a disk may hold if the power fails after each of
them: a file's bytes are sure once the file was flushed, and its name once its folder was. What is not sure may be
there, or not: for each moment several such disks are made, and on every one that differs from all before the program
has to go on to the same bytes. A trial that it reported as finished must be on all of them.

  lost      nothing that is not sure is there (strict POSIX)
  named     all names are there, and of the bytes those that are sure (a journal of metadata)
  zeroed    all names and lengths are there, and bytes that are not sure read as zeros
  holed     the same for the first half of these bytes alone
  torn      all names are there, and half of the bytes that are not sure
  unnamed   all bytes are there, and of the names those that are sure
"""

import collections
import hashlib
import os
import pathlib
import random
import re
import tempfile

import program


RESULTS = "results"


class File:
    def __init__(self):
        self.now = b""
        self.sure = b""


class Folder:
    def __init__(self):
        self.now = {}
        self.sure = {}


class Disk:
    """The tree below a folder, as the program sees it and as far as it is sure."""

    def __init__(self, above):
        self.above = above
        self.top = Folder()
        self.top.now = {name: File() for name in os.listdir(above)}
        self.open = {}

    def find(self, path):
        place = self.top
        for name in self.parts(path):
            place = place.now[name]
        return place

    def parts(self, path):
        return pathlib.PurePath(path).relative_to(self.above).parts

    def parent(self, path):
        return self.find(os.path.dirname(path)), os.path.basename(path)

    def apply(self, call, fields, data):
        if call == "open":
            descriptor, flags, path = int(fields[0]), int(fields[1]), fields[2]
            if path == self.above:
                self.open[descriptor] = self.top
                return
            parent, name = self.parent(path)
            if flags & os.O_CREAT and name not in parent.now:
                parent.now[name] = File()
            found = parent.now[name]
            if flags & os.O_TRUNC:
                found.now = b""
            self.open[descriptor] = found
        elif call == "write":
            # Every file is written from its start or at its end.
            self.open[int(fields[0])].now += data
        elif call == "truncate":
            file, length = self.open[int(fields[0])], int(fields[1])
            assert length <= len(file.now), "a file that grows with no bytes"
            file.now = file.now[:length]
        elif call == "sync":
            found = self.open[int(fields[0])]
            found.sure = dict(found.now) if isinstance(found, Folder) else found.now
        elif call == "close":
            del self.open[int(fields[0])]
        elif call == "mkdir":
            parent, name = self.parent(fields[0])
            parent.now[name] = Folder()
        elif call in ("unlink", "rmdir"):
            parent, name = self.parent(fields[0])
            del parent.now[name]
        elif call == "rename":
            source, name = self.parent(fields[0])
            target, new_name = self.parent(fields[1])
            target.now[new_name] = source.now.pop(name)
        else:
            raise AssertionError(call)

    def after_power_cut(self, names, content):
        """File paths with their bytes, and folders with None; `names` is "now" or "sure"."""
        tree = {}

        def walk(folder, path):
            for name, entry in getattr(folder, names).items():
                here = f"{path}/{name}" if path else name
                tree[here] = None if isinstance(entry, Folder) else content(entry)
                if isinstance(entry, Folder):
                    walk(entry, here)

        walk(self.top, "")
        return {path: data for path, data in tree.items()
                if path.split("/")[0] == RESULTS}


def torn(file):
    if not file.now.startswith(file.sure):
        return file.now[:len(file.now) // 2]
    return file.sure + file.now[len(file.sure):][:(len(file.now) - len(file.sure)) // 2]


def zeroed(file):
    kept = os.path.commonprefix([file.sure, file.now])
    return kept + bytes(len(file.now) - len(kept))


def holed(file):
    kept = os.path.commonprefix([file.sure, file.now])
    hole = (len(file.now) - len(kept) + 1) // 2
    return kept + bytes(hole) + file.now[len(kept) + hole:]


MODELS = {
    "lost": ("sure", lambda file: file.sure),
    "named": ("now", lambda file: file.sure),
    "zeroed": ("now", zeroed),
    "holed": ("now", holed),
    "torn": ("now", torn),
    "unnamed": ("sure", lambda file: file.now),
}


def calls(log):
    """Name, fields and bytes of each call."""
    place = 0
    while place < len(log):
        end = log.index(b"\n", place)
        call, *fields = log[place:end].decode().split("\t")
        place = end + 1
        data = b""
        if call in ("write", "tell"):
            size = int(fields[-1])
            data = log[place:place + size]
            place += size
        yield call, fields, data


def write(tree, above):
    for path, data in tree.items():
        if data is None:
            (above / path).mkdir()
        else:
            (above / path).write_bytes(data)


def key(tree):
    digest = hashlib.sha256()
    for path in sorted(tree):
        digest.update(repr((path, tree[path])).encode())
    return digest.digest()


def check_finished(tree, told, what):
    """Trials that the person was told of are there."""
    if f"{RESULTS}/plan.json" in tree and f"{RESULTS}/.partial/plan.json" not in tree:
        return
    kept = sum(path.startswith(f"{RESULTS}/.partial/trials/") and path.endswith(".json")
               for path in tree)
    if kept < told:
        raise program.Failed(f"{what}: {told} trials were reported as finished, and {kept} are kept")


def cut(rehearsal, shim, every):
    log, output = rehearsal.scratch / "log", rehearsal.scratch / RESULTS
    disk = Disk(str(rehearsal.scratch))
    ending = rehearsal.run(output, shim=shim, FOLDER=rehearsal.scratch, LOG=log)
    rehearsal.check(output, "the run that is logged")
    seen, told, tried = set(), 0, collections.Counter()
    for place, (call, fields, data) in enumerate(calls(log.read_bytes()), 1):
        if call == "tell":
            told += len(re.findall(rb"trial \d+/\d+ ", data))
        else:
            disk.apply(call, fields, data)
        for model, (names, content) in MODELS.items():
            tree = disk.after_power_cut(names, content)
            what = f"the power cut after call {place} ({call} {' '.join(fields)}), {model}"
            check_finished(tree, told, what)
            if key(tree) in seen:
                continue
            seen.add(key(tree))
            if random.randrange(every) != 0:
                continue
            program.clear(output)
            write(tree, rehearsal.scratch)
            rehearsal.check_resumes(output, what)
            tried[model] += 1
    assert told > 0, ending.stderr
    return tried


def main():
    arguments = program.arguments_for_experiments(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        shim = program.build_shim(scratch)
        for experiment in arguments.experiments:
            rehearsal = program.Rehearsal(arguments.program, scratch, experiment)
            tried = cut(rehearsal, shim, arguments.every)
            print(f"{rehearsal}: {sum(tried.values())} different disks after a power cut: "
                  + ", ".join(f"{name} {n}" for name, n in tried.items()), flush=True)


if __name__ == "__main__":
    program.main(main)
