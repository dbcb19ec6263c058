#!/usr/bin/env python3
"""Boots the kiosk's image in QEMU, with firmware (OVMF) and TPM (swtpm), and says of each check whether it holds.

`./portico image-test` calls this in the tools tree; every check's disk, pictures and logs lie in --out, of those that
hold without the disk. Exit codes: 0 all hold, 1 some do not, 2 wrong use.
"""

import argparse
import pathlib
import random
import shutil
import sys
import time
import traceback

from bench import Bench
from checks import CHECKS
from machine import Failed, Machine, Running
from picture import Picture, difference, palette, read_png
from shell import Shell


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./portico image-test", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Boots the built image in QEMU (no KVM needed) with Secure Boot and a TPM, and proves:\n\n"
        + "\n".join(f"  {name:16} {check.__doc__}" for name, check in CHECKS.items()),
        epilog="first-boot (keys enrolled, data partition made, our screen shown) comes before any of them.\n"
        "Exit codes: 0 all hold, 1 some do not, 2 wrong use.")
    parser.add_argument("--image", type=pathlib.Path, metavar="FILE",
                        help="the production image, in this tree or in /tmp (image-out/portico-kiosk_*.raw)")
    parser.add_argument("--test-image", type=pathlib.Path, metavar="FILE",
                        help="the test flavour, for what is seen from inside (image-out/portico-kiosk-test_*.raw)")
    parser.add_argument("--update", type=pathlib.Path, metavar="DIR",
                        help="the test flavour of a higher version, as an update (image-out/update/portico-kiosk-test_*.update; "
                        "image/build kiosk --flavour test --release VERSION --out image-out/update)")
    parser.add_argument("--broken-update", type=pathlib.Path, metavar="DIR",
                        help="one that does not come up (image-out/broken-update/portico-kiosk-test_*.update; image/build kiosk "
                        "--flavour test-broken --release VERSION --out image-out/broken-update)")
    parser.add_argument("--next-update", type=pathlib.Path, metavar="DIR", help="the test flavour of a higher version still, as an update (none)")
    parser.add_argument("--programs", type=pathlib.Path, default=pathlib.Path("build/bin"), metavar="DIR",
                        help="where this machine's own central and kiosk are, which set-up and fetched-update need (build/bin)")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("image-test-out"), metavar="DIR",
                        help="pictures and logs (image-test-out)")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", choices=["first-boot", *CHECKS],
                        help="this check alone; may be given several times")
    parser.add_argument("--after", type=pathlib.Path, metavar="DIR",
                        help="another run's --out: its machine after its first boot is used, and not booted once more")
    parser.add_argument("--power-cuts", type=int, default=3, metavar="N", help="how many cuts (3)")
    parser.add_argument("--seed", type=int, default=None, help="for the moments of the cuts (a new one each time)")
    parser.add_argument("--boot-seconds", type=float, default=900, metavar="S", help="how long a boot may take here (900)")
    parser.add_argument("--reference", type=pathlib.Path, metavar="PNG",
                        help="the first boot's screen as it was seen before: an earlier run's first-boot/screen.png")
    parser.add_argument("--keep", action="store_true", help="keep the disks of checks that hold")
    return parser.parse_args()


def newest(pattern: str) -> pathlib.Path | None:
    found = sorted(pathlib.Path("image-out").glob(pattern), key=lambda one: one.stat().st_mtime)
    return found[-1] if found else None


def say(text: str) -> None:
    print(text, flush=True)


def first_boot(wanted: argparse.Namespace, folder: pathlib.Path) -> Bench:
    """Keys are enrolled, the data partition is made and bound to the TPM, our screen is shown."""
    ours = palette(pathlib.Path("shared/ui/theme.cpp"))
    machine = Machine.new(folder, wanted.image)
    with machine.power_on() as running:
        try:
            screen = running.wait_for_screen(ours, 2 * wanted.boot_seconds)
        except Failed:
            tell_why(running, folder)
            raise
        seconds = running.first_screen
        # The data partition is complete, and what was written to it is on the disk.
        running.qmp.listen(20)
        (folder / "seconds").write_text(f"{seconds:.1f}\n", encoding="utf-8")
        if wanted.reference and (unlike := difference(screen, read_png(wanted.reference))) > 0.05:
            raise Failed(f"{unlike:.0%} of the screen is not as {wanted.reference}")
    say(f"      {screen.width} x {screen.height}, screen after {seconds:.0f} s")
    return bench_of(wanted, machine, ours, screen, seconds)


