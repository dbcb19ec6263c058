#!/usr/bin/env python3
"""First figures: import, kiosk start and kiosk memory, each beside a yardstick measured in the same run.

usage: first_figures.py BIN_DIR ASSETS OUT_DIR

- import: EOBs a second, against a plain SQLite insert of as many rows of the same size in the same batches
- kiosk start: process start to the first painted screen, against starting python3, the cheapest program with a
  run-time that every machine here has (the goal of a tenth of Chromium's start is the next benchmark's)
- kiosk memory: proportional set size on the first screen, against the same python3
"""
import json
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

MEMBERS = 400
STARTS = 7


def run(*argv):
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout


def median(values):
    return sorted(values)[len(values) // 2]


def pss_kib(pid):
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise RuntimeError("no Pss")


def import_figures(central, scratch):
    plan = scratch / "plan"
    run(central, "sample", "--out", str(plan), "--members", str(MEMBERS), "--seed", "3")
    eobs = sum(1 for _ in open(plan / "ExplanationOfBenefit.ndjson", "rb"))
    data = scratch / "data"
    run(central, "init", "--data", str(data), "--plan-name", "Sample Health Plan")
    begin = time.monotonic()
    run(central, "import", "--data", str(data), str(plan))
    ours = eobs / (time.monotonic() - begin)
    lines = [line for line in open(plan / "ExplanationOfBenefit.ndjson", "rb")]
    raw = sqlite3.connect(scratch / "raw.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE eob (id INTEGER PRIMARY KEY, body BLOB)")
    begin = time.monotonic()
    for start in range(0, len(lines), 500):
        raw.execute("BEGIN")
        raw.executemany("INSERT INTO eob (body) VALUES (?)", [(line,) for line in lines[start:start + 500]])
        raw.execute("COMMIT")
    return ours, len(lines) / (time.monotonic() - begin)


def start_kiosk(kiosk, config, driver):
    driver.unlink(missing_ok=True)
    begin = time.monotonic()
    process = subprocess.Popen([kiosk, "--config", str(config), "--headless", "--driver", str(driver)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    line = socket.socket(socket.AF_UNIX)
    while True:
        try:
            line.connect(str(driver))
            break
        except OSError:
            if time.monotonic() - begin > 60:
                raise
            time.sleep(0.001)
    line.sendall(b'{"do":"frame"}\n')
    line.makefile().readline()
    taken = (time.monotonic() - begin) * 1000
    return process, taken


def kiosk_figures(kiosk, assets, scratch):
    config = scratch / "kiosk.toml"
    config.write_text(f'data = "{scratch}/kiosk"\nassets = "{assets}"\ncentral = "https://127.0.0.1:1"\n'
                      f'[bench]\nfolder = "{scratch}/bench"\n')
    times, sizes = [], []
    for _ in range(STARTS):
        process, taken = start_kiosk(kiosk, config, scratch / "driver")
        times.append(taken)
        sizes.append(pss_kib(process.pid) / 1024)
        process.kill()
        process.wait()
    peer_times, peer_sizes = [], []
    for _ in range(STARTS):
        begin = time.monotonic()
        peer = subprocess.Popen([sys.executable, "-c", "import json; print(1, flush=True); input()"],
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        peer.stdout.readline()
        peer_times.append((time.monotonic() - begin) * 1000)
        peer_sizes.append(pss_kib(peer.pid) / 1024)
        peer.kill()
        peer.wait()
    return median(times), median(peer_times), median(sizes), median(peer_sizes)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    bin_dir, assets, out = (pathlib.Path(word).resolve() for word in sys.argv[1:])
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="portico-bench-"))
    try:
        ours, raw = import_figures(str(bin_dir / "portico-central"), scratch)
        start, peer_start, size, peer_size = kiosk_figures(str(bin_dir / "portico-kiosk"), assets, scratch)
    finally:
        shutil.rmtree(scratch)
    rows = [
        ("import_eobs_per_s", ours, "raw SQLite insert of the same lines", raw, ours / raw, 0.6, ours / raw >= 0.6),
        ("kiosk_start_ms", start, "python3 start", peer_start, start / peer_start, None, None),
        ("kiosk_memory_pss_mib", size, "python3", peer_size, size / peer_size, None, None),
    ]
    print(f"{'figure':24}{'value':>12}  {'yardstick':38}{'value':>12}{'ratio':>8}{'goal':>7}  met")
    for name, value, yardstick, peer, ratio, goal, met in rows:
        print(f"{name:24}{value:12.1f}  {yardstick:38}{peer:12.1f}{ratio:8.2f}{goal if goal else '-':>7}  "
              f"{'-' if met is None else 'yes' if met else 'no'}")
    results = [{"name": name, "value": value, "yardstick": yardstick, "yardstick_value": peer, "ratio": ratio,
                "goal": goal, "met": met} for name, value, yardstick, peer, ratio, goal, met in rows]
    (out / "results.json").write_text(json.dumps(results, indent=1))


main()
