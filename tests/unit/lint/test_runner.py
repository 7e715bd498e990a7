"""Running rules: severity, assumptions, aggregation, one remark a task, a stable order, crashes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.lint import BaseRule, LintSettings, Override, Profile, by_code, by_severity, lint, reaches
from retro.lint.examples import BOARD, NOW, Case, a_board, a_task, case
from retro.model import BoardKind, Finding, Severity, Task, Template
from retro.ports import ConfigurationError, Context, Rule

STANDARD = LintSettings(profile=Profile.STANDARD)


class Marked(BaseRule):
    """Speaks on every judged task whose title holds an x."""

    code: ClassVar[str] = "OWN901"
    name: ClassVar[str] = "marked"
    french_name: ClassVar[str] = "marquée"
    default: ClassVar[Severity] = Severity.ERROR
    soft: ClassVar[Severity] = Severity.ERROR
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("marked")
    many: ClassVar[Template | None] = Template("{count} of {base} marked")

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for the mark."""
        for task in self.base(context):
            if "x" in task.title:
                yield self.on_task(task)


class Warned(Marked):
    """The same as a warning of a later family, never aggregated."""

    code: ClassVar[str] = "DAT901"
    name: ClassVar[str] = "warned"
    default: ClassVar[Severity] = Severity.WARNING
    soft: ClassVar[Severity] = Severity.INFO
    aggregates: ClassVar[bool] = False
    many: ClassVar[Template | None] = None


class Sleeping(Warned):
    """A rule that is off until asked for."""

    code: ClassVar[str] = "NAM906"
    name: ClassVar[str] = "sleeping"
    default: ClassVar[Severity] = Severity.OFF


class SleepingPack(Sleeping):
    """A rule of a pack that is off as a whole."""

    code: ClassVar[str] = "DCM906"
    by_prefix: ClassVar[bool] = True
    strict: ClassVar[Severity] = Severity.WARNING


class Broken(Warned):
    """A rule that crashes after it has spoken once."""

    code: ClassVar[str] = "STA901"
    name: ClassVar[str] = "broken"

    def check(self, context: Context) -> Iterator[Finding]:
        """Speak, then fail."""
        yield self.on_task(context.portfolio.tasks[0])
        raise ZeroDivisionError


def marked(count: int, plain: int = 0, section: str = "À planifier") -> Case:
    """One board with so many tasks that have the mark, and so many that have not."""
    titles = [f"x{number}" for number in range(count)] + [f"o{number}" for number in range(plain)]
    return case("", *(a_task(title, section=section) for title in titles))


def run(shown: Case, *rules: Rule, settings: LintSettings = STANDARD) -> tuple[Finding, ...]:
    """What the rules say of a case; none of them may crash."""
    result = lint(shown.context(), rules, settings)
    assert result.bugs == ()
    return result.findings


# Severity


@pytest.mark.parametrize(
    ("profile", "error", "warning"),
    [
        (Profile.DOUCE, Severity.ERROR, Severity.INFO),
        (Profile.STANDARD, Severity.ERROR, Severity.WARNING),
        (Profile.STRICTE, Severity.ERROR, Severity.ERROR),
    ],
)
def test_profiles_settle_severities(profile: Profile, error: Severity, warning: Severity) -> None:
    """The gentle profile keeps essentials and mutes the rest to info; the strict one has no warnings."""
    found = run(marked(1), Marked(), Warned(), settings=LintSettings(profile=profile))
    assert {finding.code: finding.severity for finding in found} == {"OWN901": error, "DAT901": warning}


@pytest.mark.parametrize("profile", Profile)
def test_a_rules_own_severity_wins_over_the_profile(profile: Profile) -> None:
    """`severity` of a rule is above any profile, and "off" silences it."""
    settings = LintSettings(profile=profile)
    assert run(marked(1), Marked(severity=Severity.WARNING), settings=settings)[0].severity is Severity.WARNING
    assert run(marked(1), Marked(severity=Severity.OFF), settings=settings) == ()


