"""A disk as it is after the power went: what was written and not flushed may be there, or not, or in part.

QEMU writes a log of the disk's writes and flushes (driver blklogwrites, in the format of Linux' dm-log-writes); what a
killed emulator leaves in the file is all of them, which no real disk promises.
"""

import pathlib
import random
import struct
from typing import NamedTuple

MAGIC = 0x6A736677736872
SECTOR = 512
FLUSH, FUA, DISCARD = 1, 2, 4


class Write(NamedTuple):
    place: int
    data: bytes
    kept: bool  # a disk that keeps its promises has it


def arguments(disk: pathlib.Path, log: pathlib.Path) -> list[str]:
    """In the place of -drive for the block device "disk"."""
    log.write_bytes(b"")
    return ["-blockdev", f"driver=file,node-name=plain,filename={disk},discard=unmap",
            "-blockdev", f"driver=file,node-name=log,filename={log}",
            "-blockdev", "driver=blklogwrites,node-name=disk,file=plain,log=log"]


def writes(log: pathlib.Path) -> list[Write]:
    found: list[Write] = []
    with log.open("rb") as file:
        head = file.read(SECTOR)
        if len(head) < SECTOR:
            return found
        magic, _, _, sector = struct.unpack("<QQQI", head[:28])
        if magic not in (0, MAGIC):  # none yet: it was cut before the first flush
            raise ValueError(f"{log} is no log of writes")
        sector = sector or SECTOR
        file.seek(sector)
        while len(entry := file.read(sector)) == sector:
            where, count, flags = struct.unpack("<QQQ", entry[:24])
            if count == 0 and flags == 0:
                break
            if flags & FLUSH:
                found = [one._replace(kept=True) for one in found]
            if flags & DISCARD or count == 0:
                continue  # what was given up is not read again
            data = file.read(count * sector)
            if len(data) < count * sector:
                break  # the emulator was killed while it wrote this
            found.append(Write(where * sector, data, bool(flags & FUA)))
    return found


def lose(disk: pathlib.Path, log: pathlib.Path, chance: random.Random) -> tuple[int, int]:
    """`disk`, as it was before, gets what is in `log`, without some of what was not flushed. How many writes there were, and
    how many got lost, whole or in part."""
    lost, all_writes = 0, writes(log)
    with disk.open("r+b") as file:
        for one in all_writes:
            data = one.data
            if not one.kept and chance.random() < 0.5:
                lost += 1
                data = data[: SECTOR * chance.randrange(len(data) // SECTOR + 1)]
            file.seek(one.place)
            file.write(data)
    return len(all_writes), lost
