"""New pages in Notion: one request each, with what the database has a column for, and no option that it has not."""

from dataclasses import replace
from datetime import date

import pytest
from tests.connectors.notion.conftest import Live

from retro.model import Estimate, EstimateOrigin, Lag, Membership, Owner, Reference, Task
from retro.ports import WriteUncertainError

SIZES = tuple(
    Estimate(EstimateOrigin.NUMBER, value, unit)
    for unit, value in (("days", 2.5), ("hours", 17.5), ("minutes", 1050.0), ("", 17.5))
)


def new(title: str = "Film", **fields: object) -> Task:
    """A task that is to become a page."""
    return replace(Task(key="", board="", title=title), **fields)  # type: ignore[arg-type]  # fields by name


def test_a_page_is_one_request(live: Live) -> None:
    """Dates, status, owner, size and links go out with the page."""
    connector = live.connector()
    snapshot = connector.pull(live.database.url).snapshot
    key = snapshot.board.key
    brief = next(task for task in snapshot.tasks if task.title == "[SEO] Brief")
    mark = live.sandbox.log.mark()
    task = new(
        board=key,
        start=date(2027, 3, 26),
        due=date(2027, 3, 29),
        owners=(*brief.owners, Owner("new:graphiste", "Graphiste")),
        memberships=(Membership(key, "En cours"),),
        references=(Reference(brief.handles[0]),),
        estimates=SIZES,
        description="Rôle : vidéaste",
    )
    (page,) = connector.create(key, [task])
    assert live.asked(mark) == ["POST pages"]
    assert (page.start, page.due, page.status.raw) == (task.start, task.due, "En cours")
    assert page.owners == brief.owners
    assert [each.target for each in page.references] == [brief.handles[0]]
    assert [(each.value, each.unit) for each in page.estimates] == [(2.5, "days")]
    assert page.description is None  # no column of text


@pytest.mark.parametrize(
    ("heading", "amount"), [("Charge (jours)", 2.5), ("Temps estimé (h)", 17.5), ("Estimation", 17.5)]
)
def test_an_amount_is_in_the_unit_of_its_column(live: Live, heading: str, amount: float) -> None:
    """Of the sizes that are offered, that of the column's own unit is written; without one, that without a unit."""
    columns = live.database.document["properties"]
    del columns[next(key for key, each in columns.items() if each["type"] == "number")]
    live.database.column(heading, "number")
    connector = live.connector()
    key = connector.pull(live.database.url).snapshot.board.key
    (page,) = connector.create(key, [new(board=key, estimates=SIZES)])
    assert [each.value for each in page.estimates] == [amount]


def test_the_teams_options_stay_as_they_are(live: Live) -> None:
    """A status that the database has not is left out, and no option is added anywhere."""
    live.database.column("Type", "select", options=["Tâche", "Jalon"])
    connector = live.connector()
    key = connector.pull(live.database.url).snapshot.board.key
    before = [repr(each["config"]) for each in live.database.document["properties"].values()]
    unknown = new(board=key, memberships=(Membership(key, "Nulle part"),), milestone=True, labels=("Milestone",))
    (page,) = connector.create(key, [unknown])
    assert page.status.raw == "À faire"  # Notion's own first one
    assert page.milestone
    assert [repr(each["config"]) for each in live.database.document["properties"].values()] == before


@pytest.mark.parametrize(
    ("name", "kind", "options"),
    [("Jalon", "checkbox", []), ("Type", "select", ["Jalon"]), ("Étiquettes", "multi_select", ["Milestone"])],
)
def test_a_milestone_is_said_as_the_database_says_it(live: Live, name: str, kind: str, options: list[str]) -> None:
    """By a tick, a type or a label, whichever the database has."""
    live.database.column(name, kind, options=options)
    connector = live.connector()
    key = connector.pull(live.database.url).snapshot.board.key
    assert connector.create(key, [new(board=key, milestone=True)])[0].milestone


def test_texts_take_names_and_descriptions(live: Live) -> None:
    """A column of text holds an owner's name, even that of a role, and a description of any length."""
    columns = live.database.document["properties"]
    del columns[next(key for key, each in columns.items() if each["type"] == "people")]
    live.database.column("Responsable", "rich_text")
    live.database.column("Description", "rich_text")
    connector = live.connector()
    key = connector.pull(live.database.url).snapshot.board.key
    long = "très long " * 500
    (page,) = connector.create(key, [new(board=key, owners=(Owner("new:g", "Graphiste"),), description=long.strip())])
    assert [owner.name for owner in page.owners] == ["Graphiste"]
    assert page.description == long.strip()


def test_a_wait_stands_in_the_description(live: Live) -> None:
    """A relation holds no wait: a line of the description says it, is read back, and moves the revision."""
    live.database.column("Description", "rich_text")
    connector = live.connector()
    snapshot = connector.pull(live.database.url).snapshot
    key = snapshot.board.key
    brief, article = (task.handles[0] for task in snapshot.tasks[:2])
    waits = (Reference(brief, lag=Lag(4200)), Reference(article))
    (page,) = connector.create(key, [new(board=key, references=waits, description="Rôle : vidéaste")])
    (plain,) = connector.create(key, [new(board=key, references=(Reference(brief), Reference(article)))])
    assert {each.target: each.lag.value for each in page.references} == {brief: 4200, article: 0}
    assert (page.description or "").splitlines()[1:] == ["", "Rôle : vidéaste"]
    assert plain.description == ""
    for reader in (connector, live.connector()):
        read = {task.key: task for task in reader.pull(live.database.url).snapshot.tasks}
        assert read[page.key].revision == page.revision
        assert [link.lag for link in read[page.key].references] == [link.lag for link in page.references]


@pytest.mark.parametrize(
    ("line", "wait"),
    [
        ("Dépend de : {url} +10 j", 4200),
        ("Depends on: {url} +2,5 days", 1050),
        ("Voir {url} +10 j", 0),
        ("Dépend de : {url} +10 justificatifs", 0),
        ("Dépend de : https://exemple.fr/a +10 j", 0),
    ],
)
def test_which_lines_say_a_wait(live: Live, line: str, wait: int) -> None:
    """Working days after the address of a page, in a line that says what is waited for; nothing else is one."""
    live.database.column("Description", "rich_text")
    text = line.format(url=live.brief.url)
    live.database.page("Film", after=[live.brief], values={"Description": text})
    tasks = live.connector().pull(live.database.url).snapshot.tasks
    (link,) = next(task for task in tasks if task.title == "Film").references
    assert link.lag == Lag(wait)


def test_a_page_that_is_there_is_never_said_to_be_refused(live: Live) -> None:
    """Where its many links cannot be read back whole, the page is there all the same: it is not known how it stands."""
    pages = [live.database.page(f"Étape {number}") for number in range(26)]
    connector = live.connector()
    snapshot = connector.pull(live.database.url).snapshot
    key = snapshot.board.key
    before = tuple(Reference(task.handles[0]) for task in snapshot.tasks if task.title.startswith("Étape"))
    assert len(before) == len(pages)
    live.sandbox.faults.add("409:99@GET/properties")
    with pytest.raises(WriteUncertainError):
        connector.create(key, [new(board=key, references=before)])
    live.sandbox.faults.clear()
    titles = [task.title for task in live.connector().pull(live.database.url).snapshot.tasks]
    assert titles.count("Film") == 1
