#!/usr/bin/env python3
"""A desk with a member's record on it, left alone: processor time and memory, beside Chromium with the same screen as
a static page in a window of Xvfb. The desk reads its lists again every 30 s meanwhile; the page does nothing.

usage: desk_idle_bench.py BIN_DIR
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from chromium import Display, PaintedServer, idle_percent, start_chromium, tree_pss_mib  # noqa: E402
from figure import report  # noqa: E402
from page import page_of  # noqa: E402

WIDTH, HEIGHT = 1366, 768
# Of a core; a desk is on all day, and so is the kiosk (bench/kiosk).
IDLE_LIMIT_PERCENT = 0.5
MEMORY_GOAL = 0.1


def measured_desk(bin_dir, scratch):
    out = scratch / "desk.json"
    subprocess.run([str(bin_dir / "desk_idle_bench")], check=True, stdout=subprocess.DEVNULL,
                   env=dict(os.environ, PORTICO_BENCH_OUT=str(out)))
    return json.loads(out.read_text())


def measured_chromium(frame, scratch):
    display = Display(WIDTH, HEIGHT)
    try:
        server = PaintedServer()
        server.page = page_of(frame, server.url("/painted"))
        first, _ = start_chromium(server, scratch, display.environment, WIDTH, HEIGHT)  # it makes the profile
        first.end()
        program, _ = start_chromium(server, scratch, display.environment, WIDTH, HEIGHT)
        idle = idle_percent(program)
        size = tree_pss_mib(program)
        program.end()
        return idle, size
    finally:
        display.end()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="portico-bench-"))
    try:
        desk = measured_desk(pathlib.Path(sys.argv[1]).resolve(), scratch)
        report("desk_idle", desk["idle_percent"], "% of a core", "limit", IDLE_LIMIT_PERCENT, 1.0)
        if not shutil.which("chromium"):
            print(f"chromium is not installed; memory {desk['pss_mib']:.1f} MiB")
            return
        idle, size = measured_chromium(desk["frame"], scratch)
        peer = "Chromium in kiosk mode, same screen"
        report("desk_idle_chromium", desk["idle_percent"], "% of a core", peer, idle)
        report("desk_memory", desk["pss_mib"], "MiB PSS", peer, size, MEMORY_GOAL)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


main()
