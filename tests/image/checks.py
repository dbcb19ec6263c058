"""What is proven of a booted image, each by name. A check gets the bench and a folder of its own, and raises Failed."""

import pathlib
import random
import subprocess
import time
from typing import Callable

import disk
import from_central
import updates
from bench import Bench, boot, cut, still_there, test_image
from machine import Failed, Machine, Running, refused
from picture import difference, why_not_ours
from shell import Shell


def restarted(running: Running) -> bool:
    return running.restarts() > 0


def firmware_refused(running: Running) -> bool:
    said = running.serial()
    return "Access Denied" in said or "Access denied" in said or "Security Violation" in said or "Security violation" in said


def second_boot(bench: Bench, folder: pathlib.Path) -> None:
    """Boots again to the same screen: what the first boot made (keys, data partition) is found."""
    with boot(bench, bench.installed.twin(folder)):
        pass


def little_memory(bench: Bench, folder: pathlib.Path) -> None:
    """512 MB of memory suffice."""
    with boot(bench, bench.installed.twin(folder), memory_mb=512) as running:
        still_there(bench, running, "a while", running.restarts())


def corrupt_root(bench: Bench, folder: pathlib.Path) -> None:
    """One flipped bit in the root partition: the machine starts again instead of showing the screen."""
    machine = bench.installed.twin(folder)
    # In the first block, which every boot reads; where others are read from is the file system's affair.
    disk.flip_bit(machine.disk, disk.partition(machine.disk, "root").start + 96)
    with machine.power_on() as running:
        refused(running, bench.ours, 2 * bench.boot_seconds, restarted)


def other_machine(bench: Bench, folder: pathlib.Path) -> None:
    """The disk in another machine (another TPM) stays locked: it starts again instead of showing the screen."""
    machine = bench.installed.twin(folder)
    machine.forget_tpm()
    data = disk.partition(machine.disk, "linux-generic")
    with machine.disk.open("rb") as file:
        file.seek(data.start)
        if file.read(6) != b"LUKS\xba\xbe":
            raise Failed("the data partition is not encrypted")
        file.seek(data.start)
        before = file.read(1 << 20)
    with machine.power_on() as running:
        refused(running, bench.ours, 2 * bench.boot_seconds, restarted)
    with machine.disk.open("rb") as file:
        file.seek(data.start)
        if file.read(1 << 20) != before:
            raise Failed("the data partition was made anew")


def command_line(bench: Bench, folder: pathlib.Path) -> None:
    """An edited kernel command line in the signed kernel image is refused by the firmware."""
    machine = bench.installed.twin(folder)
    name = disk.kernel_image(machine.disk)
    image = disk.read_boot_file(machine.disk, name)
    if (found := image.count(b"lockdown=integrity")) != 1:
        raise Failed(f"the command line was not found to edit it ({found} times)")
    disk.write_boot_file(machine.disk, name, image.replace(b"lockdown=integrity", b"init=/bin/sh      "))
    with machine.power_on() as running:
        refused(running, bench.ours, bench.boot_seconds, firmware_refused)


def boot_entry(bench: Bench, folder: pathlib.Path) -> None:
    """A boot entry with a command line of its own: the signed kernel image does not listen to it, and the screen comes."""
    machine = bench.installed.twin(folder)
    name = disk.kernel_image(machine.disk)
    entry = f"title other\nefi {name}\noptions init=/bin/sh rescue console=ttyS0\n"
    disk.write_boot_file(machine.disk, "/loader/entries/other.conf", entry.encode())
    disk.write_boot_file(machine.disk, "/loader/loader.conf", b"timeout 0\ndefault other.conf\n")
    with boot(bench, machine):
        pass


def unsigned_kernel(bench: Bench, folder: pathlib.Path) -> None:
    """The same kernel image without its signature is refused by the firmware."""
    machine = bench.installed.twin(folder)
    name = disk.kernel_image(machine.disk)
    bare = folder / "unsigned.efi"
    bare.write_bytes(disk.read_boot_file(machine.disk, name))
    subprocess.run(["sbattach", "--remove", str(bare)], check=True, capture_output=True)
    disk.write_boot_file(machine.disk, name, bare.read_bytes())
    with machine.power_on() as running:
        refused(running, bench.ours, bench.boot_seconds, firmware_refused)


CHORDS = [
    *(["ctrl-alt-delete"] * 8),
    *(f"ctrl-alt-f{number}" for number in range(1, 13)),
    "alt-f2", "alt-f4", "alt-tab", "alt-esc", "ctrl-alt-esc", "ctrl-alt-backspace", "meta_l", "meta_l-l", "ctrl-c", "ctrl-d",
    *(f"alt-sysrq-{letter}" for letter in "rkeiustcob"),
    "alt-print-b", "power", "sleep", "f1", "f11", "esc", "tab",
]


