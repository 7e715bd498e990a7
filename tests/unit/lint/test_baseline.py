"""Findings that are accepted for now: what stays the same of them, and what a second look makes of the list."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from retro.lint import BaseRule, LintResult, LintSettings, Profile, lint
from retro.lint.baseline import Scope, pruned, written
from retro.lint.examples import BOARD, NOW, a_board, a_task, case, key_of
from retro.model import AcceptedFinding, Finding, FindingsBaseline, Identity, Severity, Task, Template
from retro.ports import Context, Rule

STANDARD = LintSettings(profile=Profile.STANDARD)
OTHER = "trello:autre"
ALL = frozenset({BOARD, OTHER})


class Marked(BaseRule):
    """Speaks on every judged task whose title holds an x."""

    code: ClassVar[str] = "OWN901"
    name: ClassVar[str] = "marked"
    french_name: ClassVar[str] = "marquée"
    default: ClassVar[Severity] = Severity.ERROR
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("marked")
    many: ClassVar[Template | None] = Template("{count} of {base} marked")
    field: ClassVar[str | None] = "owners"

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for the mark."""
        for task in self.base(context):
            if "x" in task.title:
                yield self.on_task(task)


class Twice(Marked):
    """Speaks twice on each of them, and once on the project."""

    code: ClassVar[str] = "DAT901"
    name: ClassVar[str] = "twice"
    aggregates: ClassVar[bool] = False
    many: ClassVar[Template | None] = None
    field: ClassVar[str | None] = None

    def check(self, context: Context) -> Iterator[Finding]:
        """Speak of each, and of the project."""
        for task in self.base(context):
            if "x" in task.title:
                yield self.on_task(task, detail="one")
                yield self.on_task(task, detail="two")
        for project in self.projects(context):
            yield self.on_subject(project.key, project=project.key)


RULES: tuple[Rule, ...] = (Marked(), Twice())


def context(tasks: Sequence[Task]) -> Context:
    """Two boards with these tasks."""
    return case("", *tasks, boards=(a_board(), a_board("Autre", key=OTHER))).context()


def judged(
    tasks: Sequence[Task],
    baseline: FindingsBaseline | None = None,
    settings: LintSettings = STANDARD,
    rules: tuple[Rule, ...] = RULES,
) -> LintResult:
    """What the rules say of them."""
    return lint(context(tasks), rules, settings, baseline=baseline)


def accept(
    tasks: Sequence[Task],
    before: FindingsBaseline | None = None,
    *,
    boards: frozenset[str] = ALL,
    whole: bool = True,
    rules: tuple[Rule, ...] = RULES,
    days: int = 0,
) -> FindingsBaseline:
    """A baseline of all that stands, so many days later."""
    result = judged(tasks, rules=rules)
    scope = Scope(boards=boards, rules=result.ran, whole=whole)
    return written(before, result.findings, scope, context(tasks).portfolio, NOW + timedelta(days=days))


def tidy(
    tasks: Sequence[Task],
    before: FindingsBaseline,
    *,
    boards: frozenset[str] = ALL,
    whole: bool = True,
    rules: tuple[Rule, ...] = RULES,
) -> FindingsBaseline:
    """The baseline without what does not occur any more."""
    result = judged(tasks, rules=rules)
    scope = Scope(boards=boards, rules=result.ran, whole=whole)
    return pruned(before, result.findings, scope, context(tasks).portfolio, NOW + timedelta(days=9))


def cards(marked: int, plain: int = 0, on: str = BOARD) -> list[Task]:
    """So many marked cards and so many others."""
    names = [*(f"x{number}" for number in range(marked)), *(f"o{number}" for number in range(plain))]
    return [a_task(name if on == BOARD else f"{name} autre", on=on) for name in names]


def subjects(baseline: FindingsBaseline, code: str = "OWN901") -> list[str]:
    """What the accepted findings of a rule are about."""
    return [each.subject for each in baseline.findings if each.code == code]


def test_what_is_accepted_is_not_told_again() -> None:
    """The counts remember it, and only what came since is told."""
    baseline = accept(cards(2, 5))
    result = judged([*cards(3, 5)], baseline)
    assert {(each.code, each.subject) for each in result.findings} == {
        ("OWN901", key_of("x2")),
        ("DAT901", key_of("x2")),
    }
    assert result.baselined == 7


