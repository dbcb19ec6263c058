"""A machine in QEMU: its disk, its firmware's memory and its TPM lie in one folder, so that a copy of the folder is a
twin of it. Power on, look at the screen, press keys, cut the power."""

import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import power_loss
from picture import Picture, read_ppm, why_not_ours
from qmp import Gone, Qmp

FIRMWARE = pathlib.Path("/usr/share/OVMF")
DISK_BYTES = 2 << 30
UPRIGHT = (1080, 1920)  # a kiosk's screen; pictures are shown point by point
# QEMU's TCG lost the end of an interrupt on the second of two (seen in QEMU 10.0: its timer's for ever in service, the disk's
# pending, everything halted), once in three boots on a busy machine: a boot that stands still, and nothing of ours in it.
PROCESSORS = 1


class Failed(Exception):
    """What a check looked for is not so; the text says what was found."""


class Machine:
    """A machine that is off. `places` are what a technician could take out of it and put into another."""

    def __init__(self, folder: pathlib.Path, screen: tuple[int, int]):
        self.folder, self.screen = folder, screen

    @property
    def disk(self) -> pathlib.Path:
        return self.folder / "disk.raw"

    @property
    def variables(self) -> pathlib.Path:
        return self.folder / "variables.fd"

    @property
    def tpm(self) -> pathlib.Path:
        return self.folder / "tpm"

    @classmethod
    def new(cls, folder: pathlib.Path, image: pathlib.Path, screen: tuple[int, int] = UPRIGHT) -> "Machine":
        """As it comes from the factory, with the image on its disk: firmware in setup mode, an empty TPM."""
        folder.mkdir(parents=True)
        machine = cls(folder, screen)
        _copy(image, machine.disk)
        with machine.disk.open("r+b") as disk:
            disk.truncate(DISK_BYTES)
        shutil.copy(FIRMWARE / "OVMF_VARS_4M.fd", machine.variables)
        machine.tpm.mkdir()
        return machine

    def twin(self, folder: pathlib.Path) -> "Machine":
        folder.mkdir(parents=True)
        other = Machine(folder, self.screen)
        _copy(self.disk, other.disk)
        shutil.copy(self.variables, other.variables)
        shutil.copytree(self.tpm, other.tpm)
        return other

    def take_chips(self, other: "Machine") -> None:
        """Firmware and TPM, of a machine that has the same disk."""
        shutil.copy(other.variables, self.variables)
        shutil.rmtree(self.tpm)
        shutil.copytree(other.tpm, self.tpm)

    def forget_tpm(self) -> None:
        """Its disk and firmware are in another machine now."""
        shutil.rmtree(self.tpm)
        self.tpm.mkdir()

    def power_on(self, memory_mb: int = 1024, more: tuple[str, ...] = (), log: pathlib.Path | None = None) -> "Running":
        """With `log`, each write to its disk is logged there (power_loss.py)."""
        disk = power_loss.arguments(self.disk, log) if log else [
            "-drive", f"if=none,id=disk,format=raw,file={self.disk},discard=unmap"]
        return Running(self, memory_mb, [*disk, *more])


