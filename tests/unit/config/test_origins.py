"""The line of each key of a TOML file."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.config.origins import origins

TEXT = """\
# a comment
version = 1

[workspace]  # where
lang = "fr"
[boards."é t".columns]
due = "id:a"
[lint]
channels = [
  "SEO",  # [not a table]
  "SEA",
]
rules = { OWN101 = { aggregate = true } }
notes = \"\"\"
[no table]
\"\"\"
last.dotted = 1
[[list]]
one = 1
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("version",), 2),
        (("workspace",), 4),
        (("workspace", "lang"), 5),
        (("boards", "é t", "columns", "due"), 7),
        (("lint", "channels"), 9),
        (("lint", "rules", "OWN101", "aggregate"), 13),
        (("lint", "notes"), 14),
        (("lint", "last", "dotted"), 17),
        (("list", "one"), 19),
    ],
)
def test_lines_of_keys(path: tuple[str, ...], line: int) -> None:
    """Tables, values over several lines, inline tables, quoted and dotted names."""
    tomllib.loads(TEXT)
    assert origins(TEXT)[path] == line


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.integers(), max_size=6))
def test_every_key_has_its_line(values: dict[str, int]) -> None:
    """A plain file's keys stand one below the other."""
    text = "".join(f"{key} = {value}\n" for key, value in values.items())
    assert origins(text) == {(key,): number for number, key in enumerate(values, 1)}
