"""Exceptions on cards: what they hold back, and what is said of those that do not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.lint import BaseRule, LintResult, LintSettings, Override, Profile, lint
from retro.lint.examples import BOARD, ZONE, Case, a_board, a_task, case, key_of
from retro.lint.suppressions import Suppressions
from retro.model import (
    Anchor,
    AnchorOrigin,
    Finding,
    Portfolio,
    Project,
    Role,
    Severity,
    SuppressionFact,
    SuppressionState,
    Task,
    Template,
)
from retro.ports import Context, Rule

STANDARD = LintSettings(profile=Profile.STANDARD)


class Marked(BaseRule):
    """Speaks on every judged task whose title holds an x."""

    code: ClassVar[str] = "OWN901"
    name: ClassVar[str] = "marked"
    french_name: ClassVar[str] = "marquée"
    default: ClassVar[Severity] = Severity.ERROR
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("marked")
    many: ClassVar[Template | None] = Template("{count} of {base} marked")

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for the mark, on lines of checklists too."""
        for task in (*self.base(context), *context.items):
            if "x" in task.title:
                yield self.on_task(task)


class Other(Marked):
    """The same of another family."""

    code: ClassVar[str] = "DAT901"
    name: ClassVar[str] = "other"
    aggregates: ClassVar[bool] = False
    many: ClassVar[Template | None] = None


class Sleeping(Other):
    """A rule that is off until asked for, in the family of the first."""

    code: ClassVar[str] = "OWN902"
    name: ClassVar[str] = "sleeping"
    default: ClassVar[Severity] = Severity.OFF


class Fleeting(Other):
    """A rule that speaks at certain moments only."""

    code: ClassVar[str] = "RIT901"
    name: ClassVar[str] = "fleeting"
    comes_and_goes: ClassVar[bool] = True

    def check(self, context: Context) -> Iterator[Finding]:
        """Not now."""
        yield from ()


class Broken(Other):
    """A rule that crashes."""

    code: ClassVar[str] = "STA901"
    name: ClassVar[str] = "broken"

    def check(self, context: Context) -> Iterator[Finding]:
        """Fail."""
        raise ZeroDivisionError


class OfProjects(Other):
    """Says something of every project, and of every board."""

    code: ClassVar[str] = "END901"
    name: ClassVar[str] = "of-projects"

    def check(self, context: Context) -> Iterator[Finding]:
        """Speak of each."""
        for project in context.portfolio.projects:
            yield self.on_subject(project.key, project=project.key)
        for board in context.portfolio.boards:
            yield self.on_subject(board.key, board=board.key)


class Told(BaseRule):
    """Says what became of exceptions, state by state."""

    code: ClassVar[str] = "SRC906"
    name: ClassVar[str] = "told"
    french_name: ClassVar[str] = "dite"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("told")
    reads_suppressions: ClassVar[bool] = True

    def check(self, context: Context) -> Iterator[Finding]:
        """Tell each."""
        for fact in context.suppressions:
            if fact.state is SuppressionState.UNEXPLAINED:
                continue
            yield self.on_task(context.tasks[fact.task], detail=f"{fact.state.value} {fact.code or fact.text}")


RULES: tuple[Rule, ...] = (Marked(), Other(), Sleeping(), Fleeting(), OfProjects(), Told())


def judged(shown: Case, settings: LintSettings = STANDARD, rules: tuple[Rule, ...] = RULES) -> LintResult:
    """What the rules say of a case."""
    return lint(shown.context(), rules, settings)


def codes(result: LintResult) -> list[str]:
    """Codes of findings on tasks, exceptions' own apart."""
    return sorted(each.code for each in result.findings if each.code not in {"SRC906", "END901"})


def told(result: LintResult) -> list[str]:
    """What was said of exceptions."""
    return sorted(each.detail for each in result.findings if each.code == "SRC906")


def a_card(line: str, title: str = "x", **more: object) -> Task:
    """A marked card with a line in its description."""
    return replace(a_task(title), description=line, **more)  # type: ignore[arg-type]  # fields of a task


def test_a_finding_is_held_back_and_counted() -> None:
    """The code that a card names is not told of it; the other still is; the summary knows how many are held back."""
    result = judged(case("", a_card("retro: ignore OWN901 — shared")))
    assert codes(result) == ["DAT901"]
    assert result.suppressed == 1
    assert told(result) == []


def test_a_label_holds_back_as_a_line_does() -> None:
    """One label serves every card that carries it."""
    label = "retro : ignorer OWN, DAT901"
    result = judged(case("", a_task("x1", labels=(label,)), a_task("x2", labels=("SEO", label)), a_task("x3")))
    assert codes(result) == ["DAT901", "OWN901"]
    assert result.suppressed == 4
    assert told(result) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2027, 1, 31, 23, 59, tzinfo=ZONE), []),
        (datetime(2027, 2, 1, 0, 1, tzinfo=ZONE), ["expired OWN901"]),
    ],
)
def test_an_exception_holds_through_its_last_day(now: datetime, said: list[str]) -> None:
    """It holds on the day itself; from the day after, the finding is told again and so is the exception."""
    result = judged(case("", a_card("retro: ignore OWN901 until 2027-01-31"), now=now))
    assert ("OWN901" in codes(result)) is bool(said)
    assert told(result) == said


