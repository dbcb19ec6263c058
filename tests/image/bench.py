"""What the checks stand on, and what several of them do."""

import pathlib
import random
from typing import Callable, NamedTuple

import power_loss
from machine import Failed, Machine, Running
from picture import Picture, difference


class Bench(NamedTuple):
    """What the checks stand on."""

    installed: Machine  # of the production image, after its first boot: its TPM and its disk belong together
    image: pathlib.Path  # of production
    test_image: pathlib.Path | None  # of the test flavour, with a shell
    update: pathlib.Path | None  # the test flavour once more, of a higher version, as an update
    broken_update: pathlib.Path | None  # one whose program ends at once
    next_update: pathlib.Path | None  # of a higher version still
    programs: pathlib.Path  # central and the kiosk, of this machine
    ours: dict  # the colours of our screens
    screen: Picture  # what the first boot showed
    screen_seconds: float  # after how long
    boot_seconds: float  # how long a boot may take
    power_cuts: int
    seed: int
    say: Callable[[str], None]


def boot(bench: Bench, machine: Machine, **options) -> Running:
    """On, with our screen on it, the same as at the first boot."""
    running = machine.power_on(**options)
    try:
        shown = running.wait_for_screen(bench.ours, bench.boot_seconds)
        same_screen(bench, shown)
    except BaseException:
        running.cut_power()
        raise
    bench.say(f"screen after {running.first_screen:.0f} s")
    return running


def same_screen(bench: Bench, shown: Picture, most: float = 0.02) -> None:
    if (unlike := difference(bench.screen, shown)) > most:
        raise Failed(f"the screen is another one than at the first boot: {unlike:.0%} of it differs")


def still_there(bench: Bench, running: Running, after: str, restarts: int, most: float = 0.02) -> Picture:
    running.qmp.listen(4)
    shown = running.look("after-" + after.replace(" ", "-"))
    same_screen(bench, shown, most)
    if running.restarts() != restarts:
        raise Failed(f"{after}: the machine started again")
    return shown


def cut(bench: Bench, machine: Machine, folder: pathlib.Path, chance: random.Random, until: Callable[[Running], str],
        more: tuple[str, ...] = ()) -> Machine:
    """On, until `until` returns, which says when that was; then the power goes. The machine after it: its disk has what was
    flushed, and some of what was not. The one before has no disk any more."""
    before = machine.twin(folder)
    log = machine.folder / "writes.log"
    with machine.power_on(log=log, more=more) as running:
        when = until(running)
    # Firmware and TPM have their own memory, and keep it.
    before.take_chips(machine)
    written, lost = power_loss.lose(before.disk, log, chance)
    bench.say(f"cut {when}: of {written} writes {lost} were lost")
    machine.disk.unlink()
    log.unlink()
    return before


def test_image(bench: Bench) -> pathlib.Path:
    if bench.test_image is None:
        raise Failed("no image of the test flavour: image/build kiosk --keys DIR --flavour test makes one")
    return bench.test_image
