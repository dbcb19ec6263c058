"""Updates of a machine that runs: taken, refused, gone back from, cut off. All on the test flavour, which has a shell."""

import pathlib
import random
import shutil
import time

import disk
from bench import Bench, boot, cut, test_image
from given import (KIOSK, RELEASE, KernelImage, disk_of, expect, fetch, give, kept, kernel_images, kernel_images_of, signed_by_another, version,
                   version_of, wait_until)
from machine import Failed, Machine, Running, refused
from shell import Shell

INSTALL_SECONDS = 1800.0


def update(bench: Bench, folder: pathlib.Path) -> None:
    """An update of a higher version: installed by day, started at night when no visit is on, and kept once it ran well."""
    new = the_update(bench)
    old, machine = old_version(bench), installed(bench).twin(folder)
    with boot(bench, machine, more=disk_of(folder / "update.tar", {"new": new})) as running:
        shell = shell_of(bench, running)
        _by_day(shell)
        fetch(shell, "new")
        given = time.monotonic()
        give(shell, "new")
        expect(shell, INSTALL_SECONDS, (version_of(new), "installed", ""))
        seconds = time.monotonic() - given
        bench.say(f"installed in {seconds:.0f} s")
        if (images := kernel_images_of(shell)) != [KernelImage(old, None), KernelImage(version_of(new), 3)]:
            raise Failed(f"on the boot partition are {images}")
        restart_at_night(running, shell, visit=True)
        shell.wait(bench.boot_seconds)
        if (runs := version(shell)) != version_of(new):
            raise Failed(f"{runs} was started")
        running.wait_for_screen(bench.ours, running.age() + bench.boot_seconds, "updated")
        kept(shell, version_of(new), bench.boot_seconds)
        switch_off(running, shell)
    updated = place(bench, "updated")
    shutil.rmtree(updated, ignore_errors=True)
    machine.twin(updated)
    (updated / "install-seconds").write_text(f"{seconds:.1f}\n", encoding="utf-8")


def failed_update(bench: Bench, folder: pathlib.Path) -> None:
    """An update whose program ends at once: three tries, then back by itself; and given again, it is refused."""
    if bench.broken_update is None:
        raise Failed("no update that does not come up: image-test --help says how one is made")
    bad, old = bench.broken_update, old_version(bench)
    machine = installed(bench).twin(folder)
    with boot(bench, machine, more=disk_of(folder / "update.tar", {"bad": bad})) as running:
        shell = shell_of(bench, running)
        _by_day(shell)
        fetch(shell, "bad")
        give(shell, "bad")
        expect(shell, INSTALL_SECONDS, (version_of(bad), "installed", ""))
        restart_at_night(running, shell, visit=False)
        for tried in range(1, 4):
            running.wait_for_restart(tried, 2 * bench.boot_seconds)
            bench.say(f"try {tried} given up after {running.age():.0f} s")
        shell.wait(bench.boot_seconds)
        if (runs := version(shell)) != old:
            raise Failed(f"{runs} was started")
        running.wait_for_screen(bench.ours, running.age() + bench.boot_seconds, "back")
        if (images := kernel_images_of(shell)) != [KernelImage(old, None), KernelImage(version_of(bad), 0)]:
            raise Failed(f"on the boot partition are {images}")
        expect(shell, 60, (version_of(bad), "refused", "did-not-come-up"))
        _by_day(shell)
        fetch(shell, "bad")
        give(shell, "bad")
        expect(shell, INSTALL_SECONDS, (version_of(bad), "refused", "not-newer"))
        if running.restarts() != 4:
            raise Failed(f"the machine started again {running.restarts()} times")


