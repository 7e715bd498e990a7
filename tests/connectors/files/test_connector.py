"""The connector and its pack: files recognised, sheets picked, nothing written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.connectors.files.conftest import PARIS, Rows, as_csv, as_xlsx

from retro.i18n import use
from retro.model import Board, Membership, Person, Provision, Snapshot, Task, Write
from retro.model.codec import encode
from retro.ports import Account, BoardOptions, ConfigurationError, Connector, ReadOnlyError, UnreadableError
from retro.report.document import dumps
from retro.run.links import resolve
from retro.testing.clock import SteppingClock
from retro.testing.suite import ConnectorContract
from retro_files.connector import sheets
from retro_files.pack import FilePack

Save = Callable[[dict[str, Rows]], Path]
CONTENUS: Rows = [["ID", "Titre", "Prédécesseurs"], ["C1", "Brief", ""], ["C2", "Article", "C1"]]
SALON: Rows = [["ID", "Titre", "Prédécesseurs"], ["S1", "Stand", "C2+1j"]]


def opened(source: str, *boards: BoardOptions, pack: FilePack | None = None) -> Connector:
    """A connector of one source."""
    return (pack or FilePack()).file(Account(id=source, clock=SteppingClock(), zone=PARIS, boards=boards))


def test_each_sheet_is_a_board(workbook: Save) -> None:
    """Sheets with known headings are listed and read one by one, with keys of their own; others are passed over."""
    path = workbook({"Contenus": CONTENUS, "Légende": [["rouge", "urgent"]], "Salon": SALON})
    assert sheets(str(path)) == ("Contenus", "Salon")
    connector = opened(str(path))
    boards = [connector.pull(f"{path}#{name}").snapshot.board for name in sheets(str(path))]
    assert [board.key for board in boards] == ["salon d’été.xlsx/Contenus", "salon d’été.xlsx/Salon"]
    assert [found.at for found in connector.discover()] == [f"{path}#Contenus", f"{path}#Salon"]


def test_links_reach_over_the_sheets_of_a_workbook(workbook: Save) -> None:
    """An id that stands on another sheet only is a link to it."""
    path = workbook({"Contenus": CONTENUS, "Salon": SALON})
    connector = opened(str(path))
    tasks = [task for name in sheets(str(path)) for task in connector.pull(f"{path}#{name}").snapshot.tasks]
    resolved = resolve(tasks)
    assert resolved.unresolved == ()
    assert [(link.predecessor[-2:], link.successor[-2:], link.lag.value) for link in resolved.links] == [
        ("C1", "C2", 0),
        ("C2", "S1", 420),
    ]


def test_a_path_alone_reads_the_first_sheet_and_says_so(workbook: Save) -> None:
    """What was not read is told on the board."""
    path = workbook({"Contenus": CONTENUS, "Salon": SALON})
    snapshot = opened(str(path)).pull(str(path)).snapshot
    assert snapshot.board.key.endswith("/Contenus")
    assert any("Salon" in warning for warning in snapshot.board.warnings)


def test_a_single_sheet_is_the_file(workbook: Save) -> None:
    """A workbook of one sheet has the file's name for its key."""
    path = workbook({"Feuil1": CONTENUS})
    board = opened(str(path)).pull(str(path)).snapshot.board
    assert (board.key, board.name, board.warnings) == ("salon d’été.xlsx", "salon d’été", ())


def test_a_sheet_that_is_not_there_is_refused(workbook: Save) -> None:
    """The refusal lists the sheets that are."""
    path = workbook({"Contenus": CONTENUS, "Salon": SALON})
    with pytest.raises(UnreadableError) as refused:
        opened(str(path)).pull(f"{path}#Absente")
    assert "Contenus, Salon" in refused.value.remedy


def test_a_file_whose_name_has_the_sign_of_sheets(tmp_path: Path) -> None:
    """A `#` in a file's own name is no sheet."""
    path = tmp_path / "plan #2.xlsx"
    path.write_bytes(as_xlsx({"Contenus": CONTENUS, "Salon": SALON}))
    connector = opened(str(path))
    assert connector.pull(f"{path}#Salon").snapshot.board.name == "plan #2 – Salon"
    assert connector.pull(str(path)).snapshot.board.name == "plan #2 – Contenus"


