"""Leave what root writes for a daemon of another user so that the daemon can open it."""

import os
from pathlib import Path


def hand_over(handle: int, folder: Path) -> None:
    """Give an open file or folder of ours to the owner of the folder that holds it.

    Only root has something to give: commands of an administrator run beside a service with a
    user of its own. By the handle, so that no name exchanged meanwhile gives away another file.
    """
    if os.geteuid() == 0:
        owner = folder.stat()
        os.fchown(handle, owner.st_uid, owner.st_gid)


def make_folder(path: Path) -> None:
    """Make a folder where there is none, for the owner of the one that holds it."""
    if path.is_dir():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(exist_ok=True)
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        hand_over(handle, path.parent)
    finally:
        os.close(handle)
