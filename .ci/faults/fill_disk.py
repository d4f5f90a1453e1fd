#!/usr/bin/env python3
"""Runs the program on disks that are too small, of every size there is, and then makes room.

    fill_disk.py PROGRAM [--every N]

The disk is a tmpfs, which has a size in pages of 4 KiB and a number of files. On each size from one page to what the
run needs, and with each number of files, the run either ends well or with status 1 and an error that names the file and the mend; when
there is room, the same command goes on to the same bytes. Mounting takes root, or user namespaces.
"""

import collections
import itertools
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

import program

ERROR = re.compile(
    r"error: cannot write (\S+): No space left on device\. .*run the same command again")


def enter_namespace():
    """Starts this script over where it may mount, and its mounts are its own."""
    if os.environ.get("FILL_DISK_MAY_MOUNT"):
        return
    unshare = ["unshare", "--mount"] + (["--map-root-user"] if os.geteuid() != 0 else [])
    trial = "mount -t tmpfs -o size=4k tmpfs /tmp"
    if not shutil.which("unshare") or subprocess.run(
            unshare + ["sh", "-c", trial], capture_output=True).returncode != 0:
        print("skipped: no tmpfs can be mounted here; it takes root, or user namespaces")
        sys.exit(0)
    os.execvpe(unshare[0], unshare + [sys.executable] + sys.argv,
               os.environ | {"FILL_DISK_MAY_MOUNT": "1"})


def mount(folder, options):
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)


def fill(rehearsal, limit, counts):
    """Runs with a limit that rises until the run fits; returns the files that there was no room for."""
    files = collections.Counter()
    disk = rehearsal.scratch / "disk"
    disk.mkdir(exist_ok=True)
    for count in counts:
        mount(disk, limit.format(count))
        try:
            file = lacking(rehearsal, disk, limit.format(count))
        finally:
            subprocess.run(["umount", disk], check=True)
        if file is None:
            return files
        files[file] += 1


def lacking(rehearsal, disk, limit):
    """The file that there was no room for on the disk, if there was one."""
    output = disk / "results"
    ending = rehearsal.run(output)
    what = f"a disk of {limit}"
    if ending.returncode == 0:
        rehearsal.check(output, what)
        return None
    error = ERROR.match(ending.stderr.strip().split("\n")[-1])
    if ending.returncode != 1 or not error or not error[1].startswith(str(disk)):
        raise program.Failed(f"{rehearsal}: {what}: status {ending.returncode}, and the error is: "
                             + ending.stderr)
    subprocess.run(["mount", "-o", "remount,size=64m,nr_inodes=1000", disk], check=True)
    rehearsal.check_resumes(output, what)
    return re.sub(r"[0-9a-f]{16}", "<trial>", os.path.relpath(error[1], output))


def main():
    arguments = program.arguments_for_experiments(__doc__)
    enter_namespace()
    with tempfile.TemporaryDirectory() as scratch:
        for experiment in arguments.experiments:
            rehearsal = program.Rehearsal(arguments.program, pathlib.Path(scratch), experiment)
            offset = random.randrange(arguments.every)
            files = fill(rehearsal, "size={}k",
                         (4 * pages for pages in itertools.count(1 + offset, arguments.every)))
            # One for the mounted folder itself.
            files += fill(rehearsal, "nr_inodes={}", itertools.count(2 + offset, arguments.every))
            print(f"{rehearsal}: {sum(files.values())} disks too small: "
                  + ", ".join(f"{name} {n}" for name, n in files.most_common()), flush=True)


if __name__ == "__main__":
    program.main(main)
