"""A page of one project or one client: what it holds, and that it says of it what the whole says."""

from dataclasses import replace

import pytest
from tests import marketing_team

from retro.model import Assessment, Link, Severity, SourceState, SourceStatus
from retro.ports import ConfigurationError
from retro.report.outlook import outlooks
from retro.report.worklists import late_keys
from retro.run.showing import Part, clients, part_of


@pytest.fixture(scope="module")
def team() -> Assessment:
    """The assessment of one Monday morning."""
    return marketing_team.team()


def keys(assessment: Assessment) -> set[str]:
    """Keys of the tasks."""
    return {task.key for task in assessment.portfolio.tasks}


def test_nothing_asked_is_everything(team: Assessment) -> None:
    """Without a project or a client the assessment is the very same."""
    assert part_of(team, Part()) is team


def test_a_project_has_its_own_tasks_and_what_hangs_on_them(team: Assessment) -> None:
    """Tasks, dates, links, findings, boards, people and anchors are those of the project, and no others."""
    part = part_of(team, Part(project="Lancement Brise"))
    (project,) = part.portfolio.projects
    assert keys(part) == set(project.tasks) == {key for key in keys(team) if key.startswith("t:b")}
    assert set(part.schedule.tasks) == keys(part) & set(team.schedule.tasks)
    assert {anchor.project for anchor in part.schedule.anchors} == {"brise"}
    assert all({link.predecessor, link.successor} <= keys(part) for link in part.portfolio.links)
    assert {finding.task for finding in part.findings if finding.task} == {"t:b13"}
    assert {board.key for board in part.portfolio.boards} == {"trello:T"}
    assert {source.id for source in part.portfolio.sources} == {"equipe"}
    held = {owner.key for task in part.portfolio.tasks for owner in task.owners}
    assert {person.key for person in part.portfolio.people} == held | {"lea"}


@pytest.mark.parametrize("words", ["brise", "Brise", "lancement BRISE"])
def test_a_project_is_found_by_key_name_or_part_of_it(team: Assessment, words: str) -> None:
    """A key, a name and a part of one mean the project, whatever the case."""
    assert [each.key for each in part_of(team, Part(project=words)).portfolio.projects] == ["brise"]


def test_a_part_stands_as_it_stands_in_the_whole(team: Assessment) -> None:
    """The outlook of a project is the same on its own page as on the central one."""
    whole = {each.project.key: each for each in outlooks(team, late_keys(team))}
    for key, there in whole.items():
        part = part_of(team, Part(project=key))
        (alone,) = outlooks(part, late_keys(part))
        assert replace(alone, project=there.project, anchor=there.anchor) == there


def test_a_client_has_its_projects_and_the_tasks_that_name_it(team: Assessment) -> None:
    """A task of another project that names the client is theirs; one of theirs that names another client is not."""
    moved = {"t:f1": "Cidrerie du phare", "t:w5": "Maison Aubier"}
    tasks = tuple(replace(task, client=moved.get(task.key, task.client)) for task in team.portfolio.tasks)
    part = part_of(replace(team, portfolio=replace(team.portfolio, tasks=tasks)), Part(client="cidrerie"))
    assert [project.key for project in part.portfolio.projects] == ["site"]
    assert "t:f1" in keys(part)
    assert "t:w5" not in keys(part)
    assert "t:w5" not in part.portfolio.projects[0].tasks


def test_chains_and_levers_name_what_is_shown_only(team: Assessment) -> None:
    """A chain that comes from another client's board keeps its own steps, and a lever on another's task goes."""
    (anchor,) = (each for each in team.schedule.anchors if each.project == "salon")
    foreign = replace(
        anchor, chain=("t:w3", *anchor.chain), levers=tuple(replace(x, task="t:w3") for x in anchor.levers)
    )
    anchors = tuple(foreign if each is anchor else each for each in team.schedule.anchors)
    part = part_of(replace(team, schedule=replace(team.schedule, anchors=anchors)), Part(project="salon"))
    assert anchor.levers
    assert part.schedule.anchors[0].chain == anchor.chain
    assert part.schedule.anchors[0].levers == ()


def test_a_link_out_of_the_part_is_left_out(team: Assessment) -> None:
    """What waits for another project's task is shown without it."""
    linked = replace(team, portfolio=replace(team.portfolio, links=(Link("t:w3", "t:b4"), Link("t:b3", "t:b4"))))
    assert part_of(linked, Part(project="brise")).portfolio.links == (Link("t:b3", "t:b4"),)


def test_an_aggregated_finding_stays_with_any_of_its_tasks(team: Assessment) -> None:
    """It is about this part where one of its tasks is; a finding about another project is not."""
    codes = {finding.code for finding in part_of(team, Part(project="site")).findings}
    assert "NAM101" in codes
    assert "END104" not in codes
    assert any(each.severity is Severity.ERROR for each in team.findings if each.code == "END104")


def test_a_source_that_was_never_read_is_still_told(team: Assessment) -> None:
    """Nobody knows what is on it: the page of a project says so too."""
    lost = SourceState(id="autre", kind="trello", state=SourceStatus.FAILED, unread=("Salon",))
    whole = replace(team, portfolio=replace(team.portfolio, sources=(*team.portfolio.sources, lost)))
    assert lost in part_of(whole, Part(project="brise")).portfolio.sources


def test_clients_are_named_once(team: Assessment) -> None:
    """By name, whatever case they are written in."""
    tasks = (replace(team.portfolio.tasks[0], client="MAISON AUBIER"), *team.portfolio.tasks[1:])
    assert clients(replace(team.portfolio, tasks=tasks)) == ("Cidrerie du Phare", "Maison Aubier")


@pytest.mark.parametrize(
    ("part", "near"),
    [
        (Part(project="Lancement Bryse"), "Lancement Brise"),
        (Part(client="Maizon Aubier"), "Maison Aubier"),
        (Part(client="Cidrerie", project="Brise"), "Nouveau site"),
    ],
)
def test_an_unknown_name_is_told_with_those_near_it(team: Assessment, part: Part, near: str) -> None:
    """The error names what was meant, perhaps, or what there is."""
    with pytest.raises(ConfigurationError) as failed:
        part_of(team, part)
    assert near in str(failed.value)
