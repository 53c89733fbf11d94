"""Mails that land as files stay in their folder, whatever a key looks like."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.delivery.channels.maildir import MaildirSender, file_name
from alerts.delivery.channels.outcome import Sent
from config.settings import MailSettings
from tests.alerts.telling import make_message


@settings(deadline=None)
@given(st.text())
def test_row_67_no_key_names_a_file_outside_the_folder(key: str) -> None:
    name = file_name(make_message(key=key), ["duty@example.org"])
    assert Path(name).name == name
    assert name.isascii()
    assert not name.startswith(".")


@pytest.mark.parametrize("key", ["../../etc/passwd", "/etc/passwd", "..\\..\\x", "a/\x00b"])
async def test_row_67_a_key_that_climbs_is_written_into_the_folder(
    tmp_path: Path, key: str
) -> None:
    folder = tmp_path / "data" / "mail"
    sender = MaildirSender(folder=folder, to=("duty@example.org",), mail=MailSettings())
    assert isinstance(await sender.send(make_message(key=key)), Sent)
    assert parents_of_files(tmp_path) == [folder]


def test_row_67_no_two_keys_are_one_file() -> None:
    keys = ["a/b", "a-b", "a//b", "ä/b", "x" * 100, "x" * 101]
    assert len({file_name(make_message(key=key), ()) for key in keys}) == len(keys)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root writes for another user")
async def test_a_folder_that_root_makes_for_a_service_stays_open_to_it(tmp_path: Path) -> None:
    os.chown(tmp_path, 10001, 10002)
    sender = MaildirSender(folder=tmp_path / "mail", to=(), mail=MailSettings())
    assert isinstance(await sender.send(make_message(key="a")), Sent)
    found = [path.stat() for path in (tmp_path / "mail", *(tmp_path / "mail").iterdir())]
    assert [(one.st_uid, one.st_gid) for one in found] == [(10001, 10002)] * 2


def parents_of_files(folder: Path) -> list[Path]:
    return [path.parent for path in folder.rglob("*") if path.is_file()]
