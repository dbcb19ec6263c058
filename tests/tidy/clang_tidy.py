#!/usr/bin/env python3
"""clang-tidy over what changed, and over as much of the rest as fits: clang_tidy.py SOURCE_DIR BUILD_DIR ON|OFF

ON checks every file. OFF checks what changed since PORTICO_TIDY_BASE (else since the branch left its upstream, or the
main branch; else in the last commit), and then, for PORTICO_TIDY_SECONDS (90), others that nobody has checked yet:
first those of the commits before and those whose headers changed, then round the tree from commit to commit. A file that was clean is
not checked again while it, the headers it includes, the configuration and clang-tidy stay the same: .cache/tidy
remembers that by their hash.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time

FOLDERS = ("shared", "kiosk", "agent", "phone", "central")
RECENT_COMMITS = 20
INCLUDED = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
TOGETHER = re.compile(r'^#include "(/[^"]+)"', re.MULTILINE)  # what cmake writes for a unity build
EXTRA = ("--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-error")


def git(*arguments: str) -> str:
    done = subprocess.run(("git", *arguments), capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def base_commit() -> str:
    """Where to compare from; empty when there is no history to compare with."""
    head = git("rev-parse", "HEAD")
    for reference in (os.environ.get("PORTICO_TIDY_BASE", ""), "@{upstream}", "origin/HEAD", "main"):
        merge_base = git("merge-base", reference, "HEAD") if reference else ""
        if merge_base and merge_base != head:
            return merge_base
    return git("rev-parse", "--verify", "--quiet", "HEAD~1")


def changed_since(base: str) -> set[str]:
    return set(git("diff", "--name-only", "--diff-filter=d", base).splitlines()) if base else set()


class Tree:
    """The sources, the headers of this project that each includes, and a hash of all that a verdict hangs on."""

    def __init__(self, source: pathlib.Path, build: pathlib.Path) -> None:
        patterns = [f"{folder}/*.cpp" for folder in FOLDERS]
        tracked = git("ls-files", *patterns).splitlines()
        self._source = source
        self.commands = build / "tidy"
        compiled = self._write_commands(build)
        self.sources = [file for file in tracked if file in compiled]
        self._direct: dict[str, set[str]] = {}
        self.headers = {file: self._included(file) - {file} for file in self.sources}
        version = subprocess.run(("clang-tidy", "--version"), capture_output=True, text=True, check=True).stdout
        self._common = version.encode() + (source / ".clang-tidy").read_bytes()
        self._contents: dict[str, bytes] = {}

    def _write_commands(self, build: pathlib.Path) -> set[str]:
        """How each source is compiled, also where several are compiled together; all that are."""
        commands = []
        for command in json.loads((build / "compile_commands.json").read_text()):
            file = pathlib.Path(command["file"])
            together = TOGETHER.findall(file.read_text()) if file.parent.name == "Unity" else []
            for each in together or [str(file)]:
                commands.append(command | {"file": each, "command": command["command"].replace(str(file), each)})
        self.commands.mkdir(exist_ok=True)
        (self.commands / "compile_commands.json").write_text(json.dumps(commands))
        files = (pathlib.Path(command["file"]) for command in commands)
        return {str(file.relative_to(self._source)) for file in files if file.is_relative_to(self._source)}

    def _included(self, file: str) -> set[str]:
        """Headers of this project, by their names from its root, directly and through others."""
        found: set[str] = set()
        new = {file}
        while new:
            found |= new
            new = {header for each in new for header in self._included_directly(each)} - found
        return found

    def _included_directly(self, file: str) -> set[str]:
        if file not in self._direct:
            path = self._source / file
            names = INCLUDED.findall(path.read_text()) if path.exists() else []
            self._direct[file] = {name for name in names if (self._source / name).exists()}
        return self._direct[file]

    def _content(self, file: str) -> bytes:
        if file not in self._contents:
            path = self._source / file
            self._contents[file] = hashlib.sha256(path.read_bytes()).digest() if path.exists() else b""
        return self._contents[file]

    def key(self, file: str) -> str:
        value = hashlib.sha256(self._common + file.encode())
        for each in sorted({file} | self.headers[file]):
            value.update(each.encode() + b"\0" + self._content(each))
        return value.hexdigest()


def wanted(tree: Tree, changed: set[str]) -> tuple[list[str], list[str]]:
    """What must be checked, and the others in the order to take them."""
    must = {file for file in tree.sources if file in changed}
    for header in (file for file in changed if file.endswith(".h")):
        own = header[: -len(".h")] + ".cpp"
        includers = [file for file in tree.sources if header in tree.headers[file]]
        if own in tree.sources:
            must.add(own)
        elif includers:
            must.add(includers[0])
    head = git("rev-parse", "HEAD")
    recent = changed | set(git("log", f"--max-count={RECENT_COMMITS}", "--name-only", "--format=").splitlines())

    def turn(file: str) -> tuple[bool, bool, str]:
        return (
            file not in recent,
            not (tree.headers[file] & recent),
            hashlib.sha256((head + file).encode()).hexdigest(),
        )

    return sorted(must), sorted((file for file in tree.sources if file not in must), key=turn)


def check(file: str, commands: pathlib.Path) -> tuple[str, float, str]:
    began = time.monotonic()
    done = subprocess.run(
        ("clang-tidy", "--quiet", "-p", str(commands), *EXTRA, file), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    said = done.stdout.strip()
    return file, time.monotonic() - began, said or ("clang-tidy failed" if done.returncode else "")


def main() -> int:
    source, build, everything = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), sys.argv[3] == "ON"
    os.chdir(source)
    cache = source / ".cache" / "tidy"
    cache.mkdir(parents=True, exist_ok=True)
    tree = Tree(source, build)
    base = base_commit()
    must, others = wanted(tree, changed_since(base))
    if everything:
        must, others = must + others, []
    keys = {file: tree.key(file) for file in tree.sources}
    fresh = [file for file in must if not (cache / keys[file]).exists()]
    rest = [file for file in others if not (cache / keys[file]).exists()]
    until = time.monotonic() + float(os.environ.get("PORTICO_TIDY_SECONDS", "90"))
    found, checked = [], 0

    def one(file: str, may_skip: bool) -> tuple[str, float, str] | None:
        return None if may_skip and time.monotonic() > until else check(file, tree.commands)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        jobs = [pool.submit(one, file, False) for file in fresh] + [pool.submit(one, file, True) for file in rest]
        for job in concurrent.futures.as_completed(jobs):
            result = job.result()
            if result is None:
                continue
            file, seconds, said = result
            checked += 1
            print(f"{seconds:6.1f} s  {file}", flush=True)
            if said:
                print(said, flush=True)
                found.append(file)
            else:
                (cache / keys[file]).touch()
    clean = sum((cache / key).exists() for key in keys.values())
    print(f"{len(must)} files to check (since {base[:12] or 'no other commit'}), {checked} looked at now, "
          f"{clean} of {len(tree.sources)} known to be clean")
    if found:
        print("not clean: " + ", ".join(sorted(found)))
    return 1 if found else 0


sys.exit(main())
