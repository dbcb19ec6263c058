"""Chromium in kiosk mode in a window of Xvfb, showing a page of ours: the peer of programs with a screen."""
import http.server
import os
import queue
import signal
import subprocess
import threading
import time

from figure import cpu_seconds_of, pss_kib, tree

START_LIMIT_S = 120
IDLE_S = 20
IDLE_SETTLE_S = 5


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


def start_chromium(server, scratch, environment, width=1080, height=1920):
    while not server.painted.empty():
        server.painted.get()
    argv = ["chromium", "--kiosk", "--no-first-run", "--no-default-browser-check", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", f"--window-size={width},{height}",
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
    def __init__(self, width=1080, height=1920):
        self.read, write = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten",
                                         "tcp"], pass_fds=(write,), stderr=subprocess.DEVNULL)
        os.close(write)
        self.environment = dict(os.environ, DISPLAY=":" + os.read(self.read, 16).decode().strip(),
                                SDL_VIDEODRIVER="x11")
        self.environment.pop("WAYLAND_DISPLAY", None)

    def end(self):
        self.process.terminate()
        self.process.wait()
