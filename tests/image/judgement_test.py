#!/usr/bin/env python3
"""That the image's test sees what it says it sees: without an image, an emulator or root. usage: judgement_test.py SOURCE"""

import pathlib
import random
import struct
import sys
import tempfile
import unittest

import disk
import given
import power_loss
from picture import Picture, difference, palette, read_png, read_ppm, why_not_ours

SOURCE = pathlib.Path(sys.argv.pop(1))
OURS = palette(SOURCE / "shared/ui/theme.cpp")
PAGE, INK = (0xEE, 0xF3, 0xF1), (0x0E, 0x1F, 0x1C)


def drawn(ground, ink, every: int = 9) -> Picture:
    """Words, from afar: each so many points of the upper half have another colour."""
    width, height = 200, 300
    rows = [bytes(ink if y < height // 2 and (x + y) % every == 0 else ground)
            for y in range(height) for x in range(width)] if every else [bytes(ground)] * (width * height)
    return Picture(width, height, b"".join(rows))


class Pictures(unittest.TestCase):
    def test_our_screen_is_ours(self):
        self.assertEqual(why_not_ours(drawn(PAGE, INK), OURS), "")

    def test_a_console_is_not(self):
        self.assertIn("grounds", why_not_ours(drawn((0, 0, 0), (0xAA, 0xAA, 0xAA)), OURS))

    def test_nothing_is_not(self):
        self.assertIn("nothing", why_not_ours(drawn((0, 0, 0), INK, 0), OURS))
        self.assertIn("nothing", why_not_ours(drawn(PAGE, INK, 0), OURS))

    def test_our_ground_under_other_colours_is_not(self):
        self.assertIn("colours", why_not_ours(drawn(PAGE, (255, 0, 255), 5), OURS))

    def test_what_differs_is_counted(self):
        one = drawn(PAGE, INK)
        self.assertEqual(difference(one, one), 0)
        self.assertEqual(difference(one, drawn(INK, PAGE)), 1)
        self.assertEqual(difference(one, Picture(1, 1, b"\0\0\0")), 1)

    def test_pictures_are_read_as_they_were_written(self):
        one = drawn(PAGE, INK)
        with tempfile.TemporaryDirectory() as folder:
            png, ppm = pathlib.Path(folder, "a.png"), pathlib.Path(folder, "a.ppm")
            one.write_png(png)
            ppm.write_bytes(b"P6\n200 300\n255\n" + one.pixels)
            self.assertEqual(read_png(png).pixels, one.pixels)
            self.assertEqual(read_ppm(ppm).pixels, one.pixels)


def log_of(*entries: tuple[int, int, bytes]) -> bytes:
    """(sector, flags, data), as blklogwrites of QEMU 10.0 writes them: it leaves the length of the data 0, for it is told in
    sectors already; what is given up (DISCARD) has sectors, and no data in the log."""
    log = struct.pack("<QQQI", power_loss.MAGIC, 1, len(entries), 512).ljust(512, b"\0")
    for sector, flags, data in entries:
        log += struct.pack("<QQQQ", sector, len(data) // 512, flags, 0).ljust(512, b"\0")
        log += b"" if flags & power_loss.DISCARD else data
    return log


class PowerLoss(unittest.TestCase):
    def lose(self, *entries, seed: int = 0) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            target, log = pathlib.Path(folder, "disk"), pathlib.Path(folder, "log")
            target.write_bytes(b"0" * 4096)
            log.write_bytes(log_of(*entries))
            power_loss.lose(target, log, random.Random(seed))
            return target.read_bytes()

    def test_what_was_flushed_is_there(self):
        for seed in range(20):
            found = self.lose((0, 0, b"1" * 512), (0, power_loss.FLUSH, b""), seed=seed)
            self.assertEqual(found, b"1" * 512 + b"0" * 3584)

    def test_what_was_written_through_is_there(self):
        for seed in range(20):
            self.assertEqual(self.lose((1, power_loss.FUA, b"1" * 512), seed=seed)[512:1024], b"1" * 512)

    def test_what_follows_what_was_given_up_is_read(self):
        found = self.lose((1, power_loss.DISCARD, b"x" * 1024), (2, 0, b"1" * 512), (5, power_loss.FUA, b"2" * 512), (0, power_loss.FLUSH, b""))
        self.assertEqual(found, b"0" * 1024 + b"1" * 512 + b"0" * 1024 + b"2" * 512 + b"0" * 1024)

    def test_a_log_that_was_cut_off_is_read_as_far_as_it_goes(self):
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder, "log")
            log.write_bytes(log_of((0, 0, b"1" * 512), (2, 0, b"2" * 1024))[:-100])
            self.assertEqual([(one.place, len(one.data)) for one in power_loss.writes(log)], [(0, 512)])

    def test_what_was_not_flushed_is_there_or_not_or_in_part(self):
        found = {self.lose((0, power_loss.FLUSH, b""), (2, 0, b"1" * 1024), seed=seed)[1024:2048] for seed in range(40)}
        self.assertEqual(found, {b"0" * 1024, b"1" * 512 + b"0" * 512, b"1" * 1024})


class Disks(unittest.TestCase):
    def test_partitions_are_found_by_their_kind(self):
        entry = bytes.fromhex(disk.TYPES["root"]) + b"\1" * 16 + struct.pack("<QQQ", 40, 47, 0) + "a".encode("utf-16-le")
        header = (b"EFI PART" + b"\0" * 64 + struct.pack("<QII", 2, 4, 128)).ljust(512, b"\0")
        with tempfile.TemporaryDirectory() as folder:
            image = pathlib.Path(folder, "disk")
            image.write_bytes(b"\0" * 512 + header + entry.ljust(128, b"\0") + b"\0" * 40000)
            self.assertEqual(disk.partitions(image), [disk.Partition("root", "a", 40 * 512, 8 * 512)])
            disk.flip_bit(image, 40 * 512)
            self.assertEqual(image.read_bytes()[40 * 512], 1)


class Updates(unittest.TestCase):
    def test_a_kernel_image_says_its_version_and_its_tries(self):
        names = ["portico-kiosk-test_0.1.1+2-1.efi", "/EFI/Linux/portico-kiosk_0.1.0.efi", "portico-kiosk_10.2+0-3.efi",
                 "portico-kiosk_3+3.efi"]
        self.assertEqual(given.kernel_images(names), [("0.1.0", None), ("0.1.1", 2), ("10.2", 0), ("3", 3)])

    def test_other_files_are_none(self):
        self.assertEqual(given.kernel_images(["/EFI/BOOT/BOOTX64.EFI", "portico-kiosk_0.1.0.efi.tmp", "x_.efi"]), [])

    def test_an_update_is_called_by_its_version(self):
        self.assertEqual(given.version_of(pathlib.Path("image-out/portico-kiosk-test_0.1.1.update")), "0.1.1")
        self.assertRaises(ValueError, given.version_of, pathlib.Path("image-out/portico-kiosk_0.1.1"))


if __name__ == "__main__":
    unittest.main()
