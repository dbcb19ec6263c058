#!/usr/bin/env python3
"""Runs the benches and shows each figure beside its yardstick.

usage: run.py BIN_DIR OUT_DIR [NAME...]      NAME: one of the benches, all when none is given

Each bench is a program that writes figures as lines of JSON (bench/support/figure.h) among words for people. A bench
that fails is named, its figures are missing, and the exit code is 1; a goal that is missed is no failure.
"""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
BENCHES = {
    "eob_read": ["{bin}/eob_read_bench"],
    "eob_read_scale": ["{bin}/eob_read_scale_bench"],
    "account_existence": ["{bin}/account_existence_bench"],
    "operations": ["{bin}/operations_bench"],
    "import": [sys.executable, f"{HERE}/central/import_bench.py", "{bin}"],
    "restore": [sys.executable, f"{HERE}/central/restore_bench.py", "{bin}"],
    "kiosk": [sys.executable, f"{HERE}/kiosk/kiosk_bench.py", "{bin}"],
    "screen": ["{bin}/screen_bench"],
    "directory": ["{bin}/directory_bench", "1000000", "{cache}"],
    "connections": ["{bin}/connections_bench"],
    "desks": ["{bin}/desks_bench"],
    "desk_reads": ["{bin}/desk_reads_bench"],
    "desk_idle": [sys.executable, f"{HERE}/agent/desk_idle_bench.py", "{bin}"],
    "call": ["{bin}/call_bench"],
    "update_size": ["{bin}/update_size_bench", "image-out"],
    "documents": [sys.executable, f"{HERE}/shared/documents_bench.py", "{bin}"],
}


def run(name, places):
    """The figures of one bench; nothing when it failed."""
    print(f"-- {name}", flush=True)
    argv = [word.format(**places) for word in BENCHES[name]]
    try:
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
    except OSError as failure:
        print(f"   {name} could not be started: {failure}", flush=True)
        return None
    figures = []
    for line in process.stdout:
        if line.startswith('{"figure"'):
            figures.append(json.loads(line))
        else:
            print(f"   {line}", end="", flush=True)
    if process.wait() != 0:
        print(f"   {name} failed with exit code {process.returncode}", flush=True)
        return None
    return figures


def judged(figure):
    ratio = figure["value"] / figure["yardstick_value"] if figure["yardstick_value"] else None
    goal = figure["goal"]
    met = None
    if goal is not None and ratio is not None:
        met = ratio <= goal if figure["better"] == "lower" else ratio >= goal
    return {"name": figure["figure"], "value": figure["value"], "unit": figure["unit"],
            "yardstick": figure["yardstick"], "yardstick_value": figure["yardstick_value"], "ratio": ratio,
            "goal": goal, "better": figure["better"], "met": met}


def show(results):
    print(f"\n{'figure':34}{'value':>10} {'unit':16}{'yardstick':46}{'its value':>10}{'ratio':>8}  {'goal':>7}  met")
    for each in results:
        sign = "<=" if each["better"] == "lower" else ">="
        goal = "-" if each["goal"] is None else f"{sign} {each['goal']:g}"
        ratio = "-" if each["ratio"] is None else f"{each['ratio']:.3g}"
        met = "-" if each["met"] is None else "yes" if each["met"] else "NO"
        print(f"{each['name']:34}{each['value']:>10.4g} {each['unit']:16}{each['yardstick']:46}"
              f"{each['yardstick_value']:>10.4g}{ratio:>8}  {goal:>7}  {met}")


def main():
    names = sys.argv[3:] or list(BENCHES)
    unknown = [name for name in names if name not in BENCHES]
    if len(sys.argv) < 3 or unknown:
        sys.exit(f"{__doc__}\nbenches: {' '.join(BENCHES)}" + (f"\nunknown: {' '.join(unknown)}" if unknown else ""))
    out = pathlib.Path(sys.argv[2])
    cache = HERE.parent / ".cache" / "bench"
    cache.mkdir(parents=True, exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    cores, load = os.cpu_count(), os.getloadavg()[0]
    results, failed = [], []
    for name in names:
        figures = run(name, {"bin": sys.argv[1], "cache": str(cache)})
        if figures is None:
            failed.append(name)
        results += [judged(each) for each in figures or []]
    load = max(load, os.getloadavg()[0])
    show(results)
    busy = load > 1.2
    print(f"\n{cores} cores, load {load:.1f}" + (": the machine was busy with other work; ratios and processor time "
                                                 "hold, rates and wall times are worse than alone" if busy else ""))
    (out / "results.json").write_text(json.dumps({"cores": cores, "load": round(load, 1), "machine_busy": busy,
                                                  "failed": failed, "figures": results}, indent=1) + "\n")
    if failed:
        sys.exit(f"failed: {' '.join(failed)}")


main()
