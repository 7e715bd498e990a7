"""Every convention by which teams note what a card waits for, and nothing that is none."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from tests.connectors.trello import documents as made
from tests.connectors.trello.conftest import read

from retro.model import Estimate, EstimateOrigin, Lag, Task
from retro.run.links import resolve
from retro.schedule.durations import stated
from retro.schedule.options import ScheduleOptions
from retro_trello.dependencies import relations
from retro_trello.mapping import snapshot

Tasks = Callable[..., dict[str, Task]]
BRIEF, PLAN = "trello:/c/Lnk00002", "trello:/c/Lnk00003"


def board(checklists: list[made.Document] | None = None, **card: object) -> made.Document:
    """Three cards; the first says something of the others."""
    first = made.card(1, "Article", **card)
    return made.board(first, made.card(2, "Brief"), made.card(3, "Plan"), checklists=checklists or [])


def targets(document: made.Document, tasks: Tasks) -> list[tuple[str, str]]:
    """What the first card's references name, and where they were read."""
    return [(each.target, each.origin) for each in tasks(document)["Article"].references]


def links(document: made.Document) -> list[tuple[int, int]]:
    """The links that come of a board, by card number."""
    found = snapshot(read(document), source="s", read_at=datetime(2027, 1, 4, tzinfo=UTC), archived_known=True)
    number = {task.key: next(int(name[1:]) for name in task.handles if name[0] == "#") for task in found.tasks}
    return [(number[link.predecessor], number[link.successor]) for link in resolve(found.tasks).links]


@pytest.mark.parametrize(
    "name",
    [
        "Dependencies",
        "Depends on",
        "Prerequisites",
        "Blocked by",
        "Waiting on",
        "Dépendances",
        "DEPENDANCES :",
        "Prérequis",
        "Pré-requis",
        "Bloqué par",
        "🔗 Dépend de",
    ],
)
def test_checklists_of_prerequisites(tasks: Tasks, name: str) -> None:
    """A checklist of one of these names holds predecessors, and none of its lines is work of the card."""
    document = board([made.checklist(1, name, made.address(2))])
    assert targets(document, tasks) == [(BRIEF, "checklist")]
    assert tasks(document)["Article"].checklist == ()


@pytest.mark.parametrize(
    ("line", "state", "told"),
    [
        ("Logo reçu", "complete", []),
        ("Logo reçu", "incomplete", ["Logo reçu"]),
        ("brief", "complete", ["brief"]),
        (made.address(2), "complete", [BRIEF]),
    ],
)
def test_a_ticked_prerequisite_that_is_no_card_is_met(tasks: Tasks, line: str, state: str, told: list[str]) -> None:
    """Nobody looks for a card of that name any more; a tick on one that is a card takes no link away."""
    document = board([made.checklist(1, "Dépendances", line, state=state)])
    assert [target for target, _origin in targets(document, tasks)] == told
    assert tasks(document)["Article"].checklist == ()


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("https://trello.com/c/Lnk00002/2-brief-du-site", BRIEF),
        ("https://trello.com/c/Lnk00002", BRIEF),
        ("https://www.trello.com/c/Lnk00002?x=1", BRIEF),
        ("http://trello.com/c/Lnk00002/", BRIEF),
        ("trello.com/c/Lnk00002", BRIEF),
        ("attendre (https://trello.com/c/Lnk00002/2-brief), puis relire", BRIEF),
        ("[Brief](https://trello.com/c/Lnk00002/2-brief)", BRIEF),
        ('[Brief](https://trello.com/c/Lnk00002/2-brief "smartCard-inline")', BRIEF),
        ("#2", "#2"),
        ("voir #2 avant", "#2"),
        ("Brief", "Brief"),
        ("https://trello.com/c/Ailleurs1/7-autre-tableau", "trello:/c/Ailleurs1"),
    ],
)
def test_how_a_line_names_a_card(tasks: Tasks, line: str, target: str) -> None:
    """A card is named by its address, long or short, amid words or in Markdown, by its number, or by its title."""
    assert targets(board([made.checklist(1, "Dépendances", line)]), tasks) == [(target, "checklist")]


def test_a_ticked_line_is_a_link_still(tasks: Tasks) -> None:
    """A tick says that the other card is through, not that nothing waited for it."""
    document = board([made.checklist(1, "Dépendances", "#2", state="complete")])
    assert links(document) == [(2, 1)]


@pytest.mark.parametrize("name", ["Dépendances", "Depends on", "Bloqué par"])
def test_a_text_field_of_the_same_names(tasks: Tasks, name: str) -> None:
    """A text field holds links, numbers and exact titles, between semicolons or commas."""
    document = board(customFieldItems=[made.item(1, text=f"#2, {made.address(3)}; Brief")])
    document["customFields"] = [made.field(1, name, "text")]
    assert targets(document, tasks) == [("#2", "field"), (PLAN, "field"), ("Brief", "field")]
    assert links(document) == [(2, 1), (3, 1)]


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("Depends on: #2", True),
        ("Blocked by: https://trello.com/c/Lnk00002", True),
        ("**Dépend de :** https://trello.com/c/Lnk00002/2-brief", True),
        ("- Après : #2", True),
        ("Dépend de : la validation du client", False),
        ("Après le #2, on publie", False),
        ("après validation https://trello.com/c/Lnk00002", False),
        ("https://trello.com/c/Lnk00002", False),
    ],
)
def test_lines_of_a_description(tasks: Tasks, line: str, *, known: bool) -> None:
    """A line counts where it begins with the words, a colon and a link or number; prose never does."""
    document = board(desc=f"Contexte\n{line}\nMerci")
    assert [origin for _target, origin in targets(document, tasks)] == ["description"] * known


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Dépend de : https://trello.com/c/Lnk00002 +5 j", 5),
        ("Depends on: https://trello.com/c/Lnk00002 + 2.5 days", 2.5),
        ('Dépend de : [https://trello.com/c/Lnk00002](https://trello.com/c/Lnk00002 "smartCard-inline") +5 j', 5),
        ("Dépend de : [Brief](https://trello.com/c/Lnk00002) +1,5 jour, #3 +9 j", 1.5),
        ("Dépend de : https://trello.com/c/Lnk00002+5 j", 0),
        ("Dépend de : https://trello.com/c/Lnk00002 +5 juin", 0),
        ("Dépend de : https://trello.com/c/Lnk00002, +5 personnes", 0),
    ],
)
def test_waits_of_a_line(tasks: Tasks, line: str, days: float) -> None:
    """Working days stand behind a card, also once Trello's own editor has made its link one with a title."""
    first, *_others = tasks(board(desc=line))["Article"].references
    assert (first.target, first.lag) == (BRIEF, Lag(round(days * 420)))


