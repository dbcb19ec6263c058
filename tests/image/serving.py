"""Central, on the machine that runs the emulator: where a kiosk in it is enrolled, serves and fetches its updates."""

import datetime
import pathlib
import re
import shutil
import subprocess
import time

import host
from machine import Failed

# What QEMU's user network calls the machine it runs on, and the ports that a kiosk's network rules let through.
HOST = "10.0.2.2"
SERVE_PORT, ENROLL_PORT = 8443, 8444
NETWORK = ("-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net")


class Central:
    def __init__(self, programs: pathlib.Path, data: pathlib.Path):
        self.program, self.data = programs.resolve() / "portico-central", data.resolve()
        if not host.exists(self.program):
            raise Failed(f"{self.program} is not built: ./portico build makes it, or --programs names where it is")
        self.process = None

    @classmethod
    def new(cls, programs: pathlib.Path, data: pathlib.Path) -> "Central":
        """Of a plan in whose time zone it is between two and three at night: so its kiosks fetch what they are to have."""
        central = cls(programs, data)
        shutil.rmtree(data, ignore_errors=True)
        central.run("init", "--plan-name", "Sample Health Plan", "--host", HOST, "--host", "127.0.0.1")
        settings = data / "central.toml"
        text, count = re.subn(r'^time_zone = "[^"]*"', f'time_zone = "{_zone_where_it_is(2)}"',
                              settings.read_text(encoding="utf-8"), flags=re.MULTILINE)
        if count != 1:
            raise Failed(f"{settings} has no time_zone to change")
        settings.write_text(text, encoding="utf-8")
        return central

    def run(self, *command: str) -> str:
        """What a command of central's prints."""
        done = subprocess.run(host.here(str(self.program), *command, "--data", str(self.data)), capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"portico-central {' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def invite(self, name: str) -> dict[str, str]:
        """Of a new terminal: its id, its one-time code and the authority's fingerprint."""
        told = self.run("terminal", "add", "--name", name)
        return {word: re.search(rf"^{word}=(\S+)$", told, re.MULTILINE)[1] for word in ("terminal", "code", "fingerprint")}

    def listed(self, terminal: str) -> str:
        """The terminal's line in central's list."""
        lines = [line for line in self.run("terminal", "list").splitlines() if line.startswith(terminal)]
        return lines[0] if lines else ""

    def wait_until_listed(self, terminal: str, words: str, seconds: float, meanwhile=None) -> None:
        end = time.monotonic() + seconds
        while words not in (line := self.listed(terminal)):
            if time.monotonic() > end:
                raise Failed(f'central does not list "{words}" in {seconds:.0f} s: {line}')
            meanwhile(2) if meanwhile else time.sleep(2)

    def __enter__(self) -> "Central":
        self.process = subprocess.Popen(
            host.here(str(self.program), "serve", "--data", str(self.data), "--listen", f"127.0.0.1:{SERVE_PORT}",
                      "--enroll-listen", f"127.0.0.1:{ENROLL_PORT}"),
            stdout=subprocess.PIPE, stderr=(self.data / "serve.log").open("ab"), text=True)
        if "ready" not in self.process.stdout.readline():
            raise Failed(f"central does not serve: see {self.data}/serve.log")
        return self

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.wait(60)


def _zone_where_it_is(hour: int) -> str:
    """The zone's name counts westwards."""
    ahead = (hour - datetime.datetime.now(datetime.timezone.utc).hour) % 24
    return f"Etc/GMT-{ahead}" if ahead <= 14 else f"Etc/GMT+{24 - ahead}"