def test_the_next_remark_of_a_card_takes_the_place_of_an_accepted_one() -> None:
    """What is primary is settled among those that stand."""
    baseline = accept(cards(1), rules=(Twice(),))
    result = judged(cards(1), baseline)
    assert [(each.code, each.primary) for each in result.findings] == [("OWN901", True)]


def test_an_entry_says_what_it_is_about() -> None:
    """Identity first; board, title and day for the reader."""
    (first, *_others) = accept(cards(1), rules=(Marked(),)).findings
    assert first == AcceptedFinding(
        code="OWN901",
        subject=key_of("x0"),
        field="owners",
        board=BOARD,
        title="x0",
        since=NOW.date(),
    )


def test_titles_and_severities_are_no_part_of_an_identity() -> None:
    """A card may be renamed, and a rule may become graver: what was accepted stays so."""
    baseline = accept(cards(1, 5))
    renamed = [replace(task, title=f"{task.title} bis") for task in cards(1, 5)]
    rules: tuple[Rule, ...] = (Marked(severity=Severity.WARNING), Twice(severity=Severity.INFO))
    assert judged(renamed, baseline, rules=rules).findings == ()


def test_a_finding_on_most_of_a_board_is_known_by_its_board() -> None:
    """Another card with the same fault changes nothing, for the board is what was accepted."""
    baseline = accept(cards(8, 4), rules=(Marked(),))
    assert subjects(baseline) == [BOARD]
    assert judged(cards(9, 4), baseline, rules=(Marked(),)).findings == ()


def test_none_of_its_tasks_is_new_when_it_comes_apart() -> None:
    """Once less than half is left, its tasks stand for themselves, accepted with the board; others are new."""
    baseline = accept(cards(8, 4), rules=(Marked(),))
    later = [*cards(3, 9), a_task("x new")]
    assert [each.subject for each in judged(later, baseline, rules=(Marked(),)).findings] == [key_of("x new")]


def test_pruning_leaves_the_tasks_of_one_that_came_apart() -> None:
    """The entry of the board gives way to those of its tasks that still have the fault, and nothing is added."""
    baseline = accept(cards(8, 4), rules=(Marked(),))
    after = tidy([*cards(3, 9), a_task("x new")], baseline, rules=(Marked(),))
    assert subjects(after) == [key_of("x0"), key_of("x1"), key_of("x2")]
    assert {each.since for each in after.findings} == {NOW.date()}
    assert after.written == NOW + timedelta(days=9)


def test_pruning_forgets_tasks_of_a_board_that_were_mended() -> None:
    """Of a finding that still stands for most, the tasks that have it no more are taken out, new ones not put in."""
    baseline = accept(cards(10, 4), rules=(Marked(),))
    (entry,) = tidy([*cards(9, 4), a_task("x new")], baseline, rules=(Marked(),)).findings
    assert (entry.subject, entry.tasks) == (BOARD, tuple(sorted(key_of(f"x{number}") for number in range(9))))


def test_a_rule_that_turns_grave_after_one_was_accepted_is_new_for_the_board() -> None:
    """A few accepted cards do not hide that most of the board has the fault by now."""
    baseline = accept(cards(2, 10), rules=(Marked(),))
    (finding,) = judged(cards(8, 4), baseline, rules=(Marked(),)).findings
    assert finding.subject == BOARD


def test_boards_that_were_not_read_keep_their_entries() -> None:
    """Neither writing nor pruning forgets what it did not look at."""
    both = [*cards(2, 3), *cards(1, 3, OTHER)]
    baseline = accept(both)
    for after in (
        tidy(cards(0, 3), baseline, boards=frozenset({BOARD}), whole=False),
        accept(cards(0, 3), baseline, boards=frozenset({BOARD}), whole=False),
    ):
        assert subjects(after) == subjects(accept(cards(1, 3, OTHER)))
        assert "p" in subjects(after, "DAT901")


