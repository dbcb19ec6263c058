#!/usr/bin/env python3
"""Runs counted tests on from where they stopped: rounds.py BIN STATE list | run NAME COUNT FROM.

A counted test has the tag [rounds] and takes its rounds from PORTICO_ROUNDS="FIRST:COUNT" (tests/support/rounds.h).
What was run is kept in STATE, one file a test, so that a run can be broken off and go on.
"""
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

SLICE_SECONDS = 20  # how often progress is kept
PROGRAMS = ("test_fault", "test_sim", "test_attack")


def counted_tests(programs: Path) -> list[tuple[Path, str]]:
    found = []
    for program in (programs / name for name in PROGRAMS):
        if program.is_file():
            # Its exit code is the number of tests listed.
            names = subprocess.run([program, "--list-test-names-only", "[rounds]"], capture_output=True, text=True)
            found += [(program, name.strip()) for name in names.stdout.splitlines() if name.strip()]
    return found


class Progress:
    def __init__(self, folder: Path, name: str):
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / (re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") + ".json")
        self.next, self.done, self.seconds = 0, 0, 0.0
        if self.file.is_file():
            kept = json.loads(self.file.read_text())
            self.next, self.done, self.seconds = kept["next"], kept["done"], kept["seconds"]

    def keep(self) -> None:
        half = self.file.with_suffix(".new")
        half.write_text(json.dumps({"next": self.next, "done": self.done, "seconds": round(self.seconds, 1)}))
        half.replace(self.file)


def run_slice(program: Path, name: str, first: int, count: int) -> tuple[bool, str]:
    pattern = name.replace("\\", "\\\\").replace(",", "\\,").replace("[", "\\[")
    ran = subprocess.run([program, pattern], env={**os.environ, "PORTICO_ROUNDS": f"{first}:{count}"},
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    passed = re.search(r"All tests passed \(\d+ assertions? in 1 test case\)", ran.stdout) is not None
    return ran.returncode == 0 and passed, ran.stdout


def run(program: Path, name: str, progress: Progress, count: int) -> bool:
    last, size = progress.next + count, 1
    print(f"{name}: rounds {progress.next} to {last - 1}", flush=True)
    while progress.next < last:
        size = min(size, last - progress.next)
        began = time.monotonic()
        passed, output = run_slice(program, name, progress.next, size)
        took = time.monotonic() - began
        if not passed:
            print(output[-8000:])
            print(f"FAILED among rounds {progress.next} to {progress.next + size - 1} of \"{name}\". Again:\n"
                  f"  PORTICO_ROUNDS={progress.next}:{size} {program} \"{name}\"")
            return False
        progress.next += size
        progress.done += size
        progress.seconds += took
        progress.keep()
        print(f"  {progress.done} done, {size / took:.1f}/s, about {(last - progress.next) * took / size / 60:.0f} min left",
              flush=True)
        size = max(1, min(size * 8, int(size * SLICE_SECONDS / max(took, 0.001))))
    print(f"{name}: {progress.done} rounds without a fault in {progress.seconds:.0f} s")
    return True


def main() -> int:
    programs, state, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    tests = counted_tests(programs)
    if what == "list":
        for _, name in tests:
            print(f"{Progress(state, name).done:>12}  {name}")
        return 0
    wanted, count, first = sys.argv[4], int(sys.argv[5]), sys.argv[6]
    chosen = [(program, name) for program, name in tests if wanted in name]
    if not chosen:
        print(f"no counted test has \"{wanted}\" in its name; there are:", file=sys.stderr)
        for _, name in tests:
            print(f"  {name}", file=sys.stderr)
        return 2
    for program, name in chosen:
        progress = Progress(state, name)
        if first:
            progress.next = int(first)
        if not run(program, name, progress, count):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
