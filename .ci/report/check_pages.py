#!/usr/bin/env python3
"""Opens reports in a real browser, on light and dark paper, wide and narrow, and prints them.

Says what is wrong with a page (facts.js) and what the browser complains of, and fails if there is anything.
"""

import argparse
import pathlib
import shutil
import subprocess
import sys

from browser import Browser, Page

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")


def problems_of(browser, page_path, pictures):
    facts = (pathlib.Path(__file__).parent / "facts.js").read_text()
    for scheme in SCHEMES:
        for width in WIDTHS:
            page = Page(browser, page_path, width, scheme)
            for problem in page.complaints() + page.evaluate(facts):
                yield f"{scheme}, {width} wide: {problem}"
            if pictures:
                page.screenshot(pictures / f"{scheme}-{width}.png")
            page.close()
    yield from problems_on_paper(browser, page_path, pictures)


def problems_on_paper(browser, page_path, pictures):
    page = Page(browser, page_path, 1280, "dark")
    pdf = (pictures or page_path.parent) / "printed.pdf"
    page.print(pdf)
    # The experiment's text is closed on the screen, and open on paper.
    source = page.evaluate("document.querySelector('details pre')?.textContent.trim().split('\\n')[0]")
    page.close()
    if shutil.which("pdftotext") is None:
        print("note: pdftotext is not installed (Debian: poppler-utils); printed text is not checked")
    else:
        text = subprocess.run(
            ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
        ).stdout
        if source and " ".join(source.split()) not in " ".join(text.split()):
            yield "on paper: the experiment's text is missing"
    if pictures and shutil.which("pdftoppm"):
        subprocess.run(["pdftoppm", "-r", "60", "-png", pdf, pictures / "paper"], check=True)
    if not pictures:
        pdf.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="+", type=pathlib.Path, help="report.html files")
    parser.add_argument("--pictures", type=pathlib.Path, help="a folder for screenshots and prints")
    options = parser.parse_args()
    count = 0
    with Browser() as browser:
        for path in options.pages:
            pictures = options.pictures and options.pictures / path.parent.name
            if pictures:
                pictures.mkdir(parents=True, exist_ok=True)
            found = list(problems_of(browser, path, pictures))
            print(f"{path}: {'as it should be' if not found else f'{len(found)} problems'}")
            for problem in found:
                print(f"  {problem}")
            count += len(found)
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