class Graver(Warned):
    """A rule of warnings, one of whose findings is an error."""

    code: ClassVar[str] = "BUF901"
    name: ClassVar[str] = "graver"

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for the mark; two of them are an error."""
        for task in self.base(context):
            if "x" in task.title:
                yield self.on_task(task, severity=Severity.ERROR if "xx" in task.title else None)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (Profile.DOUCE, ("info", "info")),
        (Profile.STANDARD, ("warning", "error")),
        (Profile.STRICTE, ("error", "error")),
    ],
)
def test_a_finding_may_be_graver_than_its_rule(profile: Profile, expected: tuple[str, str]) -> None:
    """It counts as those of a rule of that severity would; the rule's own option still decides for all."""
    shown = case("", a_task("x"), a_task("xx"))
    found = run(shown, Graver(), settings=LintSettings(profile=profile))
    assert {finding.subject: finding.severity for finding in found} == dict(
        zip(("trello:x", "trello:xx"), expected, strict=True)
    )
    assert {finding.severity for finding in run(shown, Graver(severity=Severity.INFO))} == {Severity.INFO}


def test_what_rules_share_is_made_once() -> None:
    """A context gives every rule the same derived facts, and another context its own."""
    first, other = marked(2).context(), marked(3).context()
    made: list[int] = []

    def count(context: Context) -> int:
        made.append(len(context.tasks))
        return made[-1]

    assert [first.derived(count), first.derived(count), other.derived(count)] == [2, 2, 3]
    assert made == [2, 3]


def test_a_rule_that_is_off_speaks_at_info_when_asked_for_by_its_code() -> None:
    """Off by default: silent in every profile, heard when its whole code is selected, and not by its family's."""
    assert run(marked(1), Sleeping()) == ()
    found = run(marked(1), Sleeping(), settings=replace(STANDARD, extend_select=("nam906",)))
    assert [finding.severity for finding in found] == [Severity.INFO]
    assert run(marked(1), Sleeping(), settings=replace(STANDARD, select=("NAM",))) == ()


def test_a_pack_that_is_off_as_a_whole_is_woken_by_its_family() -> None:
    """Nobody has to name all of its rules."""
    found = run(marked(1), SleepingPack(), settings=replace(STANDARD, extend_select=("DCM",)))
    assert [finding.severity for finding in found] == [Severity.INFO]
    assert run(marked(1), SleepingPack()) == ()


def test_a_rule_that_is_off_may_speak_in_the_strict_profile() -> None:
    """At the severity that it has there, and in no other profile."""
    for profile, said in ((Profile.STRICTE, [Severity.WARNING]), (Profile.STANDARD, []), (Profile.DOUCE, [])):
        found = run(marked(1), SleepingPack(), settings=replace(STANDARD, profile=profile))
        assert [finding.severity for finding in found] == said


def test_a_mandatory_rule_cannot_be_silenced() -> None:
    """Neither ignore nor severity=off nor an override touches a mandatory rule."""
    settings = replace(
        STANDARD, ignore=("OWN",), mandatory=("OWN901",), overrides=(Override(boards=("*",), ignore=("OWN",)),)
    )
    assert [f.severity for f in run(marked(1), Marked(severity=Severity.OFF), settings=settings)] == [Severity.ERROR]


def test_nothing_above_info_rests_on_an_assumption() -> None:
    """In a list that no word list knows, whatever a rule says is info, marked as assumed, even by its own option."""
    unknown = marked(1, section="Zone 51")
    for rule in (Marked(), Marked(severity=Severity.ERROR), Warned()):
        (found,) = run(unknown, rule)
        assert (found.severity, found.assumed) == (Severity.INFO, True)


# Aggregation


@given(count=st.integers(0, 24), plain=st.integers(0, 24))
def test_aggregation_begins_over_half_of_ten(count: int, plain: int) -> None:
    """One finding stands for all exactly where more than half of at least ten judged tasks have the fault."""
    found = run(marked(count, plain), Marked())
    if count + plain >= 10 and count > plain:
        (one,) = found
        assert one.tally is not None
        assert (one.tally.count, one.tally.base, len(set(one.tally.keys))) == (count, count + plain, count)
        assert (one.subject, one.board, one.task, one.severity) == (BOARD, BOARD, None, Severity.ERROR)
        assert one.params == {"count": count, "base": count + plain}
    else:
        assert len(found) == count