class Running:
    """A machine that is on. Its serial line and what QEMU was told and told are kept beside its disk."""

    def __init__(self, machine: Machine, memory_mb: int, more: list[str]):
        self.folder = machine.folder
        self.began = time.monotonic()
        # A socket's path may have a hundred letters: these are not below --out.
        self.sockets = pathlib.Path(tempfile.mkdtemp(prefix="image-test-"))
        self.processes = [self._start("swtpm", ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={machine.tpm}",
                                                "--ctrl", f"type=unixio,path={self.sockets}/tpm", "--terminate"])]
        _wait_for(self.sockets / "tpm")
        self.processes.append(self._start("qemu", [
            "qemu-system-x86_64", "-machine", "q35,smm=on", "-accel", "tcg,thread=multi", "-cpu", "max,la57=off",
            "-smp", str(PROCESSORS), "-m", str(memory_mb), "-nodefaults", "-display", "none",
            "-global", "driver=cfi.pflash01,property=secure,value=on",
            "-drive", f"if=pflash,format=raw,unit=0,readonly=on,file={FIRMWARE}/OVMF_CODE_4M.secboot.fd",
            "-drive", f"if=pflash,format=raw,unit=1,file={machine.variables}",
            "-device", "virtio-blk-pci,drive=disk,bootindex=1",
            "-chardev", f"socket,id=tpm,path={self.sockets}/tpm", "-tpmdev", "emulator,id=tpm,chardev=tpm",
            "-device", "tpm-crb,tpmdev=tpm",
            "-device", "virtio-vga,xres={},yres={}".format(*machine.screen), "-device", "virtio-rng-pci",
            "-device", "qemu-xhci,id=usb", "-device", "virtio-serial-pci",
            "-chardev", f"socket,id=shell,path={self.sockets}/shell,server=on,wait=off",
            "-device", "virtserialport,chardev=shell,name=portico.tests",
            "-serial", f"file:{self.folder}/serial.log",
            "-qmp", f"unix:{self.sockets}/qmp,server=on,wait=off", *more]))
        self.qmp = Qmp(self.sockets / "qmp", self.folder / "qmp.log")

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_) -> None:
        self.cut_power()

    def cut_power(self) -> None:
        self.qmp.close()
        for process in reversed(self.processes):  # the emulator first: its TPM keeps what it was told
            process.send_signal(signal.SIGKILL if process.args[0] != "swtpm" else signal.SIGTERM)
            process.wait()
        self.processes = []
        shutil.rmtree(self.sockets, ignore_errors=True)

    def look(self, name: str = "screen", before: Picture | None = None) -> Picture:
        """Its screen now; kept as a picture of that name beside its disk. `before` itself when nothing changed since: to judge
        a picture takes longer than to take it, and the machine under test has the same processor."""
        raw = self.folder / "screen.ppm"
        self.qmp.do("screendump", filename=str(raw))
        picture = read_ppm(raw)
        raw.unlink()
        if before is not None and picture.pixels == before.pixels:
            return before
        picture.write_png(self.folder / f"{name}.png")
        return picture

    def wait_for_screen(self, ours, seconds: float, name: str = "screen") -> Picture:
        """Waits for a screen of ours; Failed says what stood there instead. Two looks, for a screen that is being built."""
        why = "it was not looked at"
        before = None
        while time.monotonic() < self.began + seconds:
            self.qmp.listen(2)
            shown = self.look(name, before)
            if shown is before:
                continue
            before = shown
            if not (why := why_not_ours(shown, ours)):
                self.first_screen = time.monotonic() - self.began
                self.qmp.listen(3)
                again = self.look(name)
                if not why_not_ours(again, ours):
                    return again
                before = again
        raise Failed(f"no screen of ours in {seconds:.0f} s: {why}")

    def restarts(self) -> int:
        """How often the machine itself began anew, by what it told since it was switched on."""
        return sum(event["event"] == "RESET" and event["data"].get("guest", False) for event in self.qmp.events)

    def age(self) -> float:
        """Seconds since it was switched on."""
        return time.monotonic() - self.began

    def wait_for_end(self, seconds: float) -> None:
        """Until it has switched itself off."""
        try:
            self.processes[-1].wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failed(f"the machine did not switch itself off in {seconds:.0f} s") from None

    def wait_for_restart(self, before: int, seconds: float) -> None:
        """Until it began anew once more than `before` times."""
        end = time.monotonic() + seconds
        while self.restarts() <= before:
            if time.monotonic() > end:
                raise Failed(f"the machine did not start again in {seconds:.0f} s")
            self.qmp.listen(2)

    def keys(self, chord: str) -> None:
        """Pressed together: "ctrl-alt-delete", in QEMU's names."""
        self.qmp.do("send-key", keys=[{"type": "qcode", "data": key} for key in chord.split("-")])

    def serial(self) -> str:
        path = self.folder / "serial.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def _start(self, name: str, command: list[str]) -> subprocess.Popen:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def refused(running: Running, ours, seconds: float, until) -> None:
    """Waits until `until(running)` says in words how the machine refused; Failed when our screen shows or nothing
    tells."""
    while time.monotonic() < running.began + seconds:
        try:
            running.qmp.listen(3)
            if not why_not_ours(running.look("refused"), ours):
                raise Failed("our screen was shown")
        except Gone:
            raise Failed("the emulator ended") from None
        if until(running):
            return
    raise Failed(f"no sign of a refusal in {seconds:.0f} s")


def _copy(source: pathlib.Path, target: pathlib.Path) -> None:
    """With its holes: two thirds of a disk hold nothing."""
    subprocess.run(["cp", "--sparse=always", "--reflink=auto", str(source), str(target)], check=True)


def _wait_for(path: pathlib.Path, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > end:
            raise Failed(f"{path.name} did not come up")
        time.sleep(0.05)
