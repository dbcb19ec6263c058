"""An update as a test gives it to a machine: on a disk beside its own, from where the kiosk's user takes it, as if the
kiosk had fetched it. And what a test looks for afterwards."""

import json
import pathlib
import re
import subprocess
import tarfile
import time
from typing import Callable, NamedTuple

from machine import Failed
from shell import Shell

RELEASE = "/var/lib/portico-kiosk/release"
OUTCOME = "/run/portico-update/outcome.json"
KIOSK = "setpriv --reuid=portico-kiosk --regid=portico-kiosk --clear-groups"


def version_of(update: pathlib.Path) -> str:
    """Of "portico-kiosk-test_0.1.1.update"."""
    if not (found := re.fullmatch(r"[a-z-]+_([0-9.]+)\.update", update.name)):
        raise ValueError(f"{update} is not called as an update is")
    return found[1]


def disk_of(path: pathlib.Path, updates: dict[str, pathlib.Path]) -> tuple[str, ...]:
    """Makes a disk of them, each under its name, and says how QEMU is told of it."""
    with tarfile.open(path, "w") as tar:
        for name, folder in updates.items():
            for part in sorted(folder.iterdir()):
                tar.add(part, f"{name}.part/{part.name}")
    return ("-drive", f"if=none,id=update,format=raw,readonly=on,file={path}",
            "-device", "virtio-blk-pci,drive=update,serial=update")


def signed_by_another(update: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """The same list, signed by a key that is not the plan's."""
    folder.mkdir(parents=True)
    key = folder.parent / f"{folder.name}.key"
    subprocess.run(["openssl", "genrsa", "-out", str(key), "3072"], check=True, capture_output=True)
    (folder / "SHA256SUMS").write_bytes((update / "SHA256SUMS").read_bytes())
    subprocess.run(["openssl", "dgst", "-sha256", "-sign", str(key), "-out", str(folder / "SHA256SUMS.sig"),
                    str(folder / "SHA256SUMS")], check=True, capture_output=True)
    return folder


def fetch(shell: Shell, name: str) -> None:
    """The kiosk's user has it, beside the folder that is looked at."""
    said = shell.run(f"{KIOSK} mkdir -p {RELEASE} && {KIOSK} tar -xf - -C {RELEASE} {name}.part "
                     "</dev/disk/by-id/virtio-update && sync && echo fetched", 900)
    if not said.endswith("fetched\n"):
        raise Failed(f"the update could not be put there: {said}")


def give(shell: Shell, name: str) -> None:
    """It is ready: what was told before is gone, and what comes is told of this one."""
    said = shell.run(f"rm -f {OUTCOME}; {KIOSK} mv -T {RELEASE}/{name}.part {RELEASE}/ready && echo given")
    if said != "given\n":
        raise Failed(f"the update could not be made ready: {said}")


def outcome(shell: Shell, seconds: float) -> tuple[str, str, str]:
    """(version, outcome, reason), as the kiosk's user reads it."""
    said = wait_until(shell, f"{KIOSK} cat {OUTCOME}", lambda text: text.startswith("{"), seconds, "no outcome was told")
    told = json.loads(said)
    return told["version"], told["outcome"], told["reason"]


def expect(shell: Shell, seconds: float, wanted: tuple[str, str, str]) -> None:
    if (told := outcome(shell, seconds)) != wanted:
        raise Failed(f"told was {told}, not {wanted}; the journal: "
                     + shell.run("journalctl -b --no-pager -o cat -u portico-update | tail -n 20"))
    # Taken or refused, it is gone: the kiosk may fetch the next.
    wait_until(shell, f"ls {RELEASE}", lambda text: "ready" not in text, 60, "what was judged lies there still")


def wait_until(shell: Shell, command: str, good: Callable[[str], bool], seconds: float, otherwise: str) -> str:
    end = time.monotonic() + seconds
    while True:
        said = shell.run(command)
        if good(said):
            return said
        if time.monotonic() > end:
            raise Failed(f"{otherwise} in {seconds:.0f} s: {said.strip()}")
        time.sleep(1)


def version(shell: Shell) -> str:
    """The one that runs."""
    return shell.run(". /usr/lib/os-release; echo $IMAGE_VERSION").strip()


class KernelImage(NamedTuple):
    version: str
    tries_left: int | None  # None: it is kept


def kernel_images(names: list[str]) -> list[KernelImage]:
    """Out of the names on the boot partition: "portico-kiosk-test_0.1.1+2-1.efi" has two tries left of three."""
    found = []
    for name in names:
        if match := re.fullmatch(r"[a-z-]+_([0-9.]+?)(?:\+(\d+)(?:-\d+)?)?\.efi", name.rpartition("/")[2]):
            found.append(KernelImage(match[1], int(match[2]) if match[2] else None))
    return sorted(found)


def kernel_images_of(shell: Shell) -> list[KernelImage]:
    return kernel_images(shell.run("systemctl start efi.mount; ls /efi/EFI/Linux").split())


def kept(shell: Shell, wanted: str, seconds: float) -> None:
    """Waits until the version that runs is confirmed."""
    wait_until(shell, "cat /var/lib/portico-update/confirmed", lambda text: text == f"{wanted}\n", seconds,
               f"{wanted} was not confirmed")
    if KernelImage(wanted, None) not in (images := kernel_images_of(shell)):
        raise Failed(f"{wanted} is confirmed, and on the boot partition it is not: {images}")