def test_an_expired_exception_is_told_even_where_nothing_is_left_of_the_finding() -> None:
    """Its last day has passed all the same."""
    result = judged(case("", a_card("retro: ignore OWN901 until 2027-01-01", title="o")))
    assert told(result) == ["expired OWN901"]


def test_each_code_is_judged_by_itself() -> None:
    """Of a line with several codes, those that hold nothing back are told, with the nearest code for a mistyped one."""
    shown = case("", a_card("retro: ignore OWN901, DAT901, DAT90l, DEP\nretro: ignore until Monday", title="o x"))
    result = judged(shown)
    assert told(result) == ["unknown DAT90L", "unknown DEP", "unreadable retro: ignore until Monday"]
    facts: list[SuppressionFact] = []

    class Keeps(Told):
        """Keeps what it is given."""

        def check(self, context: Context) -> Iterator[Finding]:
            """Say nothing."""
            facts.extend(context.suppressions)
            yield from ()

    judged(shown, rules=(Marked(), Other(), Keeps()))
    assert [(fact.code, fact.near) for fact in facts if fact.state is SuppressionState.UNKNOWN] == [
        ("DAT90L", "DAT901"),
        ("DEP", None),
    ]


def test_a_line_without_a_reason_is_known_as_such() -> None:
    """Whether anybody wants reasons is the rule's business; a label has no room for one."""
    label = "retro: ignore DAT901"
    tasks = (a_card("retro: ignore OWN901, DAT901", labels=(label,)), a_card("retro: ignore OWN901 — why", "x y"))
    facts = Suppressions(case("", *tasks).context()).facts(
        {"OWN901": "", "DAT901": ""}, lambda _: False, lambda *_: False
    )
    assert [(fact.task, fact.state, fact.code) for fact in facts] == [
        (key_of("x"), SuppressionState.UNEXPLAINED, "OWN901, DAT901")
    ]


def test_an_exception_without_effect_is_unused() -> None:
    """The rule ran on that card and had nothing to say."""
    assert told(judged(case("", a_card("retro: ignore OWN901", title="o")))) == ["unused OWN901"]


@pytest.mark.parametrize(
    ("line", "settings", "rules"),
    [
        ("OWN901", replace(STANDARD, select=("DAT", "SRC")), RULES),
        ("OWN901", replace(STANDARD, ignore=("OWN901",)), RULES),
        ("OWN901", replace(STANDARD, overrides=(Override(boards=("camp*",), ignore=("OWN",)),)), RULES),
        ("OWN902", STANDARD, RULES),
        ("RIT901", STANDARD, RULES),
        ("STA901", STANDARD, (*RULES, Broken())),
        ("SRC", STANDARD, RULES),
        ("OWN", replace(STANDARD, ignore=("OWN901",)), RULES),
        ("OWN901", replace(STANDARD, ignore=("SRC906",)), RULES),
    ],
)
def test_what_was_not_judged_is_not_called_unused(line: str, settings: LintSettings, rules: tuple[Rule, ...]) -> None:
    """Not selected, ignored, overridden there, off in the profile, mostly silent, crashed, of exceptions: no word."""
    assert told(judged(case("", a_card(f"retro: ignore {line}", title="o")), settings, rules)) == []


def test_a_beginning_is_unused_where_the_rules_that_are_on_had_nothing_to_say() -> None:
    """A rule of the family that is off by default says nothing for or against."""
    assert told(judged(case("", a_card("retro: ignore OWN", title="o")))) == ["unused OWN"]


@pytest.mark.parametrize(
    "task",
    [
        a_task("o", section="Terminé"),
        a_task("o", section="Idées"),
        a_task("o", section="Annulé"),
        replace(a_task("o"), archived=True),
        a_task("o", role=Role.TEMPLATE),
    ],
)
def test_nothing_is_said_of_cards_that_nobody_looks_at(task: Task) -> None:
    """Done, cancelled, archived, templates and ideas keep their lines in peace."""
    lines = "retro: ignore OWN901\nretro: ignore ZZZ\nretro: ignore DAT901 until 2020-01-01"
    assert told(judged(case("", replace(task, description=lines)))) == []


def test_mandatory_rules_are_never_held_back() -> None:
    """The finding stands, and the exception is told not to count."""
    result = judged(case("", a_card("retro: ignore OWN, DAT901")), replace(STANDARD, mandatory=("OWN",)))
    assert codes(result) == ["OWN901", "OWN902"]
    assert told(result) == ["mandatory OWN"]
    assert result.suppressed == 1


def test_less_than_a_family_covers_nothing() -> None:
    """One letter would hold back half of the catalogue."""
    result = judged(case("", a_card("retro: ignore O")))
    assert codes(result) == ["DAT901", "OWN901"]
    assert told(result) == ["unknown O"]