def after_first_boot(wanted: argparse.Namespace) -> Bench:
    """The same, of a first boot that was seen in an earlier run."""
    folder = wanted.after.resolve() / "first-boot"
    screen = read_png(folder / "screen.png")
    machine = Machine(folder, (screen.width, screen.height))
    seconds = float((folder / "seconds").read_text(encoding="utf-8"))
    return bench_of(wanted, machine, palette(pathlib.Path("shared/ui/theme.cpp")), screen, seconds)


def tell_why(running: Running, folder: pathlib.Path) -> None:
    """What the machine says of a screen that did not come: the test flavour has a shell for it, production has none."""
    try:
        shell = Shell(running.sockets / "shell")
        shell.wait(60)
        said = "\n".join(f"$ {command}\n{shell.run(command, 120)}" for command in WHY)
    except (OSError, TimeoutError) as error:
        said = f"nobody answered at the test flavour's shell: {error}"
    (folder / "why.txt").write_text(said, encoding="utf-8")


WHY = [
    "systemctl --failed --plain --no-legend --no-pager",
    "systemctl list-jobs --no-pager",
    "systemctl status portico-kiosk seatd --no-pager -l",
    "ls -l /dev/dri /dev/input /run/portico-kiosk /run/seatd.sock",
    "head -3 /proc/meminfo",
    "journalctl -b --no-pager -o short-monotonic",
]


def bench_of(wanted: argparse.Namespace, machine: Machine, ours: dict, screen: Picture, seconds: float) -> Bench:
    seed = random.randrange(1 << 32) if wanted.seed is None else wanted.seed
    return Bench(machine, wanted.image, wanted.test_image, wanted.update, wanted.broken_update, wanted.next_update, wanted.programs, ours, screen, seconds, wanted.boot_seconds, wanted.power_cuts, seed,
                 lambda text: say(f"      {text}"))


def run_check(name: str, out: pathlib.Path, keep: bool, check) -> str:
    """Empty when it holds, else why not."""
    began, why = time.monotonic(), ""
    say(f"..... {name}: {check.__doc__.strip()}")
    try:
        check(out / name)
    except Failed as failed:
        why = str(failed)
    except Exception as error:  # the test's own fault is a failure as well, with all that is known of it
        (out / f"{name}.error").write_text(traceback.format_exc(), encoding="utf-8")
        why = f"{type(error).__name__}: {error} ({name}.error)"
    say(f"{'FAIL ' if why else 'pass '} {name} ({time.monotonic() - began:.0f} s){': ' if why else ''}{why}")
    if not why and not keep and name != "first-boot":
        for disk in out.glob(f"{name}/**/disk.raw"):
            disk.unlink()
    return why


def main() -> int:
    wanted = arguments()
    wanted.image = wanted.image or newest("portico-kiosk_*.raw")
    wanted.test_image = wanted.test_image or newest("portico-kiosk-test_*.raw")
    wanted.update = wanted.update or newest("update/portico-kiosk-test_*.update")
    wanted.broken_update = wanted.broken_update or newest("broken-update/portico-kiosk-test_*.update")
    if wanted.image is None or not wanted.image.exists():
        say("image-test: there is no image; `./portico image kiosk --keys DIR` makes one, or --image names it")
        return 1
    out = wanted.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    if wanted.after and wanted.after.resolve() == out:
        say("image-test: --after names another folder than --out, which is emptied")
        return 2
    for name in ["first-boot", *CHECKS]:  # and nothing else of a folder that somebody named
        shutil.rmtree(out / name, ignore_errors=True)
    if wanted.after:
        bench, tried = after_first_boot(wanted), 0
    else:
        made: list[Bench] = []

        def prepare(folder: pathlib.Path) -> None:
            made.append(first_boot(wanted, folder))

        prepare.__doc__ = first_boot.__doc__
        if run_check("first-boot", out, True, prepare):
            say(f"1 check does not hold, the others were not tried; pictures and logs: {out}")
            return 1
        bench, tried = made[0], 1
    names = [name for name in wanted.only or CHECKS if name != "first-boot"]
    failed = []
    for name in names:
        def check(folder: pathlib.Path, name: str = name) -> None:
            CHECKS[name](bench, folder)

        check.__doc__ = CHECKS[name].__doc__
        if run_check(name, out, wanted.keep, check):
            failed.append(name)
    tried += len(names)
    say(f"{tried - len(failed)} of {tried} checks hold"
        + (f"; not: {', '.join(failed)}" if failed else "") + f" (seed {bench.seed}; pictures and logs: {out})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
