#!/usr/bin/env python3
"""Prints the zip file of ZipArchiveTests in base64: Python 3.11.7's zipfile, at fixed dates.

./make_zip.py
"""

import base64
import io
import zipfile


def member(name, method):
    info = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
    info.compress_type = method
    return info


buffer = io.BytesIO()
with zipfile.ZipFile(buffer, "w") as archive:
    archive.writestr(member("data/stored.csv", zipfile.ZIP_STORED), "a,b\n1,2\n")
    archive.writestr(member("data/deflated.csv", zipfile.ZIP_DEFLATED), "0,1,2,3\n" * 500)
    archive.writestr(member("data/empty", zipfile.ZIP_DEFLATED), "")
    # As numpy.savez writes its members: the header of the member is in the format for 4 GiB and more.
    with archive.open(member("array.npy", zipfile.ZIP_STORED), "w", force_zip64=True) as file:
        file.write(bytes(range(16)))
    archive.writestr(member("data/other.bz2", zipfile.ZIP_BZIP2), "other")
    archive.comment = b"A comment with PK\5\6 in it, and some more text behind that."
encoded = base64.b64encode(buffer.getvalue()).decode()
for start in range(0, len(encoded), 88):
    print(encoded[start : start + 88])