def test_findings_held_back_do_not_count_towards_most_of_a_board() -> None:
    """Six of eleven are one finding; with one of them held back it is five, each for itself."""
    cards = [a_task(f"x{number}") for number in range(6)] + [a_task(f"o{number}") for number in range(5)]
    rules: tuple[Rule, ...] = (Marked(), Told())
    assert [each.tally is not None for each in judged(case("", *cards), rules=rules).findings] == [True]
    cards[0] = replace(cards[0], description="retro: ignore OWN901")
    result = judged(case("", *cards), rules=rules)
    assert [each.task for each in result.findings] == [card.key for card in cards[1:6]]
    assert result.suppressed == 1


def test_a_card_speaks_for_the_lines_of_its_checklist() -> None:
    """Lines of a checklist that are tasks have no description of their own."""
    line = a_task("x line", parent=key_of("x"), role=Role.ITEM)
    result = judged(case("", a_card("retro: ignore OWN901"), line))
    assert [(each.code, each.task) for each in result.findings if each.code[:3] in {"OWN", "DAT"}] == [
        ("DAT901", key_of("x")),
        ("DAT901", line.key),
    ]


def with_project(*tasks: Task, row: Task) -> Context:
    """A project that a row stands for, and tasks of it."""
    shown = case("", *tasks, row)
    anchor = Anchor(key="a", name="Fair", date=date(2027, 3, 1), project=row.key, origin=AnchorOrigin.ROW)
    project = Project(
        key=row.key, name=row.title, boards=(BOARD,), tasks=tuple(each.key for each in tasks), anchors=(anchor,)
    )
    made = shown.context()
    return replace(made, portfolio=replace(made.portfolio, projects=(project,)))


def test_a_row_that_stands_for_a_project_speaks_for_all_of_it() -> None:
    """Its tasks and what is said of the project as a whole; not the board."""
    row = replace(a_task("Fair", role=Role.PROJECT), description="retro: ignore OWN901, END901")
    result = lint(with_project(a_task("x"), row=row), RULES, STANDARD)
    assert [(each.code, each.subject) for each in result.findings] == [("END901", BOARD), ("DAT901", key_of("x"))]
    assert result.suppressed == 2


def test_the_row_of_a_project_is_told_of_its_unused_exceptions() -> None:
    """A row is looked at as long as its project is not over."""
    row = replace(a_task("Fair", role=Role.PROJECT), description="retro: ignore OWN901")
    assert told(lint(with_project(a_task("o"), row=row), RULES, STANDARD)) == ["unused OWN901"]


def test_the_card_of_an_anchor_speaks_for_what_is_said_of_its_project() -> None:
    """A fair on a Saturday is accepted where the Saturday stands; other cards' findings are not touched."""
    milestone = replace(a_task("x fair", milestone=True), description="retro: ignore END, OWN901")
    shown = case("", milestone, a_task("x")).context()
    anchor = Anchor(key="a", name="Fair", date=date(2027, 3, 6), project="p", task=milestone.key)
    (project,) = shown.portfolio.projects
    portfolio: Portfolio = replace(shown.portfolio, projects=(replace(project, anchors=(anchor,)),))
    result = lint(replace(shown, portfolio=portfolio), (Marked(), OfProjects(), Told()), STANDARD)
    assert [(each.code, each.subject) for each in result.findings] == [("END901", BOARD), ("OWN901", key_of("x"))]


def test_the_other_board_keeps_its_findings() -> None:
    """An exception holds where it stands."""
    other = a_board("Autre", key="trello:autre")
    shown = case("", a_card("retro: ignore OWN901"), a_task("x2", on=other.key), boards=(a_board(), other))
    assert [each.task for each in judged(shown).findings if each.code == "OWN901"] == [key_of("x2")]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["x", "o"]),
            st.sampled_from(["", "OWN901", "OWN", "DAT901", "OWN901, DAT901", "ZZZ", "OWN901 until 2027-01-05"]),
        ),
        max_size=14,
    ),
    st.randoms(use_true_random=False),
)
def test_nothing_is_lost_and_order_does_not_matter(cards: list[tuple[str, str]], random: object) -> None:
    """Findings and those held back add up to what is said without exceptions; shuffled cards give the same."""
    tasks = [
        replace(a_task(f"{mark}{number}"), description=f"retro: ignore {line}" if line else "")
        for number, (mark, line) in enumerate(cards)
    ]
    rules: tuple[Rule, ...] = (Other(), Marked(aggregate=False), Told())
    plain = [replace(task, description="") for task in tasks]
    result = judged(case("", *tasks), rules=rules)
    assert len(codes(result)) + result.suppressed == len(codes(judged(case("", *plain), rules=rules)))
    shuffled = list(tasks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis's Random
    again = judged(case("", *shuffled), rules=rules)
    assert (again.findings, again.suppressed) == (result.findings, result.suppressed)
