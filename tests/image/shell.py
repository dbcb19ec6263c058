"""The shell of the test flavour, at a serial line that only QEMU has."""

import pathlib
import socket
import time


class Shell:
    def __init__(self, path: pathlib.Path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        self.count = 0

    def wait(self, seconds: float) -> None:
        """Until somebody answers. TimeoutError when nobody does."""
        end = time.monotonic() + seconds
        while True:
            try:
                self.run("true", 10)
                return
            except TimeoutError:
                if time.monotonic() > end:
                    raise

    def run(self, command: str, seconds: float = 60) -> str:
        """What it prints, errors among it. TimeoutError when it does not end."""
        self.count += 1
        mark = f"end-{self.count}-"
        # What an earlier command still says comes before the beginning.
        self.socket.sendall(f"echo begin-{self.count}-; {{ {command}\n}} 2>&1; echo {mark}\n".encode())
        said, end = b"", time.monotonic() + seconds
        while mark.encode() + b"\n" not in said:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"no end of: {command}; so far: {said.decode(errors='replace')[-2000:]}")
            self.socket.settimeout(left)
            try:
                more = self.socket.recv(65536)
            except TimeoutError:
                continue
            if not more:
                raise TimeoutError("the machine is off")
            said += more
        text = said.decode(errors="replace").partition(f"begin-{self.count}-\n")[2]
        return text.rpartition(f"{mark}\n")[0]
