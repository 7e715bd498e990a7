"""A proposal as a file: it loads, whatever boards are called, and says what it could not settle."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.config.load import parse
from retro.i18n import use
from retro.model import BoardKind, Category
from retro.model.proposal import (
    AnchorProposal,
    BoardProposal,
    DoubtfulPair,
    Note,
    OpenStatus,
    PersonProposal,
    ProjectProposal,
    Proposal,
    SourceProposal,
)
from retro.report.init_text import lines
from retro.report.init_toml import render, snippet, to_check

TODAY = date(2026, 11, 23)
BOARD = BoardProposal(alias="site", source="trello", at="https://trello.com/b/AbCd1234", name="Site", why="dated.")
PROJECT = ProjectProposal(alias="site", name="Site", boards=("site",))
WHOLE = Proposal(
    lang="fr",
    timezone="Europe/Paris",
    country="BE",
    sources=(SourceProposal(alias="trello", kind="trello", secrets={"token": {"env": "TRELLO_TOKEN"}}),),
    boards=(
        replace(
            BOARD,
            status={Category.DONE: ("Finalizado",)},
            columns={"due": ("v_]<", "Échéance")},
            estimate=("field:JH=days",),
        ),
        replace(BOARD, alias="vieux", picked=False, why="nothing since 2024."),
    ),
    projects=(replace(PROJECT, anchors=(AnchorProposal(name="Ligne", date=date(2027, 3, 1)),), settled=True),),
    people=(PersonProposal(alias="lea", name="Léa Martin", ids=("trello:1", "notion:2"), aliases=("l@x.example",)),),
    doubtful=(DoubtfulPair(("Léa", "Léa Martin"), ("trello:3", "notion:2")),),
    channels=("SEO",),
    clients=("Dupont",),
)
NOTION = replace(WHOLE, sources=(replace(WHOLE.sources[0], kind="notion"),))


def test_everything_of_a_proposal_is_in_the_file() -> None:
    """The file loads, and holds what was proposed; nothing may be written."""
    settings = parse(render(NOTION, TODAY), "retro.toml")
    board = settings.boards["site"]
    assert board.status == {"done": ["Finalizado"]}
    assert (board.columns, board.estimate, bool(board.write)) == ({"due": "id:v_]<"}, ["field:JH=days"], False)
    assert settings.projects["site"].anchors[0].date == date(2027, 3, 1)
    assert settings.sources["trello"].token.env == "TRELLO_TOKEN"
    assert settings.people["lea"].ids == ["trello:1", "notion:2"]
    assert (settings.lint.channels, settings.lint.clients) == (["SEO"], ["Dupont"])
    assert settings.calendar.country == "BE"
    assert "vieux" not in settings.boards


def test_a_board_left_out_comes_back_without_its_marks() -> None:
    """Its lines load once the marks before them are removed."""
    text = render(NOTION, TODAY)
    begin = text.index("# [boards.vieux]")
    end = text.index("\n\n", begin)
    opened = text[:begin] + text[begin:end].replace("# ", "") + text[end:]
    assert parse(opened, "retro.toml").boards["vieux"].at == BOARD.at


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
def test_no_name_breaks_the_file(name: str, other: str, note: str) -> None:
    """Quotes, line ends, brackets and marks of direction in what boards hold stay inside texts and comments."""
    board = replace(
        BOARD,
        name=name,
        at=other,
        status={Category.DONE: (name, other)},
        columns={"due": (other, name)},
        why=note,
        notes=(Note(note, check=True),),
    )
    status = OpenStatus(other, 1)
    open_board = replace(BOARD, alias="b", name=other, open_statuses=(status,), suggested={Category.TODO: (other,)})
    person = PersonProposal(alias="p", name=name, ids=(other, name))
    odd = replace(
        NOTION, boards=(board, open_board), people=(person,), channels=(name,), projects=(replace(PROJECT, name=name),)
    )
    settings = parse(render(odd, TODAY), "retro.toml")
    assert set(settings.boards) == {"site", "b"}
    assert set(settings.people) == {"p"}


def test_what_is_open_is_a_comment() -> None:
    """An unknown list, a kind that nobody settled and a missing date are each marked; an example stands beside it."""
    use("en")
    board = replace(
        BOARD, kind_sure=False, open_statuses=(OpenStatus("Parking", 2),), suggested={Category.TODO: ("Parking",)}
    )
    proposal = Proposal(lang="en", timezone="UTC", boards=(board,), projects=(PROJECT,), sources=WHOLE.sources)
    text = render(proposal, TODAY)
    assert text.count("to check: ") == to_check(proposal) == 3
    assert '# status = { todo = ["Parking"] }' in text
    assert '# anchors = [{ name = "Launch", date = 2027-02-15 }]' in text
    settings = parse(text, "retro.toml")
    assert not settings.boards["site"].status
    assert not settings.projects["site"].anchors


def test_a_date_that_is_only_likely_is_a_comment() -> None:
    """A suggested anchor does not hold until somebody takes it up."""
    likely = AnchorProposal(name="MEP", date=date(2025, 3, 20), sure=False)
    text = render(replace(NOTION, projects=(replace(PROJECT, anchors=(likely,)),)), TODAY)
    assert '# anchors = [{ name = "MEP", date = 2025-03-20 }]' in text


def test_files_have_no_write() -> None:
    """Nothing is said of writing where nothing can be written."""
    assert (
        "write" not in render(replace(NOTION, boards=(replace(BOARD, writable=False),)), TODAY).partition("[boards")[2]
    )


def test_a_snippet_leaves_out_what_is_there() -> None:
    """Sources that the configuration has are not repeated."""
    text = snippet(NOTION, {"trello"}, TODAY)
    assert "[sources" not in text
    assert text.startswith("# Site")
    assert snippet(Proposal(lang="en", timezone="UTC"), (), TODAY) == ""


@pytest.mark.parametrize(("lang", "mark"), [("fr", "à vérifier"), ("en", "to check")])
def test_the_last_words(lang: str, mark: str) -> None:
    """What was written is counted, in either language, with the word to look for and the next commands."""
    use(lang)
    said = "\n".join(lines(WHOLE, "x.toml", " -c x.toml"))
    assert mark in said
    assert "`retro -c x.toml lint`" in said
    assert mark in render(WHOLE, TODAY)


def test_kinds_are_written() -> None:
    """Each kind as the configuration calls it."""
    for kind in BoardKind:
        text = render(replace(NOTION, boards=(replace(BOARD, kind=kind),)), TODAY)
        assert parse(text, "x").boards["site"].kind == kind.value
