#!/usr/bin/env python3
"""The kiosk as a program: start to first painted screen, memory, and what it uses while nobody is there; beside
Chromium in kiosk mode with the same screen as a static page, both in a window of Xvfb.

usage: kiosk_bench.py BIN_DIR
"""
import json
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from chromium import (Display, PaintedServer, Program, START_LIMIT_S, idle_percent, start_chromium,  # noqa: E402
                      tree_cpu_seconds, tree_pss_mib)
from figure import median, report  # noqa: E402
from page import page_of  # noqa: E402

STARTS = 5
IDLE_LIMIT_PERCENT = 0.05
ROOT = pathlib.Path(__file__).resolve().parents[2]


class Driver:
    """The kiosk's driver socket."""

    def __init__(self, path, begun):
        while True:
            self.line = socket.socket(socket.AF_UNIX)
            try:
                self.line.connect(str(path))
                break
            except OSError:
                self.line.close()
                if time.monotonic() - begun > START_LIMIT_S:
                    raise
                time.sleep(0.001)
        self.file = self.line.makefile("rw")

    def ask(self, **what):
        self.file.write(json.dumps(what) + "\n")
        self.file.flush()
        return json.loads(self.file.readline())


def value_of(text, name):
    return re.search(rf"{name}=(\S+)", text).group(1)


def enrolled_kiosk(bin_dir, scratch):
    """A kiosk's configuration, certified by a central of its own, which ends again: the network is out."""
    central = str(bin_dir / "portico-central")
    data = str(scratch / "central")
    subprocess.run([central, "init", "--data", data, "--plan-name", "Sample Health Plan"], check=True,
                   stdout=subprocess.DEVNULL)
    serving = Program([central, "serve", "--data", data, "--listen", "127.0.0.1:0", "--enroll-listen", "127.0.0.1:0"],
                      log=subprocess.PIPE)
    try:
        ready = serving.process.stdout.readline()
        config = scratch / "kiosk.toml"
        config.write_text(f'data = "{scratch}/kiosk"\nassets = "{ROOT}/assets"\nfullscreen = false\n'
                          f'central = "https://{value_of(ready, "listen")}"\n[bench]\nfolder = "{scratch}/bench"\n')
        told = subprocess.run([central, "terminal", "add", "--data", data, "--name", "Bench"], check=True,
                              capture_output=True, text=True).stdout
        told = {name: found for name in ("code", "fingerprint")
                for found in [(re.search(rf'"?{name}"?[:=]\s*"?([^"\s,}}]+)', told) or [None, None])[1]]}
        subprocess.run([str(bin_dir / "portico-kiosk"), "--config", str(config), "--enroll", told["code"], "--central",
                        f'https://{value_of(ready, "enroll")}', "--fingerprint", told["fingerprint"]], check=True,
                       stdout=subprocess.DEVNULL)
        return config
    finally:
        serving.end()


class Kiosk:
    def __init__(self, bin_dir, config, scratch, environment):
        path = scratch / "driver"
        path.unlink(missing_ok=True)
        self.program = Program([str(bin_dir / "portico-kiosk"), "--config", str(config), "--driver", str(path)],
                               environment)
        self.driver = Driver(path, self.program.begun)
        # Answered between two turns of the loop: the first screen has been painted then.
        self.frame = self.driver.ask(do="frame")["frame"]
        self.start_ms = (time.monotonic() - self.program.begun) * 1000

    def wait_painted(self):
        self.driver.ask(do="wait", screen="attract", timeout_s=60)
        self.frame = self.driver.ask(do="frame")["frame"]


def measure_chromium(kiosk_frame, scratch, environment):
    """Median start, start's processor time and memory."""
    server = PaintedServer()
    server.page = page_of(kiosk_frame, server.url("/painted"))
    rows = []
    for number in range(STARTS + 1):
        program, start_ms = start_chromium(server, scratch, environment)
        row = start_ms, tree_cpu_seconds(program) * 1000, tree_pss_mib(program)
        program.end()
        if number > 0:  # the first one makes the profile
            rows.append(row)
    return [median(column) for column in zip(*rows)]


def measure_kiosk(bin_dir, config, scratch, environment):
    rows = []
    for number in range(STARTS + 1):
        kiosk = Kiosk(bin_dir, config, scratch, environment)
        row = kiosk.start_ms, tree_cpu_seconds(kiosk.program) * 1000, tree_pss_mib(kiosk.program)
        if number > 0:
            rows.append(row)
        if number < STARTS:
            kiosk.program.end()
    return [median(column) for column in zip(*rows)], kiosk


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    bin_dir = pathlib.Path(sys.argv[1]).resolve()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="portico-bench-"))
    display = Display()
    kiosk = None
    try:
        config = enrolled_kiosk(bin_dir, scratch)
        (start, cpu, size), kiosk = measure_kiosk(bin_dir, config, scratch, display.environment)
        kiosk.wait_painted()
        print(f"first screen: {kiosk.frame['screen']}, {len(kiosk.frame['nodes'])} nodes")
        idle = idle_percent(kiosk.program)
        if shutil.which("chromium"):
            peer_start, peer_cpu, peer_size = measure_chromium(kiosk.frame, scratch, display.environment)
            peer = "Chromium in kiosk mode, same screen"
            report("kiosk_start", start, "ms", peer, peer_start, 0.1)
            report("kiosk_start_cpu", cpu, "ms", peer, peer_cpu, 0.1)
            report("kiosk_memory", size, "MiB PSS", peer, peer_size, 0.1)
        else:
            print(f"chromium is not installed; start {start:.0f} ms, memory {size:.1f} MiB")
        report("kiosk_idle", idle, "% of a core", "limit", IDLE_LIMIT_PERCENT, 1.0)
    finally:
        if kiosk:
            kiosk.program.end()
        display.end()
        shutil.rmtree(scratch, ignore_errors=True)


main()
