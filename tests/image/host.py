"""This machine's own programs, from the tools tree in which the emulator runs: there this machine is at /host, with each path
as it is outside."""

import pathlib

_ROOT = pathlib.Path("/host")


def here(*command: str) -> list[str]:
    """The command as this machine runs it; its paths are absolute."""
    return ["chroot", str(_ROOT), *command] if _ROOT.is_dir() else [*command]


def exists(path: pathlib.Path) -> bool:
    return (_ROOT / path.relative_to("/")).exists() if _ROOT.is_dir() else path.exists()