def older_update(bench: Bench, folder: pathlib.Path) -> None:
    """On the new version, the update to the old one and that to itself are refused, signed as they are."""
    new = the_update(bench)
    older = pathlib.Path(str(test_image(bench)).removesuffix(".raw") + ".update")
    if not older.exists():
        raise Failed(f"{older} is not there: image/build leaves it beside the image")
    machine = _updated(bench).twin(folder)
    with boot(bench, machine, more=disk_of(folder / "update.tar", {"older": older, "same": new})) as running:
        shell = shell_of(bench, running)
        before = _slots(machine), kernel_images_of(shell)
        for name, given in (("older", older), ("same", new)):
            fetch(shell, name)
            give(shell, name)
            expect(shell, INSTALL_SECONDS, (version_of(given), "refused", "not-newer"))
        if (_slots(machine), kernel_images_of(shell)) != before:
            raise Failed("a slot or a kernel image changed")


def older_kernel(bench: Bench, folder: pathlib.Path) -> None:
    """The old version, signed and in its slot still, started by somebody's hand after the new one was kept: it refuses."""
    machine = _updated(bench).twin(folder)
    images = [name for name in disk.boot_files(machine.disk) if kernel_images([name])]
    new = [name for name in images if kernel_images([name])[0].version == version_of(the_update(bench))]
    if len(images) != 2 or len(new) != 1:
        raise Failed(f"on the boot partition are {images}")
    disk.remove_boot_file(machine.disk, new[0])
    with machine.power_on() as running:
        refused(running, bench.ours, 2 * bench.boot_seconds, lambda running: running.restarts() > 0)


def forged_update(bench: Bench, folder: pathlib.Path) -> None:
    """A changed byte of a part or of the list, another key, a link in the place of a part: refused, and nothing is written."""
    new, old = the_update(bench), old_version(bench)
    other = signed_by_another(new, folder.parent / f"{folder.name}.other-key")
    machine = installed(bench).twin(folder)
    given = {"new": new, "other-key": other}
    with boot(bench, machine, more=disk_of(folder / "update.tar", given)) as running:
        shell = shell_of(bench, running)
        before = _slots(machine)
        for forged, change, told in FORGED:
            fetch(shell, "other-key" if forged == "other-key" else "new")
            if said := shell.run(f"{KIOSK} sh -c '{change}'"):
                raise Failed(f"{forged} could not be made: {said}")
            give(shell, "other-key" if forged == "other-key" else "new")
            bench.say(forged)
            signed = forged in ("a link", "a pipe", "a changed byte")
            expect(shell, INSTALL_SECONDS, (version_of(new) if signed else "", "refused", told))
        if _slots(machine) != before or kernel_images_of(shell) != [KernelImage(old, None)]:
            raise Failed("a slot or a kernel image changed")


_PART = f"{RELEASE}/new.part"
FORGED = [  # what is changed, by the kiosk's user, and what is told of it
    ("other-key", "true", "not-signed"),
    ("a changed list", f"sed -i s/root/boot/ {_PART}/SHA256SUMS", "not-signed"),
    ("no signature", f"rm {_PART}/SHA256SUMS.sig", "incomplete"),
    ("a link", f"f=$(ls {_PART}/*.efi) && rm $f && ln -s /etc/shadow $f", "incomplete"),
    ("a pipe", f"f=$(ls {_PART}/*.efi) && rm $f && mkfifo $f", "changed"),
    ("a changed byte", f"printf x | dd of=$(ls {_PART}/*.root.raw.gz) bs=1 seek=1000000 conv=notrunc status=none", "changed"),
]


