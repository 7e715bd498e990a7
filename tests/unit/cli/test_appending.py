"""New tables go to the end of a retro.toml whose own bytes stay; what would not load is not written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.cli.init.appending import append
from retro.config.load import load
from retro.ports import ConfigurationError

_TABLE = '[sources.notion]\nkind = "notion"\ntoken = { env = "NOTION_TOKEN" }\n'


@given(
    ends=st.sampled_from(["\n", "\r\n"]), last=st.sampled_from(["", "end"]), comment=st.text("é# abc\t", max_size=20)
)
def test_what_was_there_stays(tmp_path_factory: pytest.TempPathFactory, ends: str, last: str, comment: str) -> None:
    """Whatever the ends of its lines, and whether or not its last one has an end."""
    path = tmp_path_factory.mktemp("réglages") / "retro.toml"
    text = ends.join(["version = 1", f"# {comment}", "[workspace]", 'lang = "fr"']) + (ends if last else "")
    path.write_bytes(text.encode())
    append(path, _TABLE)
    after = path.read_bytes().decode()
    assert after.startswith(text)
    assert ends == "\n" or "\n" not in after.replace("\r\n", "")
    settings = load(path).settings
    assert settings.workspace.lang == "fr"
    assert settings.sources["notion"].token.env == "NOTION_TOKEN"


@pytest.mark.parametrize("before", [_TABLE, "version = 1\nsources = {}\n"])
def test_what_would_not_load_is_not_written(tmp_path: Path, before: str) -> None:
    """A table that is there already, or a file written so that none can follow, is left as it is."""
    path = tmp_path / "retro.toml"
    path.write_text(before, encoding="utf-8")
    with pytest.raises(ConfigurationError):
        append(path, _TABLE)
    assert path.read_text("utf-8") == before


def test_as_notepad_saved_it(tmp_path: Path) -> None:
    """The mark before the text stays where it was, and nowhere else."""
    path = tmp_path / "retro.toml"
    path.write_bytes('[workspace]\r\nlang = "en"\r\n'.encode("utf-8-sig"))
    append(path, _TABLE)
    assert path.read_bytes().count(b"\xef\xbb\xbf") == 1
    assert load(path).settings.sources["notion"].kind == "notion"