def keys(bench: Bench, folder: pathlib.Path) -> None:
    """No chord of a keyboard that is there leaves our screen: Ctrl+Alt+Del, Alt+SysRq, Ctrl+Alt+F1 and others."""
    with boot(bench, bench.installed.twin(folder)) as running:
        restarts = running.restarts()
        for chord in CHORDS:
            try:
                running.keys(chord)
            except ValueError as error:
                raise Failed(f"{chord} cannot be pressed: {error}") from None
            running.qmp.listen(0.4)
            if chord != "ctrl-alt-delete" and running.restarts() != restarts:
                raise Failed(f"{chord}: the machine started again")
        # Tab moves the ring around what is chosen: so the keys did reach our program, and nothing else changed.
        shown = still_there(bench, running, "all chords", restarts, most=0.06)
        if why := why_not_ours(shown, bench.ours):
            raise Failed(f"after all chords: {why}")
        if difference(bench.screen, shown) < 0.005:
            raise Failed("no key reached our program: Tab did not move its ring")


STICK = 8 << 20


def usb_stick(bench: Bench, folder: pathlib.Path) -> None:
    """A USB stick and a USB keyboard change nothing: the screen stays, no block device appears, nothing is mounted."""
    stick = folder.parent / f"{folder.name}.stick"
    with stick.open("wb") as file:
        file.truncate(STICK)
    subprocess.run(["mformat", "-i", str(stick), "-v", "STICK", "::"], check=True, capture_output=True)
    with boot(bench, bench.installed.twin(folder), more=_stick(stick)) as running:
        restarts = running.restarts()
        _plug_in(running)
        still_there(bench, running, "a stick", restarts)


def usb_inside(bench: Bench, folder: pathlib.Path) -> None:
    """The same, seen from inside (test flavour): usbguard refuses both, there is no disk and no mount that was not there."""
    stick = folder.parent / f"{folder.name}.stick"
    with stick.open("wb") as file:
        file.truncate(STICK)
    with Machine.new(folder, test_image(bench)).power_on(more=_stick(stick)) as running:
        running.wait_for_screen(bench.ours, 2 * bench.boot_seconds)
        shell = Shell(running.sockets / "shell")
        shell.wait(120)
        look = "cat /proc/partitions /proc/mounts; ls /sys/class/block /dev/input"
        before = shell.run(look)
        noticed = "journalctl -k --no-pager -o cat | grep 'New USB device found'"
        known = len(shell.run(noticed).splitlines())
        _plug_in(running)
        end = time.monotonic() + 120
        while len(shell.run(noticed).splitlines()) < known + 2:
            if time.monotonic() > end:
                raise Failed("the machine did not notice what was plugged in")
            running.qmp.listen(2)
        running.qmp.listen(10)
        after = shell.run(look)
        # What a rule rejects is taken from the bus: it is noticed, and not there any more.
        devices = shell.run("for d in /sys/bus/usb/devices/*-*; do case $d in *:*) continue; esac; [ -e $d ] || continue; "
                            "echo $(cat $d/product) $(cat $d/authorized); done")
        kernel = shell.run("journalctl -k --no-pager -o short-monotonic | grep -i usb | tail -n 30")
        (folder / "usb.txt").write_text(f"{before}\n--- after\n{after}\n--- devices\n{devices}\n--- kernel\n{kernel}",
                                        encoding="utf-8")
        if before != after:
            raise Failed("disks, mounts or inputs are others than before; see usb.txt")
        if any(not line.endswith(" 0") for line in devices.splitlines()):
            raise Failed(f"not each device is refused: {devices.strip()}")


def inside(bench: Bench, folder: pathlib.Path) -> None:
    """Seen from inside (test flavour): no unit failed, nobody listens, nothing outside of /var can be written, lockdown."""
    with Machine.new(folder, test_image(bench)).power_on() as running:
        running.wait_for_screen(bench.ours, 2 * bench.boot_seconds)
        shell = Shell(running.sockets / "shell")
        shell.wait(120)
        shell.run("systemctl is-system-running --wait", 300)
        report, wrong = [], []
        for what, command, good in INSIDE:
            said = shell.run(command).strip()
            report.append(f"--- {what}\n$ {command}\n{said}\n")
            if not good(said):
                wrong.append(what)
        report += [f"--- {what}\n{shell.run(command)}\n" for what, command in FIGURES]
        (folder / "inside.txt").write_text("\n".join(report), encoding="utf-8")
        if wrong:
            raise Failed(f"not so: {', '.join(wrong)}; see inside.txt")


