#!/usr/bin/env python3
"""The EOB letter in process (documents_bench) and, as processes, what else would make such a page.

usage: documents_bench.py BIN_DIR

The peers get the letter's words as a web page of the same length, and start for each letter, as they would be used.
"""
import html
import json
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from figure import median, report  # noqa: E402

ROUNDS = 3


def children_cpu_ms():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (usage.ru_utime + usage.ru_stime) * 1000


def cpu_ms(argv):
    times = []
    for _ in range(ROUNDS):
        before = children_cpu_ms()
        subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(children_cpu_ms() - before)
    return median(times)


def page_of(pdf):
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    rows = "".join(f"<tr><td>{html.escape(line)}</td></tr>" for line in text.splitlines() if line.strip())
    return f"<!doctype html><meta charset=utf-8><style>body{{font:11pt Inter}}</style><table>{rows}</table>"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="portico-bench-"))
    try:
        output = subprocess.run([f"{sys.argv[1]}/documents_bench", str(scratch)], check=True, capture_output=True,
                                text=True).stdout
        print(output, end="", flush=True)
        figures = [json.loads(line) for line in output.splitlines() if line.startswith('{"figure"')]
        ours = next(each for each in figures if each["figure"] == "eob_letter")
        page = scratch / "letter.html"
        page.write_text(page_of(scratch / "letter.pdf"))
        for peer, argv in {"weasyprint": ["weasyprint", str(page), str(scratch / "w.pdf")],
                           "wkhtmltopdf": ["wkhtmltopdf", "-q", str(page), str(scratch / "k.pdf")]}.items():
            if shutil.which(peer):
                report(f"eob_letter_{peer}", ours["value"], "ms", f"{peer} as a process", cpu_ms(argv))
            else:
                print(f"{peer} is not installed")
    finally:
        shutil.rmtree(scratch)


main()
