"""Fixes as changes: which are made, which go first, and what keeps the others from being made."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from tests.memory_board import BOARD, NOW, PARIS

from retro.model import (
    Anchor,
    Board,
    BoardKind,
    Category,
    Day,
    Finding,
    Fix,
    Fixes,
    Portfolio,
    Project,
    Reference,
    Role,
    Severity,
    SourceState,
    SourceStatus,
    Status,
    StatusOrigin,
    Task,
    Template,
    Unfixed,
    WriteLevel,
)
from retro.ports import Capabilities
from retro.sync.decide import WritePolicy, decide_fixes
from retro.sync.decide.tasks import LastWrite

CAN = Capabilities(writable=frozenset({"start", "due", "title", "completed", "section"}))
POLICY = WritePolicy(capabilities=CAN)
WED6, FRI8, MON11 = date(2027, 1, 6), date(2027, 1, 8), date(2027, 1, 11)
DONE = Status("Terminé", Category.DONE, StatusOrigin.MAPPED)


def task(key: str = "t1", **facts: Any) -> Task:
    """A task that was edited yesterday."""
    made = Task(key=key, board=BOARD, title="SEO : audit", updated=NOW - timedelta(days=1), revision="r1")
    return replace(made, **facts)


def finding(field: str, new: Day | str | None, *, code: str = "NAM103", safe: bool = True, of: str = "t1") -> Finding:
    """A finding on a task, with its fix."""
    fix = Fix(field=field, new=new, safe=safe)
    template = Template("wrong")
    return Finding(
        code=code, name="x", severity=Severity.INFO, template=template, subject=of, board=BOARD, task=of, fix=fix
    )


TITLE = finding("title", "[SEO] audit")


def fixes(
    *findings: Finding,
    of: Task | None = None,
    others: tuple[Task, ...] = (),
    board: Mapping[str, Any] | None = None,
    portfolio: Mapping[str, Any] | None = None,
    policy: WritePolicy | None = POLICY,
    **asked: Any,
) -> Fixes:
    """What becomes of findings on one board."""
    made = Portfolio(
        boards=(Board(key=BOARD, name="Contenus", source="memory", **(board or {})),),
        tasks=(of or task(), *others),
        **(portfolio or {}),
    )
    given = {"unsafe": True, "last": {}, "declined": {}, "now": NOW, "zone": PARIS, **asked}
    return decide_fixes(findings, made, {} if policy is None else {BOARD: policy}, **given)


def why(made: Fixes) -> list[Unfixed]:
    """Why fixes were left, when none was made."""
    assert made.plan.changes == ()
    return [each.why for each in made.left]


def test_a_fix_becomes_a_change_of_its_own_level() -> None:
    """The change says the old value, the new one, the revision that it comes from and, as the why, the rule's code."""
    (change,) = fixes(TITLE).plan.changes
    assert (change.field, change.old, change.new) == ("title", "SEO : audit", "[SEO] audit")
    assert (change.level, change.why, change.revision) == (WriteLevel.FIX, "NAM103", "r1")
    assert fixes(TITLE).findings == {change.id: TITLE}


def test_unsafe_fixes_are_asked_for() -> None:
    """Without leave, an unsafe fix is left and said to be so; the codes of those that are made are told."""
    due = finding("due", FRI8, code="DAT104", safe=False)
    assert why(fixes(due, unsafe=False)) == [Unfixed.UNSAFE]
    made = fixes(TITLE, due)
    assert ([each.field for each in made.plan.changes], made.unsafe) == (["title", "due"], ("DAT104",))


def test_the_first_of_a_cell_goes_first() -> None:
    """Of two fixes of one field of a task the first is made, the other one by another run."""
    made = fixes(TITLE, finding("title", "[SEO] SEO : audit", code="NAM101", safe=False))
    assert [change.why for change in made.plan.changes] == ["NAM103"]
    assert [each.why for each in made.left] == [Unfixed.AGAIN]


def test_a_fix_that_nobody_asked_for_takes_no_cell() -> None:
    """A graver unsafe fix that is not asked for leaves the cell to the safe one behind it."""
    first = finding("title", "[Web] SEO : audit", code="NAM101", safe=False)
    made = fixes(first, TITLE, unsafe=False)
    assert [change.why for change in made.plan.changes] == ["NAM103"]
    assert [each.why for each in made.left] == [Unfixed.UNSAFE]


def test_what_is_there_already_is_no_fix() -> None:
    """A finding whose fix the board holds by now makes nothing and is not counted."""
    made = fixes(finding("title", "SEO : audit"))
    assert (made.plan.changes, made.left) == ((), ())


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"opted_out": True}, Unfixed.OPTED_OUT),
        ({"archived": True}, Unfixed.CLOSED),
        ({"role": Role.TEMPLATE}, Unfixed.CLOSED),
        ({"role": Role.ITEM}, Unfixed.CLOSED),
        ({"status": DONE}, Unfixed.CLOSED),
        ({"updated": NOW - timedelta(minutes=5)}, Unfixed.RECENT),
    ],
)
def test_tasks_that_are_left_alone(facts: dict[str, Any], reason: Unfixed) -> None:
    """Opt-outs, what is archived, a template, a line of a checklist or done, and a quiet period hold for fixes too."""
    assert why(fixes(TITLE, of=task(**facts))) == [reason]