INSIDE = [
    ("no unit failed", "systemctl --failed --plain --no-legend --no-pager", lambda said: said == ""),
    ("the kiosk never started anew", "systemctl show -P NRestarts portico-kiosk", lambda said: said == "0"),
    ("Secure Boot is on", "od -An -tu1 -j4 /sys/firmware/efi/efivars/SecureBoot-*", lambda said: said == "1"),
    ("kernel is locked down", "cat /sys/kernel/security/lockdown", lambda said: "[integrity]" in said),
    ("root is read-only", "touch /x && echo written", lambda said: "written" not in said),
    ("root is under dm-verity", "grep ' / ' /proc/mounts", lambda said: "/dev/mapper/root / squashfs ro" in said),
    ("data is encrypted, and nothing in it can be run", "grep ' /var ' /proc/mounts",
     lambda said: "/dev/mapper/data /var ext4" in said and "noexec" in said),
    ("no port listens", "cat /proc/net/tcp /proc/net/tcp6 | grep ' 0A ' | wc -l", lambda said: said == "0"),
    ("packets are dropped that no rule lets pass", "nft list ruleset", lambda said: said.count("policy drop") == 3),
    ("SysRq is off", "cat /proc/sys/kernel/sysrq", lambda said: said == "0"),
    ("the program has no privilege", "grep -h ^Cap /proc/$(pidof portico-kiosk)/status",
     lambda said: said != "" and all(line.endswith("0000000000000000") for line in said.splitlines())),
    ("nobody is logged in anywhere", "pidof agetty login sshd", lambda said: said == ""),
]

FIGURES = [
    ("memory", "head -5 /proc/meminfo"),
    ("the programs' memory", "for p in portico-kiosk cage seatd usbguard-daemon; do "
     "grep -H -E '^(Pss|Rss|Private_Dirty):' /proc/$(pidof $p)/smaps_rollup | sed \"s/^/$p /\"; done"),
    ("what the start took", "systemd-analyze time --no-pager; systemd-analyze critical-chain --no-pager portico-kiosk.service"),
    ("units", "systemctl --plain --no-legend --no-pager list-units --type=service --state=running"),
    ("the journal", "journalctl -b --no-pager -o short-monotonic"),
]


def power_cuts(bench: Bench, folder: pathlib.Path) -> None:
    """The power is cut at random moments, while it boots or runs; after each cut it boots to the same screen."""
    machine = bench.installed.twin(folder)
    chance = random.Random(bench.seed)
    for number in range(1, bench.power_cuts + 1):
        machine = cut(bench, machine, folder / f"cut-{number}", chance, _some_time(bench, chance))
        with boot(bench, machine):
            pass


def first_boot_cuts(bench: Bench, folder: pathlib.Path) -> None:
    """The power is cut during a first boot (keys enrolled, data partition made); after each cut it boots to the screen."""
    chance = random.Random(bench.seed + 1)
    for number in range(1, max(1, bench.power_cuts // 2) + 1):
        machine = Machine.new(folder / f"new-{number}", bench.image)
        machine = cut(bench, machine, folder / f"cut-{number}", chance, _some_time(bench, chance))
        with boot(bench, machine):
            pass


def _some_time(bench: Bench, chance: random.Random) -> Callable[[Running], str]:
    after = chance.uniform(1, bench.screen_seconds * 1.2)

    def until(running: Running) -> str:
        running.qmp.listen(after)
        return f"after {after:.0f} s"

    return until


def _stick(path: pathlib.Path) -> tuple[str, ...]:
    return ("-drive", f"if=none,id=stick,format=raw,file={path}")


def _plug_in(running: Running) -> None:
    running.qmp.do("device_add", driver="usb-storage", id="plugged", drive="stick", bus="usb.0")
    running.qmp.do("device_add", driver="usb-kbd", id="typing", bus="usb.0")


CHECKS: dict[str, Callable[[Bench, pathlib.Path], None]] = {
    "second-boot": second_boot,
    "little-memory": little_memory,
    "corrupt-root": corrupt_root,
    "other-machine": other_machine,
    "command-line": command_line,
    "boot-entry": boot_entry,
    "unsigned-kernel": unsigned_kernel,
    "keys": keys,
    "usb-stick": usb_stick,
    "usb-inside": usb_inside,
    "inside": inside,
    "power-cuts": power_cuts,
    "first-boot-cuts": first_boot_cuts,
    "update": updates.update,
    "failed-update": updates.failed_update,
    "older-update": updates.older_update,
    "older-kernel": updates.older_kernel,
    "forged-update": updates.forged_update,
    "update-power-cut": updates.update_power_cut,
    "set-up": from_central.set_up,
    "fetched-update": from_central.fetched_update,
}
