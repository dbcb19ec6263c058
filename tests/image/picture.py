"""Pictures of a screen: read as QEMU writes them, written for people, held against our own colours and each other."""

import pathlib
import re
import struct
import zlib
from collections import Counter


class Picture:
    def __init__(self, width: int, height: int, pixels: bytes):
        self.width, self.height, self.pixels = width, height, pixels

    def at(self, x: int, y: int) -> tuple[int, int, int]:
        place = 3 * (y * self.width + x)
        return tuple(self.pixels[place : place + 3])

    def blocks(self, size: int = 20) -> list[tuple[int, int, int]]:
        """Its blocks' average colours, row by row."""
        found = []
        for top in range(0, self.height - size + 1, size):
            rows = [self.pixels[3 * (y * self.width) : 3 * ((y + 1) * self.width)] for y in range(top, top + size)]
            for left in range(0, self.width - size + 1, size):
                piece = b"".join(row[3 * left : 3 * (left + size)] for row in rows)
                found.append(tuple(sum(piece[channel::3]) // (size * size) for channel in range(3)))
        return found

    def write_png(self, path: pathlib.Path) -> None:
        rows = b"".join(
            b"\0" + self.pixels[3 * y * self.width : 3 * (y + 1) * self.width] for y in range(self.height)
        )
        chunks = [
            (b"IHDR", struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(rows, 6)),
            (b"IEND", b""),
        ]
        with path.open("wb") as out:
            out.write(b"\x89PNG\r\n\x1a\n")
            for kind, data in chunks:
                out.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))


def read_ppm(path: pathlib.Path) -> Picture:
    data = path.read_bytes()
    head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
    if head is None:
        raise ValueError(f"{path} is no picture of 8 bits a colour")
    width, height = int(head[1]), int(head[2])
    return Picture(width, height, data[head.end() : head.end() + 3 * width * height])


def read_png(path: pathlib.Path) -> Picture:
    """As `portico-kiosk screenshots` writes them: 8 bits, no interlacing, with or without transparency."""
    data, place, packed, head = path.read_bytes(), 8, b"", None
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            head = struct.unpack(">IIBBBBB", body)
        elif kind == b"IDAT":
            packed += body
        place += 12 + length
    if head is None or head[2] != 8 or head[3] not in (2, 6) or head[6] != 0:
        raise ValueError(f"{path} is no PNG of 8 bits a colour")
    width, height, depth = head[0], head[1], 3 if head[3] == 2 else 4
    raw, stride = zlib.decompress(packed), width * depth
    rows, before = [], bytearray(stride)
    for y in range(height):
        start = y * (stride + 1)
        row = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), before, depth)
        rows.append(bytes(row) if depth == 3 else b"".join(bytes(row[x : x + 3]) for x in range(0, stride, 4)))
        before = row
    return Picture(width, height, b"".join(rows))


def _unfiltered(kind: int, row: bytearray, above: bytearray, depth: int) -> bytearray:
    if kind == 0:
        return row
    for x in range(len(row)):
        left = row[x - depth] if x >= depth else 0
        corner = above[x - depth] if x >= depth else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = above[x]
        elif kind == 3:
            guess = (left + above[x]) // 2
        else:
            guess = min((left, above[x], corner), key=lambda one: abs(left + above[x] - corner - one))
        row[x] = (row[x] + guess) & 255
    return row


def palette(theme: pathlib.Path) -> dict[str, set[tuple[int, int, int]]]:
    """The colours of the theme that a kiosk starts with, as the program's source has them: its grounds, and all."""
    light = re.search(r"Palette light\(\) \{(.*?)\n\}", theme.read_text(encoding="utf-8"), re.S)
    if light is None:
        raise ValueError(f"{theme} has no light palette")

    def colours(text: str) -> set[tuple[int, int, int]]:
        return {tuple(bytes.fromhex(one)) for one in re.findall(r"rgb\(0x([0-9A-F]{6})\)", text)}

    # Green lies under the screen that waits for a member.
    grounds = "\n".join(re.findall(r"(?:p\.(?:page|surface|sunken)|Color const green) = .*", light[1]))
    return {"grounds": colours(grounds), "all": colours(light[1])}


def why_not_ours(picture: Picture, ours: dict[str, set[tuple[int, int, int]]]) -> str:
    """Empty for a screen of ours. A console is black with grey letters, firmware too; an empty screen has one colour."""
    counts = Counter(
        picture.pixels[place : place + 3] for place in range(0, len(picture.pixels), 3 * 7)
    )  # every seventh point
    points = sum(counts.values())

    def share(colours) -> float:
        return sum(counts[bytes(one)] for one in colours) / points

    if len(counts) == 1:
        return "one colour all over: nothing is shown"
    if (ground := share(ours["grounds"])) < 0.5:
        return f"only {ground:.0%} of it has our grounds' colours"
    if (known := share(ours["all"])) < 0.9:
        return f"only {known:.0%} of it has our colours"
    if (ink := share(ours["all"] - ours["grounds"])) < 0.005:
        return f"next to nothing stands on our ground ({ink:.2%})"
    return ""


def difference(one: Picture, other: Picture, tolerance: int = 24) -> float:
    """The share of blocks whose average colours are not alike; 1 when the sizes differ."""
    if (one.width, one.height) != (other.width, other.height):
        return 1.0
    pairs = list(zip(one.blocks(), other.blocks()))
    return sum(max(abs(a - b) for a, b in zip(*pair)) > tolerance for pair in pairs) / len(pairs)
