#!/usr/bin/env python3
"""The kiosk as a program: start to first painted screen, memory, and what it uses while nobody is there; beside
Chromium in kiosk mode with the same screen as a static page, both in a window of Xvfb.

usage: kiosk_bench.py BIN_DIR
"""
import http.server
import json
import os
import pathlib
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from figure import cpu_seconds_of, median, pss_kib, report, tree  # noqa: E402
from page import page_of  # noqa: E402

STARTS = 5
IDLE_S = 20
IDLE_SETTLE_S = 5
IDLE_LIMIT_PERCENT = 0.05
START_LIMIT_S = 120
ROOT = pathlib.Path(__file__).resolve().parents[2]


class Program:
    """A process in a group of its own, ended with all below it."""

    def __init__(self, argv, environment=None, log=subprocess.DEVNULL):
        self.begun = time.monotonic()
        self.process = subprocess.Popen(argv, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
                                        env=environment, text=True)
        self.pid = self.process.pid

    def all(self):
        return tree(self.pid)

    def end(self):
        os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()


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


class PaintedServer:
    """Serves the page and hears when it was painted."""

    def __init__(self):
        self.painted = queue.Queue()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path.startswith("/painted"):
                    outer.painted.put(time.monotonic())
                body = outer.page.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.page = ""
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server.server_port}{path}"


def start_chromium(server, scratch, environment):
    while not server.painted.empty():
        server.painted.get()
    argv = ["chromium", "--kiosk", "--no-first-run", "--no-default-browser-check", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", "--window-size=1080,1920",
            f"--user-data-dir={scratch}/chromium"]
    if os.geteuid() == 0:
        argv.append("--no-sandbox")
    program = Program(argv + [server.url("/")], environment)
    painted = server.painted.get(timeout=START_LIMIT_S)
    return program, (painted - program.begun) * 1000


def tree_cpu_seconds(program):
    total = 0.0
    for pid in program.all():
        try:
            total += cpu_seconds_of(pid)
        except OSError:
            pass  # ended meanwhile
    return total


def tree_pss_mib(program):
    total = 0
    for pid in program.all():
        try:
            total += pss_kib(pid)
        except OSError:
            pass
    return total / 1024


def idle_percent(program):
    time.sleep(IDLE_SETTLE_S)
    before, begin = tree_cpu_seconds(program), time.monotonic()
    time.sleep(IDLE_S)
    return (tree_cpu_seconds(program) - before) / (time.monotonic() - begin) * 100


class Display:
    def __init__(self):
        self.read, write = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1080x1920x24", "-nolisten",
                                         "tcp"], pass_fds=(write,), stderr=subprocess.DEVNULL)
        os.close(write)
        self.environment = dict(os.environ, DISPLAY=":" + os.read(self.read, 16).decode().strip(),
                                SDL_VIDEODRIVER="x11")
        self.environment.pop("WAYLAND_DISPLAY", None)

    def end(self):
        self.process.terminate()
        self.process.wait()


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
