"""A database's CSV export."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.connectors.notion.documents import PARIS

from retro.model import Category, Identity, Snapshot, Unreadable
from retro.ports import Account, ReadOnlyError, UnreadableError
from retro.testing.clock import SteppingClock
from retro_notion.export import read_export, recognise
from retro_notion.pack import PACK
from retro_notion.settings import BoardSettings
from retro_notion.spelt_dates import Span, span

HEX = "0123456789abcdef0123456789abcdef"
NAME = f"Campagne de printemps {HEX}.csv"
BRIEF, ARTICLE = "a" * 32, "b" * 32
BRIEF_LINK = f"[SEO] Brief (https://www.notion.so/SEO-Brief-{BRIEF}?pvs=21)"
ARTICLE_LINK = f"Article (https://www.notion.so/Article-{ARTICLE}?pvs=21)"
STAMP = "2 décembre 2026 10:00"
FRENCH = f"""\ufeffNom,Responsable,Échéance,Statut,Bloqué par,Charge (jours),Étiquettes,Date de création,Fait
[SEO] Brief,"Léa Martin, Paul Roux",5 janvier 2027,À faire,,2.5,"jalon, SEO",1 décembre 2026 09:15,No
Article,Léa Martin,6 janvier 2027 → 12 janvier 2027,En cours,{BRIEF_LINK},,,{STAMP},No
"Mise en ligne, enfin",,31 février 2027,Terminé,"{ARTICLE_LINK}, {BRIEF_LINK}",1,,{STAMP},Yes
"""
NOON = datetime(2027, 1, 5, 12, tzinfo=PARIS)
ENGLISH = """Task,Owner,Due date,Status
Brief,Ann Lee,"January 5, 2027 2:30 PM",To do
Article,,"January 6, 2027 → January 12, 2027",In progress
"""


def read(text: str, name: str = NAME, lang: str = "fr", settings: BoardSettings | None = None) -> Snapshot:
    """The export, read."""
    now = datetime(2027, 1, 4, 9, tzinfo=UTC)
    return read_export(text.encode(), name=name, read_at=now, zone=PARIS, lang=lang, settings=settings, source="base")


def test_a_french_export_is_read_as_the_live_database_is() -> None:
    """Title, people, dates, ranges, statuses, dependencies, work, labels and stamps."""
    found = read(FRENCH)
    brief, article, online = found.tasks
    assert (found.board.name, found.board.key) == (
        "Campagne de printemps",
        f"notion:{HEX[:8]}-89ab-cdef-0123-456789abcdef",
    )
    assert [owner.name for owner in brief.owners] == ["Léa Martin", "Paul Roux"]
    assert (brief.due, brief.start, brief.milestone, brief.channel) == (date(2027, 1, 5), None, True, "SEO")
    assert (article.start, article.due) == (date(2027, 1, 6), date(2027, 1, 12))
    assert brief.created == datetime(2026, 12, 1, 8, 15, tzinfo=UTC)
    assert [(e.value, e.unit) for e in brief.estimates] == [(2.5, "days")]
    assert [task.status.category for task in found.tasks] == [Category.TODO, Category.DOING, Category.DONE]
    assert online.title == "Mise en ligne, enfin"
    assert [each.text for each in online.references] == ["Article", "[SEO] Brief"]


def test_pages_that_dependencies_name_have_their_own_ids() -> None:
    """Keys agree with the live database's where the file shows ids; the other rows are known by their place."""
    brief, article, online = read(FRENCH).tasks
    assert brief.key == "notion:aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"
    assert (brief.identity, brief.handles) == (Identity.NATIVE, (f"notion:/{BRIEF}",))
    assert [each.target for each in article.references] == list(brief.handles)
    assert (online.key, online.identity, online.handles) == ("base:4", Identity.POSITIONAL, ())
    assert len({task.revision for task in read(FRENCH).tasks}) == 3


def test_an_impossible_date_is_kept_and_reported() -> None:
    """31 February is no date; its words stand in the task, in the field that they were meant for."""
    online = read(FRENCH).tasks[2]
    assert online.due is None
    assert online.unreadable == (Unreadable("due", "31 février 2027"),)
    assert online.extra["Échéance"] == "31 février 2027"


def test_an_english_export() -> None:
    """English headings, dates and hours."""
    brief, article = read(ENGLISH, "Plan.csv", "en").tasks
    assert brief.due == datetime(2027, 1, 5, 13, 30, tzinfo=UTC)
    assert (article.start, article.due) == (date(2027, 1, 6), date(2027, 1, 12))


