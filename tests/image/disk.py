"""What somebody with the disk in hand could change on it."""

import pathlib
import struct
import subprocess
from typing import NamedTuple

SECTOR = 512
TYPES = {  # the Discoverable Partitions Specification's, as they lie on the disk
    "esp": "28732ac11ff8d211ba4b00a0c93ec93b",
    "root": "e3bc684fcde8b14d96e7fbcaf984b709",
    "root-verity": "ed57732cd2ebd946aec123d437ec2bf5",
    "linux-generic": "af3dc60f838472478e793d69d8477de4",
}


class Partition(NamedTuple):
    kind: str
    name: str
    start: int  # in bytes
    size: int


def partitions(disk: pathlib.Path) -> list[Partition]:
    with disk.open("rb") as file:
        file.seek(SECTOR)
        header = file.read(92)
        if header[:8] != b"EFI PART":
            raise ValueError(f"{disk} has no partition table")
        where, count, size = struct.unpack("<QII", header[72:88])
        file.seek(where * SECTOR)
        table = file.read(count * size)
    kinds = {bytes.fromhex(value): key for key, value in TYPES.items()}
    found = []
    for place in range(0, len(table), size):
        entry = table[place : place + size]
        if not any(entry[:16]):
            continue
        first, last = struct.unpack("<QQ", entry[32:48])
        name = entry[56:128].decode("utf-16-le").rstrip("\0")
        found.append(Partition(kinds.get(entry[:16], entry[:16].hex()), name, first * SECTOR, (last - first + 1) * SECTOR))
    return found


def partition(disk: pathlib.Path, kind: str) -> Partition:
    return next(one for one in partitions(disk) if one.kind == kind)


def flip_bit(disk: pathlib.Path, place: int) -> None:
    with disk.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1]))


def boot_files(disk: pathlib.Path) -> list[str]:
    """Names of what lies on the partition that the firmware reads."""
    said = _mtools("mdir", disk, "-/", "-b", "::/")
    return [line.removeprefix("::") for line in said.decode().splitlines() if line.strip() and not line.endswith("/")]


def read_boot_file(disk: pathlib.Path, name: str) -> bytes:
    return _mtools("mtype", disk, f"::{name}")


def write_boot_file(disk: pathlib.Path, name: str, content: bytes) -> None:
    passed_on = disk.with_name("boot-file")
    passed_on.write_bytes(content)
    _mtools("mcopy", disk, "-o", str(passed_on), f"::{name}")
    passed_on.unlink()


def remove_boot_file(disk: pathlib.Path, name: str) -> None:
    _mtools("mdel", disk, f"::{name}")


def kernel_image(disk: pathlib.Path) -> str:
    return next(name for name in boot_files(disk) if name.lower().startswith("/efi/linux/") and name.endswith(".efi"))


def _mtools(command: str, disk: pathlib.Path, *arguments: str) -> bytes:
    at = f"{disk}@@{partition(disk, 'esp').start}"
    done = subprocess.run([command, "-i", at, *arguments], capture_output=True, check=False,
                          env={"PATH": "/usr/bin:/bin", "MTOOLS_SKIP_CHECK": "1"})
    if done.returncode != 0:
        raise ValueError(f"{command} {' '.join(arguments)}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
