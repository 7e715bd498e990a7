"""A milestone whose list nobody knows may be over: what it alone makes late or short of margin is information."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.rules.test_a_day_later import TYPES, judged

from retro.lint.examples import BOARD, ZONE, a_board, a_link, a_task, key_of
from retro.model import Estimate, EstimateOrigin, Finding, Portfolio, Project, Task

NOW = datetime(2027, 1, 4, 9, tzinfo=ZONE)
WORK = (Estimate(EstimateOrigin.NUMBER, 420.0, "minutes"),)


def told(code: str, section: str, due: date) -> list[Finding]:
    """What a rule says of a page that a milestone waits for, by the milestone's list and the page's due date."""
    launch = a_task("Jalon", section=section, owners=(), due=date(2027, 1, 15), milestone=True)
    page: Task = replace(a_task("[Web] Landing page", owners=(), due=due), estimates=WORK)
    portfolio = Portfolio(
        boards=(a_board(),),
        tasks=(launch, page),
        links=(a_link(page.title, launch.title),),
        projects=(Project(key="p", name="Campagne", boards=(BOARD,), tasks=(launch.key, page.key)),),
    )
    return [each for each in TYPES[code]().check(judged(portfolio, NOW)) if each.task == key_of("[Web] Landing page")]


@pytest.mark.parametrize(
    ("code", "due"), [("BUF101", date(2027, 1, 15)), ("DAT109", date(2027, 1, 20)), ("END106", date(2027, 1, 20))]
)
def test_what_works_to_an_unsure_milestone_is_an_assumption(code: str, due: date) -> None:
    """The same page is told for sure where the milestone's list is known, and on an assumption where it is not."""
    assert [each.assumed for each in told(code, "À planifier", due)] == [False]
    assert [each.assumed for each in told(code, "Zone 51", due)] == [True]
