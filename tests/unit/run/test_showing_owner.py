"""One person's part of an assessment: what the person has, what waits for the person's approval, and its projects."""

import pytest
from tests import marketing_team

from retro.model import Category
from retro.ports import ConfigurationError
from retro.run.showing import Part, part_of

TEAM = marketing_team.team()


def test_a_person_has_tasks_and_approvals() -> None:
    """A task in review is the reviewer's as well as its owner's; nobody else's is there."""
    part = part_of(TEAM, Part(owner="Léa Martin")).portfolio
    for task in TEAM.portfolio.tasks:
        mine = any(owner.key == "lea" for owner in task.owners)
        approves = task.status.category is Category.REVIEW and task.reviewer is not None and task.reviewer.key == "lea"
        assert (task in part.tasks) == (mine or approves)
    assert any("lea" not in {owner.key for owner in task.owners} for task in part.tasks)


def test_a_person_has_the_projects_of_these_tasks() -> None:
    """Projects in which the person has nothing are left out, with their anchors; the others keep only these tasks."""
    part = part_of(TEAM, Part(owner="sofia"))
    assert [project.key for project in part.portfolio.projects] == ["salon", "brise"]
    assert {anchor.project for anchor in part.schedule.anchors} == {"salon", "brise"}
    kept = {task.key for task in part.portfolio.tasks}
    assert all(set(project.tasks) <= kept for project in part.portfolio.projects)
    assert all({link.predecessor, link.successor} <= kept for link in part.portfolio.links)


def test_parts_meet() -> None:
    """With a project as well, only what is both is there."""
    part = part_of(TEAM, Part(owner="Karim", project="brise")).portfolio
    assert {task.key for task in part.tasks} == {"t:b7", "t:b8", "t:b9", "t:b15"}


def test_nobody_of_that_name() -> None:
    """A name that means nobody is refused with those that there are."""
    with pytest.raises(ConfigurationError) as refused:
        part_of(TEAM, Part(owner="Zorro"))
    assert refused.value.where == "--owner"
