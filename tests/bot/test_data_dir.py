"""The data folder: one process at a time, and a key that only it can read."""

import stat
from pathlib import Path

import pytest

from warden_bot import data_dir
from warden_bot.ledger.keys import KeyFormatError, load_public_pem


def test_a_folder_has_one_owner_at_a_time(tmp_path: Path) -> None:
    with (
        data_dir.owned(tmp_path / "data"),
        pytest.raises(data_dir.FolderInUseError),
        data_dir.owned(tmp_path / "data"),
    ):
        pass
    with data_dir.owned(tmp_path / "data"):
        pass


def test_the_key_is_made_once_and_readable_only_by_its_owner(tmp_path: Path) -> None:
    made = data_dir.signer(tmp_path)
    again = data_dir.signer(tmp_path)
    assert made.to_pem() == again.to_pem()
    assert stat.S_IMODE((tmp_path / data_dir.KEY_FILE).stat().st_mode) == 0o600
    public = load_public_pem((tmp_path / data_dir.PUBLIC_KEY_FILE).read_bytes())
    assert public.public_bytes_raw() == made.public_key().public_bytes_raw()


def test_a_damaged_key_is_never_replaced(tmp_path: Path) -> None:
    data_dir.signer(tmp_path)
    (tmp_path / data_dir.KEY_FILE).write_bytes(b"scribble")
    with pytest.raises(KeyFormatError):
        data_dir.signer(tmp_path)
    assert (tmp_path / data_dir.KEY_FILE).read_bytes() == b"scribble"


def test_a_crash_while_the_key_was_being_made_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / f"{data_dir.KEY_FILE}.new").write_bytes(b"half a k")
    assert data_dir.signer(tmp_path).to_pem() == data_dir.signer(tmp_path).to_pem()