def test_only_judged_tasks_are_the_base() -> None:
    """Done tasks and ideas count neither for nor against: six of ten open ones are most of them."""
    done = tuple(a_task(f"done {number}", section="Terminé") for number in range(20))
    shown = marked(6, 4)
    (one,) = run(replace(shown, tasks=shown.tasks + done), Marked())
    assert one.tally is not None
    assert (one.tally.count, one.tally.base) == (6, 10)


def test_aggregation_is_by_board() -> None:
    """One board's fault is told once; another's few tasks keep their own findings."""
    other = a_board("Autre", key="trello:autre")
    tasks = (*marked(10).tasks, *(a_task(f"x other {number}", on=other.key) for number in range(2)))
    found = run(case("", *tasks, boards=(a_board(), other)), Marked())
    assert Counter(finding.task is None for finding in found) == {True: 1, False: 2}


def test_aggregation_can_be_switched_off_and_on() -> None:
    """`aggregate=false` keeps one finding a task; a rule without a sentence for it never aggregates."""
    assert len(run(marked(12), Marked(aggregate=False))) == 12
    assert len(run(marked(12), Warned(aggregate=True))) == 12


def test_an_aggregated_finding_takes_the_highest_severity_of_its_members() -> None:
    """Most rest on an assumption, one does not: the finding is as severe as that one, and no assumption."""
    known, unknown = marked(1), marked(12, section="Zone 51")
    tasks = (*known.tasks, *(replace(task, key=f"u{task.key}") for task in unknown.tasks))
    (one,) = run(case("", *tasks), Marked())
    assert (one.severity, one.assumed) == (Severity.ERROR, False)
    (assumed,) = run(unknown, Marked())
    assert (assumed.severity, assumed.assumed) == (Severity.INFO, True)


# One remark a task


def test_the_primary_remark_is_the_most_severe_then_by_family() -> None:
    """Severity decides; between equals the family that stands first in the catalogue does."""
    found = run(marked(1), Warned(), Marked(), settings=LintSettings(profile=Profile.STRICTE))
    assert [(finding.code, finding.primary) for finding in found] == [("OWN901", True), ("DAT901", False)]
    found = run(marked(1), Warned(), Marked(severity=Severity.INFO))
    assert [(finding.code, finding.primary) for finding in found] == [("DAT901", True), ("OWN901", False)]


@given(st.lists(st.sampled_from(["x", "o"]), max_size=30), st.randoms(use_true_random=False))
def test_the_result_does_not_depend_on_order_and_every_task_has_one_primary(marks: list[str], random: object) -> None:
    """Tasks, boards and rules in any order give the same findings in the same order, one primary a task."""
    assert hasattr(random, "shuffle")
    boards = [a_board(), a_board("Autre", key="trello:autre")]
    tasks = [a_task(f"{mark}{place}", on=boards[place % 2].key) for place, mark in enumerate(marks)]
    rules: list[Rule] = [Marked(), Warned()]
    expected = run(case("", *tasks, boards=tuple(boards)), *rules)
    for things in (tasks, boards, rules):
        random.shuffle(things)
    assert run(case("", *tasks, boards=tuple(boards)), *rules) == expected
    primaries = Counter(finding.task for finding in expected if finding.primary and finding.task)
    assert set(primaries.values()) <= {1}
    assert set(primaries) == {finding.task for finding in expected if finding.task}


# Who is judged


def test_rules_judge_open_wanted_tasks_only() -> None:
    """Ideas, done, cancelled, archived and informative cards are never judged by default."""
    sections = ("Idées", "Terminé", "Annulé")
    silent: list[Task] = [a_task(f"x {section}", section=section) for section in sections]
    silent.append(replace(a_task("x archived"), archived=True))
    assert run(case("", *silent), Marked()) == ()


def test_a_rule_may_speak_on_some_kinds_of_board_only() -> None:
    """A rule of project boards is silent on a board that is always on."""

    class OnProjects(Warned):
        code: ClassVar[str] = "END901"
        kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    flow = a_board(kind=BoardKind.FLOW)
    assert run(replace(marked(1), boards=(flow,)), OnProjects()) == ()
    assert len(run(marked(1), OnProjects())) == 1


# Choice