def test_what_belongs_to_no_board_goes_only_when_all_were_read() -> None:
    """A remark on a project stands in no board: half a read proves nothing."""
    baseline = accept(cards(0, 3))
    assert subjects(baseline, "DAT901") == ["p"]
    without: tuple[Rule, ...] = (Marked(), type("Quiet", (Twice,), {"check": Marked.check, "code": "DAT901"})())
    assert subjects(tidy(cards(0, 3), baseline, whole=False, rules=without), "DAT901") == ["p"]
    assert subjects(tidy(cards(0, 3), baseline, rules=without), "DAT901") == []


def test_rules_that_did_not_run_keep_their_entries() -> None:
    """A run of one family says nothing about the others."""
    baseline = accept(cards(1, 3))
    assert tidy(cards(0, 3), baseline, rules=(Marked(),)).findings == tuple(
        each for each in baseline.findings if each.code == "DAT901"
    )


def test_nothing_changed_is_the_same_baseline() -> None:
    """The file of a second run need not be written: not even its date changes."""
    baseline = accept(cards(3, 5))
    assert accept(cards(3, 5), baseline, days=4) is baseline
    assert tidy(cards(3, 5), baseline) is baseline


def test_an_accepted_finding_keeps_its_day() -> None:
    """What was accepted first stays accepted since then; what joins it has a day of its own."""
    later = accept(cards(2, 5), accept(cards(1, 5)), days=4)
    assert {each.subject: each.since for each in later.findings if each.code == "OWN901"} == {
        key_of("x0"): date(2027, 1, 11),
        key_of("x1"): date(2027, 1, 15),
    }


def test_mandatory_rules_are_told_whatever_was_accepted() -> None:
    """An entry of theirs, from before they became mandatory, counts for nothing."""
    result = judged(cards(1, 3), accept(cards(1, 3)), replace(STANDARD, mandatory=("OWN",)))
    assert [each.code for each in result.findings] == ["OWN901"]
    assert result.baselined == 3


def rows(*titles: str) -> list[Task]:
    """Rows without an id: their place is all that tells them apart."""
    return [
        replace(a_task(title, key=f"{BOARD}:{place}"), identity=Identity.POSITIONAL)
        for place, title in enumerate(titles, start=1)
    ]


def test_rows_are_known_by_their_titles() -> None:
    """A row put in above moves the others down: the accepted one stays accepted, the one in its old place is new."""
    baseline = accept(rows("o", "x first", "o"), rules=(Marked(),))
    later = rows("o", "x second", "x first", "o")
    assert [each.subject for each in judged(later, baseline, rules=(Marked(),)).findings] == [f"{BOARD}:2"]


PORTFOLIO = st.lists(
    st.tuples(st.sampled_from(["x", "o"]), st.sampled_from([BOARD, OTHER]), st.booleans()), max_size=40
).map(
    lambda drawn: [
        replace(
            a_task(f"{mark}{number}", on=board, key=f"{board}:{number}"),
            identity=Identity.POSITIONAL if placed else Identity.NATIVE,
        )
        for number, (mark, board, placed) in enumerate(drawn)
    ]
)


@given(PORTFOLIO, st.randoms(use_true_random=False))
def test_what_was_just_written_leaves_nothing_new(tasks: list[Task], random: Random) -> None:
    """Whatever the boards, and in whatever order they are read, all of it is in the baseline, and stays as it is."""
    baseline = accept(tasks)
    again = list(tasks)
    random.shuffle(again)
    result = judged(again, baseline)
    assert result.findings == ()
    assert result.baselined == len(judged(tasks).findings)
    assert accept(again, baseline, days=1) is baseline
    assert tidy(again, baseline) is baseline
    assert accept(again) == baseline


@given(PORTFOLIO, PORTFOLIO)
def test_pruning_takes_out_and_never_hides_more(before: list[Task], after: list[Task]) -> None:
    """A pruned baseline tells of exactly what the whole one tells of, and has no entry without a finding."""
    baseline = accept(before)
    less = tidy(after, baseline)
    assert judged(after, less).findings == judged(after, baseline).findings
    assert {each.identity for each in less.findings} <= {each.identity for each in judged(after).findings}
