"""What the benches in Python report with, and how they measure; bench/support/figure.h is the same for C++."""
import json
import os
import pathlib
import time


def report(name, value, unit, yardstick, yardstick_value, goal=None, better="lower"):
    """One figure beside what it is held against; `goal` is of value / yardstick_value."""
    print(json.dumps({"figure": name, "value": value, "unit": unit, "yardstick": yardstick,
                      "yardstick_value": yardstick_value, "goal": goal, "better": better}), flush=True)


def median(values):
    return sorted(values)[len(values) // 2]


def cpu_seconds_of(pid):
    """Processor time of a process so far, all its threads."""
    return time.clock_gettime(_cpu_clock(pid))


def _cpu_clock(pid):
    # As clock_getcpuclockid(3) does it: the process's number, complemented, above the three bits that say
    # "scheduler time of a process".
    return (~pid << 3) | 2


def pss_kib(pid):
    """The process's own memory and its share of what it has in common with others."""
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise RuntimeError(f"no memory figure of process {pid}")


def tree(pid):
    """A process and all below it."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = pathlib.Path(f"/proc/{entry}/stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry))
    found, waiting = [], [pid]
    while waiting:
        each = waiting.pop()
        found.append(each)
        waiting += parents.get(each, [])
    return found
