"""Spoilt files of every kind are read or refused with words, never crash."""

import io
import zipfile
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.connectors.files import conftest

from retro.ports import RetroError
from retro_files.contents import recognise
from retro_files.reading import boards_of, sheet_names

ROWS: conftest.Rows = [
    ["ID", "Titre", "Responsable", "Début", "Échéance", "JH", "Prédécesseurs", "Statut", "%"],
    [1, "Brief", "Léa Martin", "05/01/2027", "1st - 4th April 2027", "2,5", "", "À faire", "50%"],
    [2, "Article", "Paul & Zoé", "2027-01-05", "13/01/2027", 3, "1FS+2j; Brief", "Fini", "x"],
]
SEEDS = (
    ("plan.csv", conftest.as_csv(ROWS)),
    ("plan.xlsx", conftest.as_xlsx({"Plan": ROWS, "Salon": ROWS})),
    ("plan.json", b'{"version": 1, "now": "x", "boards": [{"key": "b", "name": "B", "source": "s"}], "tasks": []}'),
)
_EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=8)), min_size=1, max_size=6)


def edited(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """The content with some bytes removed and others put in their place."""
    for place, removed, added in edits:
        at = int(place * len(content))
        content = content[:at] + added + content[at + removed :]
    return content


def spoilt(name: str, content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """The file edited; of a workbook one of its parts, so that it is still a zip."""
    if name != "plan.xlsx":
        return edited(content, edits)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        parts = old.namelist()
        chosen = parts[int(edits[0][0] * (len(parts) - 1))]
        for part in parts:
            new.writestr(part, edited(old.read(part), edits) if part == chosen else old.read(part))
    return out.getvalue()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), _EDITS, st.booleans())
def test_a_spoilt_file_is_read_or_refused(
    seed: tuple[str, bytes],
    edits: list[tuple[float, int, bytes]],
    raw: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    """Whatever happens to its bytes, a file gives boards with unique keys, or one of our errors."""
    name, content = seed
    content = edited(content, edits) if raw else spoilt(name, content, edits)
    recognise(content[:65536], name)
    boards = []
    with suppress(RetroError):
        sheet_names(content, name)
        boards = boards_of(content, name, conftest.settings(), conftest.NOW)
    for _name, snapshot in boards:
        keys = [task.key for task in snapshot.tasks]
        assert len(keys) == len(set(keys))