@pytest.mark.parametrize(
    ("override", "silent"),
    [
        (Override(boards=("camp*",), ignore=("OWN",)), True),
        (Override(boards=("Campagne",), ignore=("OWN901",)), True),
        (Override(boards=("other",), ignore=("OWN",)), False),
        (Override(sources=("equipe",), ignore=("OWN",)), True),
        (Override(lists=("à plan*",), ignore=("OWN",)), True),
        (Override(lists=("Terminé",), ignore=("OWN",)), False),
        (Override(labels=("routine",), ignore=("OWN",)), True),
        (Override(labels=("[seo]",), ignore=("OWN",)), True),
        (Override(labels=("o", "[xyz]"), ignore=("OWN",)), False),
        (Override(lists=("A\u0300 PLANIFIER",), ignore=("OWN",)), True),
        (Override(boards=("camp*",), labels=("other",), ignore=("OWN",)), False),
        (Override(boards=("camp*",), select=("DAT",)), True),
        (Override(boards=("camp*",), select=("OWN",)), False),
    ],
)
def test_overrides_choose_by_board_source_list_and_label(override: Override, *, silent: bool) -> None:
    """All conditions of an override have to hold; it then ignores codes, or keeps the selected ones only."""
    shown = case("", a_task("x", labels=("Routine", "[SEO]")))
    found = run(shown, Marked(), Warned(), settings=replace(STANDARD, overrides=(override,)))
    assert ("OWN901" not in {finding.code for finding in found}) is silent


def test_an_override_takes_its_tasks_out_of_the_base() -> None:
    """What an override silences counts neither as found nor as judged."""
    tasks = (*marked(6, 3).tasks, *(a_task(f"o routine {n}", labels=("routine",)) for n in range(20)))
    settings = replace(STANDARD, overrides=(Override(labels=("routine",), ignore=("OWN",)),))
    assert len(run(case("", *tasks), Marked(), settings=settings)) == 6
    (one,) = run(case("", *tasks, a_task("o last")), Marked(), settings=settings)
    assert one.tally is not None
    assert one.tally.base == 10


def test_an_unknown_code_is_refused_before_anything_runs() -> None:
    """A misspelt code must not silently lint less."""
    with pytest.raises(ConfigurationError):
        lint(marked(1).context(), [Marked()], LintSettings(ignore=("OWM",)))


# Crashes and counts


def test_a_rule_that_crashes_is_a_bug_and_the_others_still_run() -> None:
    """The crash is reported with its rule, what it said before is dropped, the other rules speak."""
    result = lint(marked(1).context(), [Broken(), Marked()], STANDARD)
    assert [finding.code for finding in result.findings] == ["OWN901"]
    assert [(bug.code, type(bug.error)) for bug in result.bugs] == [("STA901", ZeroDivisionError)]


def test_counts_cover_every_finding() -> None:
    """Secondary remarks count like primary ones, an aggregated one counts once."""
    found = run(marked(12), Marked(), Warned())
    assert by_severity(found) == {Severity.ERROR: 1, Severity.WARNING: 12, Severity.INFO: 0}
    assert list(by_code(found).items()) == [("DAT901", 12), ("OWN901", 1)]
    assert reaches(found, Severity.ERROR)
    assert not reaches(run(marked(1), Warned()), Severity.ERROR)
    assert not reaches((), Severity.INFO)


def test_the_clock_of_the_examples_stands_still() -> None:
    """Examples are judged at one fixed instant."""
    assert marked(1).context().now == NOW


@pytest.mark.parametrize(
    ("options", "marks", "plain", "one"),
    [
        ({}, 6, 5, True),
        ({}, 5, 5, False),
        ({}, 9, 0, False),
        ({"share": 0.3}, 4, 7, True),
        ({"share": 0.3}, 3, 7, False),
        ({"share": 0.29}, 29, 71, False),
        ({"share": 0.0}, 1, 9, True),
        ({"share": 1.0}, 20, 0, False),
        ({"threshold": 3}, 2, 1, True),
        ({"threshold": 3}, 2, 0, False),
        ({"threshold": 20}, 15, 4, False),
        ({"aggregate": False, "share": 0.0}, 12, 0, False),
    ],
)
def test_share_and_threshold_say_what_most_of_a_board_is(
    options: dict[str, Any], marks: int, plain: int, *, one: bool
) -> None:
    """One finding stands for all above the rule's share of the tasks judged, and not below its threshold."""
    found = run(marked(marks, plain), Marked(**options))
    assert [finding.tally is not None for finding in found] == ([True] if one else [False] * marks)