def test_a_sheet_may_be_configured_by_name(workbook: Save) -> None:
    """Columns and alias of a configured sheet are its own; a sheet is read for its configured columns alone too."""
    path = workbook({"Contenus": CONTENUS, "Divers": [["Machin", "Bidule"], ["Flyer", "2027-01-05"]]})
    options = BoardOptions(at="Divers", alias="divers", columns={"title": "Machin", "due": "Bidule"})
    snapshot = opened("salon", options).pull(f"{path}#Divers").snapshot
    assert (snapshot.board.key, snapshot.board.alias) == ("salon/Divers", "divers")
    assert [(task.title, task.due) for task in snapshot.tasks] == [("Flyer", date(2027, 1, 5))]


def test_files_of_one_name_have_different_keys(tmp_path: Path) -> None:
    """Two files of one run never share a key, and a file's keys do not depend on where it lies."""
    pack, clock = FilePack(), SteppingClock()
    keys = []
    for folder in ("a", "b", "a"):
        path = tmp_path / folder / "plan.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(as_csv([["Titre"], ["Brief"]]))
        connector = pack.file(Account(id=str(path), clock=clock, zone=PARIS))
        keys.append(connector.pull(str(path)).snapshot.board.key)
    assert keys == ["plan.csv", "b/plan.csv", "plan.csv"]


@pytest.mark.parametrize(
    ("head", "name", "least", "most"),
    [
        (b"Titre;Qui\nA;L\xe9a\n", "plan.txt", 0.5, 0.59),
        (as_xlsx({"A": [["Titre"]]}), "plan.bin", 0.5, 0.59),
        (b'{"version": 1, "now": "x", "lang": "fr", "boards": [', "plan.json", 0.5, 0.59),
        (b"Alpha;Beta\n1;2\n", "plan.csv", 0.01, 0.2),
        (b"no workbook", "plan.xlsx", 0.01, 0.2),
    ],
)
def test_files_are_told_by_their_bytes(head: bytes, name: str, least: float, most: float) -> None:
    """Tables, workbooks and retro's JSON are claimed below a tool's own export; what only has the name, faintly."""
    found = FilePack().recognise(head, name)
    assert found is not None
    assert least <= found.confidence <= most


@pytest.mark.parametrize(
    ("head", "name"), [(b'{"cards": [], "lists": []}', "b.json"), (b"<html>", "a.html"), (b"\x89PNG\0\0", "a.png")]
)
def test_other_files_are_none_of_ours(head: bytes, name: str) -> None:
    """Other tools' JSON, pages and pictures are not claimed."""
    assert FilePack().recognise(head, name) is None


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04", b"\0\1\2\3"])
def test_a_workbook_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    """Whatever stands under the name of a workbook, the refusal has a place and a remedy."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableError) as refused:
        opened(str(path)).pull(str(path))
    assert refused.value.where.startswith(str(path))
    assert refused.value.remedy


def test_text_under_a_workbooks_name_is_read_as_text(tmp_path: Path) -> None:
    """Tools that save CSV as .xls are forgiven."""
    path = tmp_path / "plan.xls"
    path.write_bytes(as_csv([["Titre"], ["Brief"]]))
    assert [task.title for task in opened("s").pull(str(path)).snapshot.tasks] == ["Brief"]


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    """A path that leads nowhere is an error with words, for the sheets as for the board."""
    for read in (opened("s").pull, sheets):
        with pytest.raises(UnreadableError):
            read(str(tmp_path / "absent.csv"))


def test_a_file_is_no_account() -> None:
    """A file source cannot be connected to."""
    with pytest.raises(ConfigurationError):
        FilePack().live(Account(id="salon", clock=SteppingClock(), zone=ZoneInfo("UTC")))
    assert FilePack().handle("https://example.com/a") is None


def test_nothing_is_ever_written() -> None:
    """Every method that writes refuses."""
    connector = opened("salon")
    for write in (
        lambda: connector.provision([Provision(board="b", field="retro_latest", name="x")]),
        lambda: connector.push(Write(task="t", board="b", revision="r", fields=())),
        lambda: connector.retract("b", ["latest"]),
        lambda: connector.create("b", []),
    ):
        with pytest.raises(ReadOnlyError):
            write()


def own_json(*snapshots: Snapshot, version: int = 1) -> bytes:
    """An export of retro's, as its command writes it."""
    document = {
        "version": version,
        "now": "2027-01-04T10:00:00+01:00",
        "lang": "fr",
        "boards": [encode(each.board) for each in snapshots],
        "tasks": [encode(task) for each in snapshots for task in each.tasks],
        "people": [encode(person) for each in snapshots for person in each.people],
    }
    return dumps(document).encode()


