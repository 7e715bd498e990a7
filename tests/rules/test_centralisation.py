"""Projects over boards and tools, and what a plan has no place for, in the cases that examples do not show."""

from dataclasses import replace
from datetime import date

import pytest

from retro.lint import BaseRule
from retro.lint.examples import BOARD, Case, a_board, a_link, a_task, case
from retro.model import (
    Board,
    BoardKind,
    ColumnUse,
    Finding,
    How,
    Project,
    Role,
    SourceState,
    SourceStatus,
    Task,
    Unreadable,
)
from retro.ports import Capabilities, Context
from retro_practices.cen.duplicate_across_boards import DuplicateAcrossBoards
from retro_practices.cen.project_without_plan import ProjectWithoutPlan
from retro_practices.cen.scattered_project import ScatteredProject
from retro_practices.cen.several_projects_on_a_board import SeveralProjectsOnABoard
from retro_practices.columns import told_by
from retro_practices.dat.no_due_date import NoDueDate
from retro_practices.own.no_owner import NoOwner
from retro_practices.src.missing_column import MissingColumn

DUE = date(2027, 2, 1)
BOARDS = tuple(a_board(name, key=f"trello:{name}") for name in "ABCD")


def of(rule: BaseRule, shown: Case | Context) -> list[Finding]:
    """What a rule says."""
    return list(rule.check(shown.context() if isinstance(shown, Case) else shown))


def on(board: str, title: str, *, due: date | None = DUE, client: str | None = None, key: str = "") -> Task:
    """A task of this title on the board of a letter."""
    return a_task(title, key=key or f"{board}:{title}", on=f"trello:{board}", due=due, client=client)


def twice(*tasks: Task) -> list[str]:
    """The tasks that CEN101 names."""
    return [each.subject for each in of(DuplicateAcrossBoards(), case("", *tasks, boards=BOARDS))]


@pytest.mark.parametrize(("due", "speaks"), [(date(2027, 2, 6), True), (date(2027, 2, 7), False), (None, False)])
def test_copies_are_due_within_five_days(due: date | None, *, speaks: bool) -> None:
    """Five days apart are one task, six are two; without a date nobody can tell."""
    assert bool(twice(on("A", "[Print] Flyer"), on("B", "[Print] Flyer", due=due))) is speaks


@pytest.mark.parametrize(
    "title",
    ["Kick-off", "Réunion hebdo", "Point hebdo", "Divers", "Weekly report", "Newsletter du mois", "Validation"],
)
def test_what_comes_back_or_says_no_work_of_its_own_is_no_copy(title: str) -> None:
    """Meetings, recurring work and vague titles stand on many boards."""
    assert twice(on("A", title), on("B", title)) == []


def test_a_title_that_comes_back_on_a_board_is_no_copy() -> None:
    """A newsletter every month on two boards is two newsletters; done ones count as having come back."""
    done = replace(
        on("A", "[CRM] Newsletter", due=date(2027, 1, 1), key="done"), status=a_task("x", section="Terminé").status
    )
    assert twice(on("A", "[CRM] Newsletter"), on("B", "[CRM] Newsletter")) == ["A:[CRM] Newsletter"]
    assert twice(on("A", "[CRM] Newsletter"), done, on("B", "[CRM] Newsletter")) == []


def test_a_title_on_three_boards_comes_from_a_model() -> None:
    """What every board has is the model's, not a copy."""
    assert twice(*(on(board, "[Print] Flyer") for board in "AB")) != []
    assert twice(*(on(board, "[Print] Flyer") for board in "ABC")) == []


def test_two_projects_of_one_client_may_share_a_task_by_mistake() -> None:
    """The same title for another client is another task; for the same one it is a copy."""

    def found(one: str, other: str) -> list[Finding]:
        tasks = (on("A", "[Print] Flyer", client=one), on("B", "[Print] Flyer", client=other))
        context = case("", *tasks, boards=BOARDS).context()
        apart = tuple(
            Project(key=task.board, name="", boards=(task.board,), tasks=(task.key,))
            for task in context.portfolio.tasks
        )
        return of(DuplicateAcrossBoards(), replace(context, portfolio=replace(context.portfolio, projects=apart)))

    assert len(found("Brise", "BRISE")) == 1
    assert found("Brise", "Cidre") == []


def test_which_copy_is_named_does_not_depend_on_the_order_of_tasks() -> None:
    """The board that comes first by name has the remark."""
    tasks = (on("A", "[Print] Flyer"), on("B", "[Print] Flyer"))
    assert twice(*tasks) == twice(*tasks[::-1]) == ["A:[Print] Flyer"]


def test_sources_tell_their_tools() -> None:
    """Three files are one tool; the kind of a source goes before its boards' keys."""
    boards = tuple(replace(board, source=f"s{number}") for number, board in enumerate(BOARDS[:3]))
    tasks = tuple(on(board, "[Print] Flyer") for board in "ABC")

    def said(*kinds: str) -> list[object]:
        states = tuple(SourceState(id=f"s{n}", kind=kind, state=SourceStatus.FRESH) for n, kind in enumerate(kinds))
        found = of(ScatteredProject(), case("", *tasks, boards=boards, sources=states))
        return [each.params["tools"] for each in found]

    assert said("file", "file", "file") == []
    assert said("trello", "notion", "trello") == []
    assert said("trello", "notion", "file") == [("Notion", "Trello", "file")]


def without_plan(*tasks: Task, kind: BoardKind = BoardKind.PROJECT) -> bool:
    """Whether CEN104 speaks of a board."""
    return bool(of(ProjectWithoutPlan(), case("", *tasks, boards=(a_board(kind=kind),))))


