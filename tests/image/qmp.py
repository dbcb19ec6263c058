"""QEMU's control socket (QMP): one command at a time, and what the machine told of itself meanwhile."""

import json
import pathlib
import socket
import time


class Gone(Exception):
    """The emulator ended: the machine is off."""


class Qmp:
    def __init__(self, path: pathlib.Path, log: pathlib.Path, seconds: float = 20):
        self.log = log.open("a", encoding="utf-8")
        self.events: list[dict] = []
        self.rest = b""
        end = time.monotonic() + seconds
        while True:
            self.socket = socket.socket(socket.AF_UNIX)
            try:
                self.socket.connect(str(path))
                break
            except OSError:
                self.socket.close()
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        self._message(60)  # its greeting
        self.do("qmp_capabilities")

    def do(self, command: str, **arguments):
        """What the command returns. ValueError: QEMU refuses it."""
        self._send({"execute": command, "arguments": arguments})
        while True:
            message = self._message(60)
            if "return" in message:
                return message["return"]
            if "error" in message:
                raise ValueError(f"{command}: {message['error']['desc']}")

    def listen(self, seconds: float) -> None:
        """Takes what comes in that time; who waits for something looks at `events` afterwards."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self._message(left) is None:
                return

    def close(self) -> None:
        self.socket.close()
        self.log.close()

    def _send(self, message: dict) -> None:
        self.log.write(f"> {json.dumps(message)}\n")
        try:
            self.socket.sendall(json.dumps(message).encode() + b"\n")
        except OSError as error:
            raise Gone from error

    def _message(self, seconds: float):
        """The next one; events are kept as well. None when none came in time."""
        end = time.monotonic() + seconds
        while b"\n" not in self.rest:
            left = end - time.monotonic()
            if left <= 0:
                return None
            self.socket.settimeout(left)
            try:
                more = self.socket.recv(65536)
            except TimeoutError:
                return None
            except OSError as error:
                raise Gone from error
            if not more:
                raise Gone
            self.rest += more
        line, self.rest = self.rest.split(b"\n", 1)
        message = json.loads(line)
        self.log.write(f"< {json.dumps(message)}\n")
        self.log.flush()
        if "event" in message:
            self.events.append(message)
        return message
