"""Somebody at the machine's keyboard, who cannot see what is chosen there: a kiosk of this machine's own, without an
enrolment as well, goes through the same screens and says so. What is pressed in one is pressed in the other."""

import json
import pathlib
import socket
import subprocess
import time
import zlib

import host
from machine import Failed, Running

STEPS_MAX = 300  # more controls than any screen has on all its pages
KEY_SECONDS = 30.0
LETTER_SECONDS = 5.0
QCODES = {"Tab": "tab", "Shift+Tab": "shift-tab", "Enter": "ret", ".": "dot", "-": "minus", ":": "shift-semicolon"}


def qcode(key: str) -> str:
    """In QEMU's names; letters and digits are their own."""
    return QCODES.get(key) or (f"shift-{key.lower()}" if key.isupper() else key)


class Twin:
    """The kiosk of this machine, at its driver's socket."""

    def __init__(self, programs: pathlib.Path, folder: pathlib.Path):
        folder = folder.resolve()
        folder.mkdir(parents=True)
        assets = pathlib.Path("assets").resolve()
        config = folder / "kiosk.toml"
        config.write_text(f'data = "{folder}/data"\nassets = "{assets}"\nlanguages = ["en", "es", "ar"]\n'
                          f'orientation = "portrait"\n[bench]\nfolder = "{folder}/bench"\n', encoding="utf-8")
        place = folder / "driver"
        with (folder / "kiosk.log").open("ab") as log:
            self.process = subprocess.Popen(host.here(str(programs.resolve() / "portico-kiosk"), "--config", str(config), "--headless",
                                                       "--driver", str(place)), stdout=log, stderr=log)
        end = time.monotonic() + 60
        while True:
            self.socket = socket.socket(socket.AF_UNIX)
            try:
                self.socket.connect(str(place))
                break
            except OSError:
                self.socket.close()
                if time.monotonic() > end or self.process.poll() is not None:
                    raise Failed(f"the kiosk of this machine did not come up: see {folder}/kiosk.log") from None
                time.sleep(0.1)
        self.lines = self.socket.makefile("rw", encoding="utf-8")

    def __enter__(self) -> "Twin":
        return self

    def __exit__(self, *_) -> None:
        self.process.kill()
        self.process.wait()

    def do(self, **what):
        self.lines.write(json.dumps(what) + "\n")
        self.lines.flush()
        reply = json.loads(self.lines.readline())
        if "error" in reply:
            raise Failed(f"the kiosk of this machine: {what}: {reply['error']}")
        return reply

    def frame(self) -> dict:
        return self.do(do="frame")["frame"]


class Hands:
    def __init__(self, running: Running, twin: Twin):
        self.running, self.twin = running, twin

    def wait_for(self, **what) -> None:
        """In the twin: a `screen`, or a `msg` that is shown."""
        self.twin.do(do="wait", timeout_s=60, **what)

    def go_to(self, field: str, wanted: str) -> None:
        """Past the last page Tab goes to the bars: back to the first page first, then forward over all."""
        forward = False
        for _ in range(STEPS_MAX):
            frame = self.twin.frame()
            if any(node.get(field) == wanted and "focused" in node["states"] for node in frame["nodes"]):
                return
            forward = forward or frame["page"] == 1
            self._both("Tab" if forward else "Shift+Tab")
        raise Failed(f"the ring never came to {wanted}")

    def press(self, wanted: str, field: str = "msg") -> None:
        self.go_to(field, wanted)
        self._both("Enter")

    def fill(self, msg: str, here: str, there: str) -> None:
        """`here` in the machine, `there` in its twin."""
        self.go_to("msg", msg)
        for letter in here:
            self._in_machine(letter, must=False)  # of a text longer than its field the same may be seen twice
        self.twin.do(do="type", text=there)

    def _both(self, key: str) -> None:
        self.twin.do(do="key", key=key)
        self._in_machine(key)

    def _in_machine(self, key: str, must: bool = True) -> None:
        """Pressed, and seen to do something."""
        before = self._picture()
        self.running.keys(qcode(key))
        end = time.monotonic() + (KEY_SECONDS if must else LETTER_SECONDS)
        while self._picture() == before:
            if time.monotonic() > end and not must:
                return
            if time.monotonic() > end:
                raise Failed(f"{key} changes nothing on the screen in {KEY_SECONDS:.0f} s")
            self.running.qmp.listen(0.1)

    def _picture(self) -> int:
        raw = self.running.folder / "key.ppm"
        self.running.qmp.do("screendump", filename=str(raw))
        sum_of_it = zlib.crc32(raw.read_bytes())
        raw.unlink()
        return sum_of_it
