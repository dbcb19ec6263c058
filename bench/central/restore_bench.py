#!/usr/bin/env python3
"""Restore: a backup of members with two EOBs each, put into an empty folder or database, which then serves.

usage: restore_bench.py BIN_DIR [--members N] [--work FOLDER] [--keep] [--postgres]

  --members N     1,000,000 is what the limit is for; by default 20,000, held against their share of the limit
  --work FOLDER   where everything is made (default: a temporary folder). A million members want 50 GB there
  --keep          what was restored is left in FOLDER/data; a data folder that is there already is used, not made anew.
                  Not on PostgreSQL
  --postgres      on a PostgreSQL server of its own in FOLDER instead of SQLite

What counts is `portico-central restore` from start to end. Then it is shown that what was restored serves: `inspect`
finds the last member, `audit verify` accepts every record, and a member's home page and an EOB are read over TLS.
"""
import argparse
import json
import os
import pathlib
import pwd
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from figure import report  # noqa: E402

MILLION = 1_000_000
LIMIT_MIN = 30
DEFAULT_MEMBERS = 20_000
EOBS_EACH = 2


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def timed(*argv):
    """Wall seconds of a program that must end well, and what it said."""
    begin = time.monotonic()
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(argv)}\n{done.stdout}{done.stderr}")
    return time.monotonic() - begin, done.stdout


def cpu_of_children():
    """Processor seconds of the programs that have ended; a database server is not among them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def size_of(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


class Postgres:
    """A server on a socket in `folder`, as the user postgres when we are root: it refuses to run as root."""

    def __init__(self, folder):
        self.folder = folder
        self.programs = max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
        folder.mkdir(parents=True)
        self.user = "postgres" if os.getuid() == 0 else None
        if self.user:
            entry = pwd.getpwnam(self.user)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        self._run("initdb", "--pgdata", "data", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C")
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", folder / "data", "-c", "listen_addresses=", "-c",
             f"unix_socket_directories={folder}", "-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB", "-c",
             "maintenance_work_mem=256MB"], user=self.user, cwd=folder, stderr=open(folder / "log", "wb"))
        while subprocess.run([self.programs / "pg_isready", "-q", "-h", folder]).returncode != 0:
            if self.process.poll() is not None:
                sys.exit((folder / "log").read_text())
            time.sleep(0.1)

    def _run(self, program, *words):
        subprocess.run([self.programs / program, *words], check=True, user=self.user, cwd=self.folder,
                       stdout=subprocess.DEVNULL)

    def database(self, name):
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", "-T", "template0", "-E", "UTF8", name)
        return f"postgresql://postgres@{str(self.folder).replace('/', '%2F')}/{name}"

    def size(self):
        return size_of(self.folder / "data" / "base")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


def make_plan(central, work, data, members, database):
    """The members' data folder, by the commands that a plan would use."""
    seconds, _ = timed(central, "sample", "--out", str(work / "plan"), "--members", str(members), "--seed", "3",
                       "--eobs-each", str(EOBS_EACH))
    say(f"made {members} members in {seconds:.0f} s, {size_of(work / 'plan') / 1e9:.1f} GB of FHIR")
    timed(central, "init", "--data", str(data), "--plan-name", "Sample Health Plan", *database)
    seconds, _ = timed(central, "import", "--data", str(data), str(work / "plan"))
    say(f"imported in {seconds:.0f} s, {EOBS_EACH * members / seconds:.0f} EOB/s")
    shutil.rmtree(work / "plan")


def show_that_it_serves(bin_dir, data, members):
    central = str(bin_dir / "portico-central")
    for number in (1, members // 2, members):
        patient = f"patient-{number:07d}"
        found = json.loads(timed(central, "inspect", "--data", str(data), "member", patient)[1])
        say(f"inspect {patient}: {len(found['coverages'])} coverage(s), {found['eob_count']} EOBs")
        if number > 3 and found["eob_count"] != EOBS_EACH:
            sys.exit(f"{patient} has lost EOBs")
    seconds, told = timed(central, "audit", "verify", "--data", str(data))
    say(f"audit verify, {seconds:.1f} s: {told.strip()}")
    seconds, told = timed(str(bin_dir / "member_read"), str(data), f"patient-{members // 2:07d}",
                          f"eob-{members // 2:07d}-0001")
    say("read over TLS: " + ", ".join(told.split("\n")[:2]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bin_dir", type=pathlib.Path)
    parser.add_argument("--members", type=int, default=DEFAULT_MEMBERS)
    parser.add_argument("--work", type=pathlib.Path)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    if options.keep and (options.postgres or options.work is None):
        parser.error("--keep needs --work, and does not go with --postgres")
    bin_dir = options.bin_dir.resolve()
    central = str(bin_dir / "portico-central")
    own = options.work is None
    work = (pathlib.Path(tempfile.mkdtemp(prefix="portico-bench-")) if own else options.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    if own:
        work.chmod(0o755)  # the server's user goes through it
    data, restored = work / "data", work / "restored"
    server = Postgres(work / "server") if options.postgres else None
    well = False
    try:
        if not data.exists():
            make_plan(central, work, data, options.members,
                      ["--database", server.database("plan")] if server else [])
        say(f"the data: {(server.size() if server else size_of(data)) / 1e9:.2f} GB")
        seconds, _ = timed(central, "backup", "--data", str(data), "--to", str(work / "copy"))
        say(f"backup in {seconds:.0f} s, {size_of(work / 'copy') / 1e9:.2f} GB")
        (data / "keys").rename(work / "keys")
        shutil.rmtree(data)  # as after a fire, and a third of the room
        target = ["--database", server.database("restored")] if server else []
        cpu = cpu_of_children()
        restoring, _ = timed(central, "restore", "--data", str(restored), "--from", str(work / "copy"), "--keys",
                             str(work / "keys"), *target)
        cpu = cpu_of_children() - cpu
        say(f"restored in {restoring:.1f} s")
        show_that_it_serves(bin_dir, restored, options.members)
        well = True
    finally:
        if server:
            server.stop()
        if well and options.keep:
            restored.rename(data)
        if well or own:
            for name in ("plan", "copy", "keys", "restored", "server") + (() if options.keep else ("data",)):
                shutil.rmtree(work / name, ignore_errors=True)
        if own:
            shutil.rmtree(work, ignore_errors=True)
    limit = LIMIT_MIN * options.members / MILLION
    report("restore_postgres" if server else "restore", restoring / 60, "min",
           f"{limit:.3g} min, for {options.members:,} members", limit, 1.0)
    if not server:
        report("restore_cpu", cpu / 60, "min", "the same", limit)


main()