def test_a_tick_is_mended_on_what_is_done() -> None:
    """The tick and the list are the fields whose fixes are about tasks that are done."""
    tick = finding("completed", "complete", code="STA106", safe=False)
    (change,) = fixes(tick, of=task(status=DONE)).plan.changes
    assert (change.old, change.new) == (None, "complete")
    there = task(status=Status("Terminé", Category.DONE, StatusOrigin.NATIVE))
    assert fixes(tick, of=there).plan.changes == ()


def test_a_write_of_retros_own_is_no_edit_of_a_person() -> None:
    """Right after a fix, the next one of the same task need not wait for the quiet period."""
    just = task(updated=NOW - timedelta(minutes=1))
    last = {"t1": LastWrite((NOW - timedelta(minutes=1)).astimezone(UTC))}
    assert len(fixes(TITLE, of=just, last=last).plan.changes) == 1


def test_boards_that_are_left_alone() -> None:
    """A board that guests see, that was not read now, or whose tool does not let the field be written, is left."""
    assert why(fixes(TITLE, board={"guests_see": True})) == [Unfixed.GUESTS]
    assert fixes(TITLE, board={"guests_see": True}, policy=replace(POLICY, where_guests_see=True)).plan.changes
    assert why(fixes(TITLE, policy=None)) == [Unfixed.UNREAD]
    narrow = replace(POLICY, capabilities=Capabilities(writable=frozenset({"due"})))
    assert why(fixes(TITLE, policy=narrow)) == [Unfixed.TOOL]


def test_what_an_undo_took_back_is_not_made_again() -> None:
    """The same value is left until it changes, or is asked for again."""
    declined = {("t1", "title"): frozenset({"[SEO] audit"})}
    assert why(fixes(TITLE, declined=declined)) == [Unfixed.DECLINED]
    assert fixes(finding("title", "[SEO] l'audit"), declined=declined).plan.changes
    assert fixes(TITLE, declined=declined, policy=replace(POLICY, force=True)).plan.changes


DUE = finding("due", FRI8, code="DAT104", safe=False)


def test_dates_that_the_plan_rests_on_stay() -> None:
    """An anchor's date, a milestone's and a publication's are never moved; a due date of a span neither."""
    project = Project(
        key="p", name="P", boards=(BOARD,), anchors=(Anchor(key="a", project="p", name="A", date=FRI8, task="t1"),)
    )
    assert why(fixes(DUE, portfolio={"projects": (project,)})) == [Unfixed.STANDS]
    assert why(fixes(DUE, of=task(milestone=True))) == [Unfixed.STANDS]
    assert why(fixes(DUE, board={"kind": BoardKind.EDITORIAL})) == [Unfixed.STANDS]
    assert why(fixes(DUE, others=(task("t2", parent="t1"),))) == [Unfixed.SPAN]
    assert fixes(TITLE, others=(task("t2", parent="t1"),)).plan.changes


def test_dates_wait_for_sources_that_were_never_read() -> None:
    """A date may hang on tasks that nobody has seen; a title does not."""
    never = SourceState(id="base", kind="notion", state=SourceStatus.FAILED)
    made = fixes(TITLE, DUE, portfolio={"sources": (never,)})
    assert [change.field for change in made.plan.changes] == ["title"]
    assert [each.why for each in made.left] == [Unfixed.UNREAD]


def test_no_task_is_made_to_start_after_it_is_due() -> None:
    """A start behind the due date that stands is left; behind one that this run moves, it waits for the next run."""
    start = finding("start", MON11, code="DEP104", safe=False)
    assert why(fixes(start, of=task(due=FRI8))) == [Unfixed.CROSSED]
    made = fixes(finding("due", FRI8, code="DAT109", safe=False), start, of=task(due=MON11))
    assert [change.field for change in made.plan.changes] == ["due"]
    assert [each.why for each in made.left] == [Unfixed.AGAIN]
    assert fixes(finding("start", WED6, safe=False), of=task(due=FRI8)).plan.changes


def test_a_title_by_which_others_name_the_task_stays() -> None:
    """A rename would cut the link of a task that names this one by its title; one that follows its id is no matter."""
    by_title = Reference("seo : Audit", by_title=True, origin="checklist")
    by_words = Reference("t1", origin="column", text="SEO : audit +2j")
    by_id = Reference("t1", origin="relation", text="SEO : audit")
    for reference, stays in ((by_title, True), (by_words, True), (by_id, False)):
        made = fixes(TITLE, others=(task("t2", title="Autre", references=(reference,)),))
        assert [each.why for each in made.left] == ([Unfixed.NAMED] if stays else [])