def test_retros_own_json_comes_back_as_it_was(tmp_path: Path, workbook: Save) -> None:
    """Boards, tasks and people of an export have the keys and values that they had."""
    book = workbook({"Contenus": CONTENUS, "Salon": SALON})
    source = opened(str(book))
    first, second = (source.pull(f"{book}#{name}").snapshot for name in sheets(str(book)))
    first = replace(first, people=(Person(key="trello:1", name="Léa Martin", keys=("trello:1",)),))
    path = tmp_path / "plan.json"
    path.write_bytes(own_json(first, second))
    assert sheets(str(path)) == (first.board.key, second.board.key)
    again = [opened("own").pull(f"{path}#{name}").snapshot for name in sheets(str(path))]
    assert [each.tasks for each in again] == [first.tasks, second.tasks]
    assert [each.board for each in again] == [first.board, second.board]
    assert again[0].people == first.people


def test_half_an_emoji_is_no_text(tmp_path: Path) -> None:
    """Half of a surrogate pair, which no state could keep, is read as a question mark; a whole one stays."""
    task = Task(key="b:1", board="b", title="Visuel", memberships=(Membership("b"),))
    snapshot = Snapshot(board=Board(key="b", name="B", source="s"), tasks=(task,), read_at=SteppingClock().now())
    path = tmp_path / "plan.json"
    path.write_bytes(own_json(snapshot).replace(b'"Visuel"', rb'"\ud83d, \ud83c\udfa8 \\ud83d"'))
    assert [each.title for each in opened("own").pull(str(path)).snapshot.tasks] == ["?, 🎨 \\ud83d"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b'"version": 1', b'"version": 2'),
        lambda content: content.replace(b'"tasks": [', b'"tasks": [1,'),
        lambda content: content.replace(b'"board": "b"', b'"board": "other"'),
    ],
)
def test_spoilt_json_is_refused(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    """A cut file, a later version, and tasks that are none or of no board are refused with a remedy."""
    task = Task(key="b:1", board="b", title="Brief", memberships=(Membership("b"),))
    clock = SteppingClock()
    content = own_json(Snapshot(board=Board(key="b", name="B", source="s"), tasks=(task,), read_at=clock.now()))
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    assert opened("own").pull(str(path)).snapshot.tasks == (task,)
    path.write_bytes(spoil(content))
    with pytest.raises(UnreadableError) as refused:
        opened("own").pull(str(path))
    assert refused.value.remedy


class _Suite(ConnectorContract):
    """The contract on a CSV file that people edit."""

    __test__ = False
    absent = "plan:0"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "plan.csv"
        self.at = str(self._path)
        self._rows = [["ID", "Titre", "Notes"], ["1", "Brief", ""], ["2", "Article", ""]]
        self._save()

    def open(self, *, read_only: bool = False) -> Connector:
        return opened("plan")

    def comment(self, task: str) -> None:
        self._rows[1][2] = "bonjour"
        self._save()

    def rename(self, task: str, title: str) -> None:
        next(row for row in self._rows if f"plan:{row[0]}" == task)[1] = title
        self._save()

    def _save(self) -> None:
        self._path.write_bytes(as_csv(self._rows))


@pytest.mark.parametrize(
    "kept",
    [
        "test_describe_names_the_source",
        "test_pull_is_repeatable",
        "test_pull_tells_progress",
        "test_discover_lists_the_board",
        "test_read_agrees_with_pull",
        "test_read_leaves_absent_tasks_out",
        "test_a_comment_leaves_the_revision",
        "test_a_new_title_moves_the_revision",
        "test_a_read_only_token_writes_nothing",
    ],
)
def test_what_is_read_keeps_the_contract(tmp_path: Path, kept: str) -> None:
    """The reading half of the contract of connectors holds for files, which make no request and take no write."""
    getattr(_Suite(tmp_path), kept)()


def test_refusals_speak_the_language(tmp_path: Path) -> None:
    """The headings that a refusal proposes are in the current language."""
    path = tmp_path / "plan.csv"
    path.write_bytes(b"Alpha;Beta\n1;2\n")
    for language, word in (("en", "owner"), ("fr", "responsable")):
        use(language)
        with pytest.raises(UnreadableError) as refused:
            opened("s").pull(str(path))
        assert word in refused.value.remedy