def update_power_cut(bench: Bench, folder: pathlib.Path) -> None:
    """The power is cut while an update is installed: after each cut the old version starts or the new one, whole."""
    new, old = the_update(bench), old_version(bench)
    chance = random.Random(bench.seed + 2)
    tar = folder.parent / f"{folder.name}.tar"
    more = disk_of(tar, {"new": new})
    seconds = _install_seconds(bench)
    for number in range(1, bench.power_cuts + 1):
        after = chance.uniform(0, seconds)

        def while_installing(running: Running, after: float = after) -> str:
            running.wait_for_screen(bench.ours, bench.boot_seconds)
            shell = shell_of(bench, running)
            _by_day(shell)
            fetch(shell, "new")
            give(shell, "new")
            running.qmp.listen(after)
            return f"{after:.1f} s after the update was ready (it takes {seconds:.0f} s)"

        machine = cut(bench, installed(bench).twin(folder / f"new-{number}"), folder / f"cut-{number}", chance,
                      while_installing, more)
        with boot(bench, machine) as running:
            shell = shell_of(bench, running)
            if (runs := version(shell)) not in (old, version_of(new)):
                raise Failed(f"{runs} was started")
            # What was ready before the cut is ready after it, unless it is what runs: it is taken to its end.
            if runs == old:
                expect(shell, INSTALL_SECONDS, (version_of(new), "installed", ""))
            bench.say(f"{runs} was started" + (", and installed the update" if runs == old else ""))


def the_update(bench: Bench) -> pathlib.Path:
    if bench.update is None:
        raise Failed("no update of the test flavour: image-test --help says how one is made")
    return bench.update


def old_version(bench: Bench) -> str:
    return test_image(bench).stem.rpartition("_")[2]


def place(bench: Bench, name: str) -> pathlib.Path:
    """Beside the machine after its first boot: made once, also for runs after it."""
    return bench.installed.folder.parent / name


def installed(bench: Bench) -> Machine:
    """The test flavour after its first boot, its version kept, switched off in order."""
    folder = place(bench, "test-first-boot")
    machine = Machine(folder, bench.installed.screen)
    if (folder / "kept").exists():
        return machine
    shutil.rmtree(folder, ignore_errors=True)
    machine = Machine.new(folder, test_image(bench))
    with machine.power_on() as running:
        running.wait_for_screen(bench.ours, 2 * bench.boot_seconds)
        shell = shell_of(bench, running)
        kept(shell, old_version(bench), bench.boot_seconds)
        bench.say(f"the test flavour is installed, and its first version kept after {running.age():.0f} s")
        switch_off(running, shell)
    (folder / "kept").touch()
    return machine


def _updated(bench: Bench) -> Machine:
    """The machine that `update` left."""
    folder = place(bench, "updated")
    if not (folder / "install-seconds").exists():
        update(bench, place(bench, "updating"))
    return Machine(folder, bench.installed.screen)


def _install_seconds(bench: Bench) -> float:
    return float((_updated(bench).folder / "install-seconds").read_text(encoding="utf-8"))


def shell_of(bench: Bench, running: Running) -> Shell:
    shell = Shell(running.sockets / "shell")
    shell.wait(bench.boot_seconds)
    return shell


def switch_off(running: Running, shell: Shell) -> None:
    try:
        shell.run("systemctl poweroff", 30)
    except TimeoutError:
        pass  # it did
    running.wait_for_end(180)


def _slots(machine: Machine) -> list[disk.Partition]:
    return disk.partitions(machine.disk)


def _by_day(shell: Shell) -> None:
    shell.run("date -s 12:00:00")
    said = shell.run("systemctl show --value --property NextElapseUSecRealtime portico-restart.timer")
    if "02:00:00" not in said:
        raise Failed(f"by day the machine would start again next at {said.strip()}")


def restart_at_night(running: Running, shell: Shell, visit: bool) -> None:
    before, when = running.restarts(), "tomorrow 02:04:57"
    if visit:
        shell.run(f"touch /run/portico-kiosk/in-visit; date -s '{when}'")
        wait_until(shell, "journalctl -b --no-pager -u portico-restart.service", lambda text: "in-visit" in text, 180,
                   "nobody asked whether a visit is on")
        if running.restarts() != before:
            raise Failed("the machine started again during a visit")
        shell.run("rm /run/portico-kiosk/in-visit")
        when = "02:09:57"
    try:
        shell.run(f"date -s '{when}'", 5)
    except TimeoutError:
        pass  # it is starting again
    running.wait_for_restart(before, 180)