def test_any_place_in_time_is_a_plan() -> None:
    """A start, a line of a checklist with a date, a parent's date, even a date that could not be read."""
    bare = a_task("[Print] Flyer", due=None)
    assert without_plan(bare)
    assert not without_plan(bare, a_task("[Web] A", due=None, start=DUE))
    assert not without_plan(bare, replace(a_task("Ligne"), role=Role.ITEM, parent=bare.key))
    assert not without_plan(a_task("[Web] Site"), a_task("[Web] A", due=None, parent="trello:web-site"))
    assert not without_plan(replace(bare, unreadable=(Unreadable("due", "fin mars"),)))


def test_what_is_done_is_no_plan_for_what_is_left() -> None:
    """Dates of tasks that are over place nothing of what is open."""
    assert without_plan(a_task("[Print] Flyer", due=None), a_task("[Web] A", section="Terminé"))


def test_an_editorial_board_needs_no_plan() -> None:
    """Boards that are always on have publications, or requests, and no launch."""
    assert not without_plan(a_task("[Print] Flyer", due=None), kind=BoardKind.EDITORIAL)
    assert not without_plan(a_task("[Print] Flyer", due=None), kind=BoardKind.FLOW)


def test_a_link_to_what_is_not_read_is_a_link() -> None:
    """Somebody thought of what comes first."""
    bare = [a_task(f"[Web] {name}", due=None) for name in "AB"]
    assert of(ProjectWithoutPlan(), case("", *bare, links=(a_link("[Web] A", "[Web] B"),))) == []


def test_a_board_that_the_configuration_splits_is_silent() -> None:
    """Two projects on one board, each with its filter, are what the finding asks for."""
    tasks = [a_task(f"[Web] {client} {n}", client=client) for client in ("Brise", "Cidre") for n in range(3)]
    context = case("", *tasks).context()
    assert [each.detail for each in of(SeveralProjectsOnABoard(), context)] == ["clients"]
    split = tuple(
        Project(key=client, name=client, boards=(BOARD,), tasks=tuple(t.key for t in tasks if t.client == client))
        for client in ("Brise", "Cidre")
    )
    assert of(SeveralProjectsOnABoard(), replace(context, portfolio=replace(context.portfolio, projects=split))) == []


def test_clients_are_known_by_prefix_and_label_too() -> None:
    """Where the configuration names them; case and accents aside, one client is one."""
    tasks = (
        a_task("[Novalys] 5 posts"),
        a_task("[novalys] Flyer"),
        a_task("[Web] Page", labels=("Cidré",)),
        a_task("[Web] FAQ", labels=("cidre",)),
    )
    (found,) = of(SeveralProjectsOnABoard(), case("", *tasks, clients=("Novalys", "Cidre")))
    assert found.params["clients"] == ("Cidré", "novalys")
    assert of(SeveralProjectsOnABoard(), case("", *tasks)) == []


def table(*roles: str, kind: BoardKind = BoardKind.PROJECT) -> Board:
    """A sheet with columns of these roles."""
    uses = tuple(ColumnUse(role=role, name=role, how=How.NAMED) for role in ("title", *roles))
    return replace(a_board(kind=kind), mapping=uses)


TABLE = {"equipe": Capabilities(columns=True)}


def missing(board: Board, *tasks: Task, tool: Capabilities = TABLE["equipe"]) -> list[str]:
    """The roles that SRC109 misses on a board."""
    found = of(MissingColumn(), case("", *tasks, boards=(board,), capabilities={"equipe": tool}))
    return [each.detail for each in found]


def test_only_tables_lack_columns() -> None:
    """A card of Trello has all of it; a board whose columns are not known is not judged."""
    bare = a_task("Flyer", owners=(), due=None)
    assert missing(table("status"), bare) == ["owners", "due", "channel", "predecessors"]
    assert missing(table("status"), bare, tool=Capabilities()) == []
    assert missing(a_board(), bare) == []


def test_what_a_task_says_all_the_same_has_its_place() -> None:
    """Prefixes tell channels, groups tell statuses; a sheet that says so lacks nothing."""
    said = missing(table("owners", "due"), a_task("[Print] Flyer"))
    assert said == ["predecessors"]
    assert missing(table("owners", "due", kind=BoardKind.EDITORIAL), a_task("[Print] Flyer")) == []


def test_a_missing_column_is_not_said_of_each_task() -> None:
    """Where a table has no place for owners or due dates, the rules on them are silent; elsewhere they speak."""
    bare = a_task("Flyer", owners=(), due=None)
    shown = case("", bare, boards=(table("status"),), capabilities=TABLE)
    assert of(NoOwner(), shown) == of(NoDueDate(), shown) == []
    there = case("", bare, boards=(table("status", "owners", "due"),), capabilities=TABLE)
    assert [len(of(rule, there)) for rule in (NoOwner(), NoDueDate())] == [1, 1]


def test_a_board_beside_a_table_is_judged_as_ever() -> None:
    """What one sheet lacks silences nothing on another board."""
    boards = (table("status"), a_board("Autre", key="trello:autre"))
    context = case(
        "",
        a_task("Flyer", owners=(), due=None),
        a_task("[Web] A", on="trello:autre"),
        boards=boards,
        capabilities=TABLE,
    ).context()
    context = replace(context, capabilities=TABLE)
    assert [task.title for task in told_by("owners", context.wanted, context)] == ["[Web] A"]