@pytest.mark.parametrize(
    ("other", "day", "sure"), [("31/12/2026", 5, True), ("12/31/2026", 1, True), ("02/02/2027", 5, False)]
)
def test_the_order_of_day_and_month_is_settled_by_the_column(other: str, day: int, *, sure: bool) -> None:
    """Any part over 12 settles it; else the language does, and the task and the board say so."""
    found = read(f"Nom,Échéance\nA,05/01/2027\nB,{other}\n")
    assert found.tasks[0].due == date(2027, 1 if day == 5 else 5, day)
    assert ("due" in found.tasks[0].assumed) is not sure
    assert bool(found.board.warnings) is not sure
    assert "due" not in found.tasks[1].assumed
    if not sure:
        assert read(f"Nom,Échéance\nA,05/01/2027\nB,{other}\n", lang="en").tasks[0].due == date(2027, 5, 1)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1er août 2026", date(2026, 8, 1), None),
        ("5 janv. 2027", date(2027, 1, 5), None),
        ("Jan 5, 2027", date(2027, 1, 5), None),
        ("2027/01/05", date(2027, 1, 5), None),
        ("2027-01-05", date(2027, 1, 5), None),
        ("05/01/2027 14:30", datetime(2027, 1, 5, 13, 30, tzinfo=UTC), None),
        ("5 janvier 2027 à 14:30 (UTC+3)", datetime(2027, 1, 5, 11, 30, tzinfo=UTC), None),
        ("5 janvier 2027 14:30 (CET)", datetime(2027, 1, 5, 13, 30, tzinfo=UTC), None),
        ("January 5, 2027 12:30 AM → 12:00 PM", datetime(2027, 1, 5, 0, 30, tzinfo=PARIS), NOON),
        ("05/01/2027 → 08/01/2027", date(2027, 1, 5), date(2027, 1, 8)),
    ],
)  # fmt: skip
def test_dates_as_notion_spells_them(text: str, start: date, end: date | None) -> None:
    """Words or digits, with or without hours and zones, single or as a range."""
    assert span(text, PARIS, day_first=True) == Span(start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "→",
        "31/02/2027",
        "32 janvier 2027",
        "5 brumaire 2027",
        "5 janvier",
        "5 janvier 2027 25:00",
        "a → b → c",
        "TBD",
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Impossible days and hours, unknown months, partial dates, words."""
    assert span(text, PARIS, day_first=True) is None


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        (NAME, FRENCH, True),
        (f"Campagne {HEX}_all.csv", ENGLISH, True),
        (f"{HEX}.csv", ENGLISH, True),
        ("renommé.csv", FRENCH, True),
        ("plan.csv", ENGLISH, False),
        ("plan.csv", "Nom,Lien\nA,https://www.notion.so/agence\n", False),
        (f"Campagne {HEX}.md", FRENCH, False),
        (f"Campagne {HEX}.csv", "", False),
        (f"Campagne {HEX}.csv", "seule\n", False),
        (f"Campagne {HEX}.csv", "\0\0\1", False),
    ],
)
def test_exports_are_recognised_by_name_or_links(name: str, text: str, *, known: bool) -> None:
    """32 digits at the end of the name, or cells that name pages; other tables are left to other readers."""
    assert (recognise(text.encode(), name) is not None) is known


@pytest.mark.parametrize("text", ["", "   \n", "seule\nligne\n", 'Nom,Échéance\n"A,1\n'])
def test_what_is_no_table_is_refused_with_words(text: str) -> None:
    """Empty files, one column, a quotation mark that is never closed."""
    with pytest.raises(UnreadableError) as raised:
        read(text)
    assert raised.value.remedy


def test_columns_may_be_chosen() -> None:
    """The configuration's columns hold for exports too."""
    text = "Nom,Échéance,Rendu\nA,5 janvier 2027,8 janvier 2027\n"
    assert read(text, settings=BoardSettings(columns={"due": "Rendu"})).tasks[0].due == date(2027, 1, 8)


def test_files_are_read_through_the_pack_and_never_written(tmp_path: Path) -> None:
    """The pack's connector reads the path; every write is refused."""
    path = tmp_path / NAME
    path.write_text(FRENCH, "utf-8")
    assert PACK.parts(str(path)) == ("",)
    connector = PACK.file(Account(id="base", clock=SteppingClock(), zone=PARIS, lang="fr"))
    found = connector.pull(str(path)).snapshot
    assert len(found.tasks) == 3
    assert connector.describe().capabilities.own == frozenset()
    assert list(connector.discover()) == []
    for write in (
        lambda: connector.provision([]),
        lambda: connector.retract(found.board.key, []),
        lambda: connector.create(found.board.key, []),
        lambda: connector.read(found.board.key, []),
    ):
        with pytest.raises(ReadOnlyError):
            write()
    with pytest.raises(UnreadableError):
        connector.pull(str(tmp_path / "absent.csv"))
