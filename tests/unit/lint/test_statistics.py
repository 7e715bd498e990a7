"""How much each rule found and took, and the score of each board."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import ClassVar

import pytest

from retro.lint import BaseRule, LintSettings, Profile, lint
from retro.lint.examples import BOARD, Case, a_board, a_task, case
from retro.lint.score import WEIGHTS, WHOLE
from retro.model import BoardKind, Finding, LintStatistics, Severity, Task, Template
from retro.ports import Context, Rule

STANDARD = LintSettings(profile=Profile.STANDARD)


class Marked(BaseRule):
    """An error on every judged task whose title holds an x."""

    code: ClassVar[str] = "OWN901"
    name: ClassVar[str] = "marked"
    french_name: ClassVar[str] = "marquée"
    default: ClassVar[Severity] = Severity.ERROR
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("marked")
    many: ClassVar[Template | None] = Template("{count} of {base} marked")
    sign: ClassVar[str] = "x"

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for the mark."""
        for task in self.base(context):
            if self.sign in task.title:
                yield self.on_task(task)


class Warned(Marked):
    """A warning where it holds a w, on boards of projects only."""

    code: ClassVar[str] = "DAT901"
    name: ClassVar[str] = "warned"
    default: ClassVar[Severity] = Severity.WARNING
    sign: ClassVar[str] = "w"
    aggregates: ClassVar[bool] = False
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})


class Noted(Marked):
    """An info where it holds an i."""

    code: ClassVar[str] = "DEP901"
    name: ClassVar[str] = "noted"
    default: ClassVar[Severity] = Severity.INFO
    sign: ClassVar[str] = "i"
    aggregates: ClassVar[bool] = False


class OfProjects(Marked):
    """A warning on every project."""

    code: ClassVar[str] = "END901"
    name: ClassVar[str] = "of-projects"
    default: ClassVar[Severity] = Severity.WARNING

    def base(self, context: Context) -> Iterator[Task]:
        """No task."""
        return iter(())

    def check(self, context: Context) -> Iterator[Finding]:
        """Speak of each."""
        for project in context.portfolio.projects:
            yield self.on_subject(project.key, project=project.key)


class Broken(Marked):
    """A rule that crashes."""

    code: ClassVar[str] = "STA901"
    name: ClassVar[str] = "broken"

    def check(self, context: Context) -> Iterator[Finding]:
        """Fail."""
        raise ZeroDivisionError


RULES: tuple[Rule, ...] = (Noted(), Warned(), Marked())


def measured(shown: Case, rules: Sequence[Rule] = RULES, *, timed: bool = False) -> LintStatistics:
    """The statistics of a case; each look at the stopwatch is a second later than the one before."""
    seconds = count()
    found = lint(
        shown.context(), rules, STANDARD, counted=True, stopwatch=(lambda: float(next(seconds))) if timed else None
    ).statistics
    assert found is not None
    return found


def test_nothing_is_counted_unasked() -> None:
    """Statistics cost a look at what every rule judges."""
    assert lint(case("", a_task("x")).context(), RULES, STANDARD).statistics is None


def test_each_rule_tells_its_share_of_what_it_judges() -> None:
    """Findings, tasks and tasks judged, the rule with most findings first; one without findings is there too."""
    other = a_board("Veille", key="trello:veille", kind=BoardKind.FLOW)
    shown = case(
        "", a_task("x w 1"), a_task("w 2"), a_task("o"), a_task("w 3", on=other.key), boards=(a_board(), other)
    )
    found = measured(shown)
    assert [(each.code, each.findings, each.tasks, each.judged) for each in found.rules] == [
        ("DAT901", 2, 2, 3),
        ("OWN901", 1, 1, 4),
        ("DEP901", 0, 0, 4),
    ]
    assert [each.share for each in found.rules] == [2 / 3, 1 / 4, 0]


def test_an_aggregated_finding_counts_all_of_its_tasks() -> None:
    """One finding, eight tasks of twelve."""
    shown = case("", *(a_task(f"x{number}") for number in range(8)), *(a_task(f"o{number}") for number in range(4)))
    (rule,) = measured(shown, (Marked(),)).rules
    assert (rule.findings, rule.tasks, rule.judged) == (1, 8, 12)


def test_a_rule_that_judges_no_tasks_has_no_share() -> None:
    """Of projects there is no share of tasks to tell."""
    (rule,) = measured(case("", a_task("x")), (OfProjects(),)).rules
    assert (rule.findings, rule.tasks, rule.share) == (1, 0, None)


def test_rules_are_measured_by_the_stopwatch_that_is_given() -> None:
    """Each rule took the second between two looks; one that crashed is no statistic."""
    assert [each.milliseconds for each in measured(case("", a_task("x")), (*RULES, Broken()), timed=True).rules] == [
        1000,
        1000,
        1000,
    ]
    assert [each.milliseconds for each in measured(case("", a_task("x"))).rules] == [None] * 3


@pytest.mark.parametrize(
    ("titles", "score"),
    [
        (["o", "o1"], 100),
        (["x", "o"], 50),
        (["w", "o"], 75),
        (["i", "o"], 95),
        (["x w i", "o"], 50),
        (["x", "w", "i", "o"], 60),
        (["x", "x1"], 0),
        ([], None),
    ],
)
def test_a_task_weighs_as_its_gravest_remark(titles: list[str], score: int | None) -> None:
    """100 × (1 − Σ weight ÷ tasks); without open tasks there is no score."""
    (board,) = measured(case("", *map(a_task, titles))).boards
    assert (board.board, board.open, board.score) == (BOARD, len(titles), score)


def test_a_remark_on_the_whole_takes_points_from_each_board_of_the_project() -> None:
    """A project's warning takes five points from each of its boards, and no score is below 0."""
    other = a_board("Site", key="trello:site")
    shown = case("", a_task("o"), a_task("x", on=other.key), boards=(a_board(), other))
    assert [each.score for each in measured(shown, (*RULES, OfProjects())).boards] == [95, 0]


def test_an_aggregated_finding_weighs_on_its_tasks() -> None:
    """Eight errors of twelve tasks, told as one, are still eight."""
    shown = case("", *(a_task(f"x{number}") for number in range(8)), *(a_task(f"o{number}") for number in range(4)))
    assert [each.score for each in measured(shown, (Marked(),)).boards] == [33]


def test_ideas_and_done_tasks_do_not_count() -> None:
    """The score is of what is still to be done."""
    shown = case("", a_task("x"), a_task("o"), a_task("o1", section="Idées"), a_task("o2", section="Terminé"))
    (board,) = measured(shown).boards
    assert (board.open, board.score) == (2, 50)


def test_what_is_suppressed_does_not_count() -> None:
    """A remark that the team answered is no fault of the board."""
    shown = case("", replace(a_task("x"), description="retro: ignore OWN901"), a_task("o"))
    assert [each.score for each in measured(shown).boards] == [100]


def test_every_severity_of_a_finding_has_its_weight() -> None:
    """No finding can be of a severity without weight."""
    assert set(WEIGHTS) == set(WHOLE) == set(Severity) - {Severity.OFF}
