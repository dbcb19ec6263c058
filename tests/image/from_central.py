"""The machine and central together: set up by keys typed at it, and updated from there. On the test flavour, whose shell tells
what the screen does not."""

import pathlib
import shutil

from bench import Bench, boot
from given import kept, version, version_of, wait_until
from hands import Hands, Twin
from machine import Failed, Machine, Running
from serving import ENROLL_PORT, HOST, NETWORK, SERVE_PORT, Central
from updates import installed, old_version, place, restart_at_night, shell_of, switch_off, the_update

RELEASE = "/var/lib/portico-kiosk/release"
# A quarter of a MiB at a time, at most five a second, and an emulator that takes its time.
FETCH_SECONDS = 3600.0
INSTALL_SECONDS = 1800.0


def set_up(bench: Bench, folder: pathlib.Path) -> None:
    """The first-boot set-up, all of it by keys typed at the machine, against a central on this one: it serves, and says so."""
    machine = installed(bench).twin(folder)
    with (Central.new(bench.programs, folder / "central") as central, boot(bench, machine, more=NETWORK) as running,
          Twin(bench.programs, folder / "twin") as twin):
        here, there = central.invite("lobby"), central.invite("twin")
        hands = Hands(running, twin)
        hands.wait_for(screen="set_up_language")
        hands.press("en", field="key")
        hands.wait_for(screen="set_up")
        hands.press("set_up.central")
        hands.wait_for(screen="set_up_central")
        hands.fill("set_up_central.address", f"{HOST}:{ENROLL_PORT}", f"127.0.0.1:{ENROLL_PORT}")
        hands.fill("set_up_central.serve", f"{HOST}:{SERVE_PORT}", f"127.0.0.1:{SERVE_PORT}")
        hands.fill("set_up_central.code", here["code"], there["code"])
        hands.fill("set_up_central.fingerprint", here["fingerprint"], there["fingerprint"])
        running.look("typed")
        hands.press("set_up_central.certify")
        hands.wait_for(msg="set_up.certified")
        central.wait_until_listed(here["terminal"], "active", 120, running.qmp.listen)
        running.qmp.listen(10)
        running.look("certified")
        hands.press("set_up.start")
        hands.wait_for(screen="attract")
        central.wait_until_listed(here["terminal"], f" {old_version(bench)} ", 300, running.qmp.listen)
        shown = running.wait_for_screen(bench.ours, running.age() + 60, "serves")
        bench.say(f"{shown.width} x {shown.height}, enrolled and serving {running.age():.0f} s after power on")
        switch_off(running, shell_of(bench, running))
    done = place(bench, "enrolled")
    shutil.rmtree(done, ignore_errors=True)
    machine.twin(done)
    shutil.copytree(folder / "central", done / "central")
    (done / "terminal").write_text(here["terminal"], encoding="utf-8")


def fetched_update(bench: Bench, folder: pathlib.Path) -> None:
    """An update that central has: fetched by the kiosk's program, installed, started at night, kept, and told to central. The
    one after it too, of which only what is new is fetched (--next-update)."""
    new, machine = the_update(bench), _enrolled(bench).twin(folder)
    shutil.copytree(_enrolled(bench).folder / "central", folder / "central")
    terminal = (_enrolled(bench).folder / "terminal").read_text(encoding="utf-8")
    with Central(bench.programs, folder / "central") as central, machine.power_on(more=NETWORK) as running:
        running.wait_for_screen(bench.ours, bench.boot_seconds, "serves")
        _fetch_and_start(bench, running, central, terminal, new)
        if bench.next_update is None:
            bench.say("the one after it was not tried: --next-update names it")
            return
        bench.say(central.run("release", "add", str(bench.next_update.resolve())).strip().replace("\n", ", "))
        # Not even the files: what is new is all that can be fetched.
        for file in bench.next_update.iterdir():
            (folder / "central/releases" / version_of(bench.next_update) / file.name).unlink()
        _fetch_and_start(bench, running, central, terminal, bench.next_update, add=False)


def _fetch_and_start(bench: Bench, running: Running, central: Central, terminal: str, update: pathlib.Path, add: bool = True) -> None:
    wanted, shell = version_of(update), shell_of(bench, running)
    if add:
        central.run("release", "add", str(update.resolve()))
    central.run("terminal", "release", terminal, wanted)
    asked = running.age()
    central.wait_until_listed(terminal, f"installed {wanted}", FETCH_SECONDS + INSTALL_SECONDS, running.qmp.listen)
    bench.say(f"{wanted} fetched and installed {running.age() - asked:.0f} s after central was told that it is to have it")
    if f"kept-{wanted}" not in (lies := shell.run(f"ls {RELEASE}").split()) or "ready" in lies:
        raise Failed(f"in {RELEASE} is {lies}")
    restart_at_night(running, shell, visit=False)
    shell.wait(bench.boot_seconds)
    if (runs := version(shell)) != wanted:
        raise Failed(f"{runs} was started")
    running.wait_for_screen(bench.ours, running.age() + bench.boot_seconds, f"updated-to-{wanted}")
    kept(shell, wanted, bench.boot_seconds)
    wait_until(shell, "systemctl is-active portico-kiosk", lambda text: text == "active\n", 60, "the kiosk does not run")
    central.wait_until_listed(terminal, f" {wanted} ", 300, running.qmp.listen)


def _enrolled(bench: Bench) -> Machine:
    """The machine that `set_up` left, and its central."""
    folder = place(bench, "enrolled")
    if not (folder / "terminal").exists():
        enrolling = place(bench, "enrolling")
        shutil.rmtree(enrolling, ignore_errors=True)
        set_up(bench, enrolling)
    return Machine(folder, bench.installed.screen)