def test_a_long_line_is_read_once() -> None:
    """A word or a blank of a hundred thousand letters behind a link takes no longer than it must."""
    for filler in ("a" * 100_000, " " * 100_000, "a +" * 30_000, 'a "' * 30_000):
        found = relations(f"Dépend de : https://trello.com/c/Lnk00002 {filler} +5 j", [], [], [], frozenset())
        assert [each.target for each in found.references] == [BRIEF]


@pytest.mark.parametrize("name", ["Children", "Sub-tasks", "Sous-tâches", "Subtasks"])
def test_checklists_of_parts(tasks: Tasks, name: str) -> None:
    """Such a checklist makes a parent and its children: no predecessors; a line without a card stays a line."""
    task = tasks(board([made.checklist(1, name, made.address(2), "#3", "Relire")]))["Article"]
    assert (task.children, task.references) == ((BRIEF, "#3"), ())
    assert [line.title for line in task.checklist] == ["Relire"]


def test_attached_cards_only_relate(tasks: Tasks) -> None:
    """An attached card tells no direction, so it makes no link."""
    document = board(attachments=[{"name": "brief", "url": made.address(2)}])
    assert tasks(document)["Article"].related == (BRIEF,)
    assert links(document) == []


def test_each_card_once_as_the_surest_place_says(tasks: Tasks) -> None:
    """What checklist, field and description repeat is one reference, read where it is surest; the order is theirs."""
    document = board(
        [made.checklist(1, "Dépendances", made.address(2))],
        desc=f"Dépend de : {made.address(2)}\nDépend de : {made.address(3)}",
        customFieldItems=[made.item(1, text=f"{made.address(2)}")],
    )
    document["customFields"] = [made.field(1, "Prérequis", "text")]
    assert targets(document, tasks) == [(BRIEF, "checklist"), (PLAN, "description")]


def test_one_link_however_it_is_named() -> None:
    """An address, a number and a title of one card are one link; a card that names itself waits for itself."""
    document = board(
        [made.checklist(1, "Dépendances", made.address(2), "#2", "Brief", made.address(1), "#1", "Article")]
    )
    assert links(document) == [(1, 1), (2, 1)]


@pytest.mark.parametrize(
    ("title", "points"),
    [
        ("(3) Logo", 3.0),
        ("Logo (3)", 3.0),
        ("[3] Logo", 3.0),
        ("Logo [0,5]", 0.5),
        ("🎯 (8) Logo", 8.0),
        ("(5) Logo [2]", 5.0),
        ("[SEO] Logo (2)", 2.0),
    ],
)
def test_points_of_a_title(tasks: Tasks, title: str, points: float) -> None:
    """Points stand in round brackets, else in square ones, at a title's beginning or end."""
    (said,) = tasks(made.board(made.card(1, title)))[title].estimates
    assert (said.origin, said.value) == (EstimateOrigin.POINTS, points)


def test_points_are_no_channel(tasks: Tasks) -> None:
    """A bare number in square brackets is no channel."""
    found = tasks(made.board(made.card(1, "[3] Logo"), made.card(2, "[B2B] Logo"), made.card(3, "[360] Logo")))
    assert [task.channel for task in found.values()] == [None, "B2B", None]


@pytest.mark.parametrize(("label", "size"), [("Taille : M", "M"), ("Size L", "L"), ("XS", "XS"), ("Effort: XL", "XL")])
def test_sizes_of_labels(tasks: Tasks, label: str, size: str) -> None:
    """A T-shirt size stands on a label alone or after the word for it."""
    document = made.board(made.card(1, "a", labels=[{"id": "x", "name": label}]))
    assert tasks(document)["a"].estimates == (Estimate(EstimateOrigin.SIZE, text=size),)


def test_the_boards_own_chain_goes_first(tasks: Tasks) -> None:
    """A field that the configuration names is read before all else, whether its own name tells of work or not."""
    document = made.board(
        made.card(1, "a (8)", customFieldItems=[made.item(1, number="2"), made.item(2, number="1.5")]),
        customFields=[made.field(1, "JH", "number"), made.field(2, "Budget temps interne", "number")],
    )
    task = tasks(document)["a (8)"]

    def minutes(*ways: str) -> tuple[int, EstimateOrigin] | None:
        return stated(task, ScheduleOptions(board_estimates={task.board: ways}), 420)

    assert minutes("field:JH=days") == (840, EstimateOrigin.NUMBER)
    assert minutes("field:Budget temps interne=hours") == (90, EstimateOrigin.NUMBER)
    assert minutes("points") == (1680, EstimateOrigin.POINTS)
    assert minutes() == (840, EstimateOrigin.NUMBER)
