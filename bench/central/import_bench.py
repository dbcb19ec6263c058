#!/usr/bin/env python3
"""Import: EOBs a second against SQLite alone inserting the same rows, and the memory it needs.

usage: import_bench.py BIN_DIR

The yardstick writes every row that the import left in the plan's tables into a new database of the same schema, with
prepared statements, in transactions of as many rows as the import makes. It has nothing to read, to check or to seal.
"""
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from figure import median, report  # noqa: E402

MEMBERS = 400
LARGE_MEMBERS = 4000
ROUNDS = 3
ROWS_A_TRANSACTION = 1000
RSS_LIMIT_MIB = 300


def run(*argv):
    subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def timed(argv):
    """Wall seconds, processor seconds and largest memory (MiB) of a program."""
    begin = time.monotonic()
    pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        raise RuntimeError(f"{argv} failed")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def plan_of(central, folder, members):
    run(central, "sample", "--out", str(folder), "--members", str(members), "--seed", "3")
    return sum(1 for _ in open(folder / "ExplanationOfBenefit.ndjson", "rb"))


def ours(central, plan, data):
    shutil.rmtree(data, ignore_errors=True)
    run(central, "init", "--data", str(data), "--plan-name", "Sample Health Plan")
    return timed([central, "import", "--data", str(data), str(plan)])


def rows_of(database):
    """The plan's tables: what makes them, and all their rows in the order they were written."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    schema = [sql for (sql,) in connection.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name LIKE 'plan\\_%' ESCAPE '\\' AND sql IS NOT NULL"
        " ORDER BY type DESC")]
    tables = {}
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'plan\\_%'"
                                      " ESCAPE '\\'").fetchall():
        tables[name] = connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
    return schema, tables


def raw(schema, tables, database):
    """Wall and processor seconds of SQLite alone."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")
    for sql in schema:
        connection.execute(sql)
    wall, cpu = time.monotonic(), time.process_time()
    for name, rows in tables.items():
        if not rows:
            continue
        insert = f"INSERT INTO {name} VALUES ({','.join('?' * len(rows[0]))})"
        for start in range(0, len(rows), ROWS_A_TRANSACTION):
            connection.execute("BEGIN")
            connection.executemany(insert, rows[start:start + ROWS_A_TRANSACTION])
            connection.execute("COMMIT")
    taken = time.monotonic() - wall, time.process_time() - cpu
    connection.close()
    return taken


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    central = str(pathlib.Path(sys.argv[1]).resolve() / "portico-central")
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="portico-bench-"))
    try:
        eobs = plan_of(central, scratch / "plan", MEMBERS)
        walls, cpus, raw_walls, raw_cpus, sizes = [], [], [], [], []
        for number in range(ROUNDS):
            wall, cpu, size = ours(central, scratch / "plan", scratch / "data")
            raw_wall, raw_cpu = raw(*rows_of(scratch / "data" / "central.db"), scratch / f"raw{number}.db")
            walls.append(wall), cpus.append(cpu), sizes.append(size)
            raw_walls.append(raw_wall), raw_cpus.append(raw_cpu)
        plan_of(central, scratch / "large", LARGE_MEMBERS)
        small_mb, large_mb = (sum(file.stat().st_size for file in (scratch / name).iterdir()) / 1e6
                              for name in ("plan", "large"))
        large = ours(central, scratch / "large", scratch / "data")[2]
    finally:
        shutil.rmtree(scratch)
    peer = "SQLite alone, the same rows"
    report("import", eobs / median(walls), "EOB/s", peer, eobs / median(raw_walls), 0.6, "higher")
    report("import_cpu", median(cpus) / eobs * 1e6, "us/EOB", peer, median(raw_cpus) / eobs * 1e6)
    report("import_memory", large, "MiB", "limit", RSS_LIMIT_MIB, 1.0)
    report("import_memory_growth", large, "MiB", f"input of {small_mb:.0f} MB instead of {large_mb:.0f}", median(sizes))


main()
