"""Sentences that several reports share."""

from dataclasses import replace
from typing import Any

import pytest

from retro.i18n import use
from retro.model import Assessment, EstimateOrigin, Owner, Project
from retro.report import lint_text, view_text, wording
from retro.report.meeting import Since, notes
from retro.report.meeting.markdown import write
from retro.report.outlook import Outlook, Prospect, outlooks
from retro.report.worklists import Wait


def plain(text: str) -> str:
    """French with plain spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def guessed(team: Assessment) -> Assessment:
    """The team's boards, on which nobody has given any estimate."""
    tasks = {
        key: replace(each, estimate_origin=EstimateOrigin.DEFAULT, work_minutes=480)
        for key, each in team.schedule.tasks.items()
    }
    return replace(team, schedule=replace(team.schedule, tasks=tasks))


@pytest.mark.parametrize(
    ("share", "wanted", "said"),
    [
        (-0.1, 0.2, "no margin, 20% wanted"),
        (0.16, 0.2, "margin 16%, 20% wanted"),
        (1.0, 0.2, "margin 100%, 20% wanted"),
        (1.01, 0.2, "more margin than work left"),
        (950.0, 0.2, "more margin than work left"),
        (1.2, 1.5, "margin 120%, 150% wanted"),
    ],
)
def test_a_margin_over_the_work_left_is_told_in_words(share: float, wanted: float, said: str) -> None:
    """A percentage of next to no work tells nobody anything, unless as much is asked for."""
    use("en")
    assert wording.margin(share, wanted) == said


def test_a_margin_of_guesses_is_none(team: Assessment, screen: Any) -> None:
    """Where most durations are assumed every report says so, and none gives a share of them."""
    terminal = screen(200)
    lint_text.draw(guessed(team), terminal.console)
    view_text.draw(guessed(team), terminal.console)
    said = plain(terminal.text + write(notes(guessed(team), Since())))
    assert said.count("la plupart des durées sont supposées") >= 3
    assert "visés" not in said.replace("aucune marge, 20 % visés", "")


def test_what_uses_a_margin_up_is_named(team: Assessment) -> None:
    """At most three of the tasks that are set too late, the others counted; those that nobody knows are left out."""
    use("en")
    tasks = {task.key: task for task in team.portfolio.tasks}
    keys = list(tasks)[:4]
    assert wording.crowded([], tasks) == wording.crowded(["gone"], tasks) == ""
    said = wording.crowded([*keys, "gone"], tasks)
    assert said.startswith("4 tasks are set to end later than their margin allows: ")
    assert said.endswith(f"{wording.short_title(tasks[keys[2]])}, …")


def test_the_notes_name_what_uses_a_margin_up(team: Assessment) -> None:
    """A date that holds only by the plan has the tasks below it that the team has set too late."""
    found = notes(team, Since())
    tight = next(each for each in found.outlooks if each.prospect is Prospect.TIGHT)
    key = next(key for key in tight.project.tasks if key in found.tasks)
    crowded: Outlook = replace(tight, crowded=(key,))
    said = write(replace(found, outlooks=(crowded,)))
    assert "est posée plus tard que sa marge ne le permet" in plain(said)


def test_levers_are_told_of_the_deciding_date(team: Assessment) -> None:
    """One sentence a way out, none without a date."""
    tasks = {task.key: task for task in team.portfolio.tasks}
    missed = outlooks(team, frozenset())[0]
    assert missed.anchor is not None
    assert len(wording.levers(missed.anchor, tasks, team.day_minutes)) == len(missed.anchor.levers) > 0
    assert wording.levers(None, tasks, team.day_minutes) == []


@pytest.mark.parametrize(
    ("lang", "waiter", "holder", "said"),
    [
        ("fr", "Léa", "Inès", "Léa attend Inès"),
        ("fr", "", "Inès", "Un responsable à désigner attend Inès"),
        ("fr", "Léa", "", "Léa attend un responsable à désigner"),
        ("en", "", "Inès", "An owner to be named waits for Inès"),
    ],
)
def test_who_waits_is_a_sentence_without_an_owner_too(
    team: Assessment, lang: str, waiter: str, holder: str, said: str
) -> None:
    """Where a task is nobody's, that is what is told, and not that nobody waits."""
    use(lang)
    blocker, task = team.portfolio.tasks[:2]
    waits, holds = (Owner(name, name) if name else None for name in (waiter, holder))
    assert wording.waiting(Wait(waits, holds, blocker, task, None)) == said


@pytest.mark.parametrize(
    ("missed", "lang", "said"),
    [
        (1, "fr", "Projet 0 ne tient pas sa date"),
        (2, "fr", "2 projets sur 3 ne tiennent pas leur date"),
        (3, "fr", "Aucun des 3 projets ne tient sa date"),
        (2, "en", "2 of 3 projects will miss their dates"),
        (3, "en", "None of the 3 projects makes its date"),
    ],
)
def test_the_headline_says_of_how_many(missed: int, lang: str, said: str) -> None:
    """One project that misses its date is named; several are counted among all; a name without end is cut."""
    use(lang)
    found = [
        Outlook(
            project=Project(key=f"p{number}", name=f"Projet {number}"),
            prospect=Prospect.MISSED if number < missed else Prospect.HOLDS,
            anchor=None,
        )
        for number in range(3)
    ]
    assert plain(wording.headline(found)) == said
    endless = replace(found[0], project=Project(key="p", name="Très " * 90))
    assert len(wording.headline([endless])) < 100
