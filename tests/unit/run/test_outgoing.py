"""A page that is sent out holds nothing that is the team's own or another client's."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import marketing_team

from retro.i18n import current_language, use
from retro.model import Assessment, Attachment, Owner, SourceStatus
from retro.ports import ConfigurationError
from retro.report.html import render
from retro.run.outgoing import outgoing
from retro.run.showing import Part, part_of

OTHER = "Cidrerie du Phare"
ON_THE_PAGE = (
    "https://trello.com/c/",
    "lea@agence.example",
    "equipe",
    "OWN101",
    "DAT103",
    "Personne n’en est responsable",
    "Sans responsable",
    "Sans date",
    "Charge",
    "Remarques",
    "Ce qu’on peut faire",
)
"""What a page of the team says, and one that is sent out never does."""

HIDDEN = ("tarif-secret", "Relancer la compta", "timeout", "agence", "trello", "Lancements", "Site et contenus")
"""What neither says, or the team’s only where there are several boards."""


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """French is the language, and what it was before comes back."""
    before = current_language()
    use("fr")
    yield
    use(before)


@pytest.fixture(scope="module")
def team() -> Assessment:
    """The Monday of the marketing team, its boards full of what is nobody else's business."""
    made = marketing_team.team()
    tasks = tuple(
        replace(
            task,
            title=f"{task.title} – comme pour la CIDRERIE DU PHARÉ, https://trello.com/c/x, voir lea@agence.example",
            channel=f"{task.channel} {OTHER}" if task.channel else OTHER,
            phase=OTHER,
            labels=(OTHER,),
            description="tarif-secret",
            comments=("Relancer la compta",),
            attachments=(Attachment("tarif-secret", "https://trello.com/a"),),
            owners=tuple(
                Owner(o.key, f"{o.name} {o.key}@agence.example", o.kind, f"{o.key}@agence.example") for o in task.owners
            ),
            extra={"Budget": "tarif-secret"},
        )
        for task in made.portfolio.tasks
    )
    portfolio = made.portfolio
    return replace(
        made,
        portfolio=replace(
            portfolio,
            sources=tuple(replace(each, state=SourceStatus.STALE, error="timeout") for each in portfolio.sources),
            tasks=tasks,
            people=tuple(replace(each, email=f"{each.key}@agence.example") for each in portfolio.people),
            projects=tuple(replace(each, name=f"{each.name}, {OTHER}") for each in portfolio.projects),
        ),
        schedule=replace(
            made.schedule,
            anchors=tuple(replace(each, name=f"{each.name} ({OTHER})") for each in made.schedule.anchors),
        ),
    )


@pytest.mark.parametrize("part", [Part(client="Maison Aubier"), Part(project="brise"), Part(project="salon")])
def test_a_page_that_is_sent_out_says_nothing_it_should_not(team: Assessment, part: Part) -> None:
    """No remark, load, board, link, address, source or other client stands anywhere in its markup."""
    page = render(outgoing(part_of(team, part), team), whole=team, public=True)
    assert "Maison Aubier" in page
    markup = re.sub(r"<(style|script)>.*?</\1>", "", unescape(page), flags=re.DOTALL)
    assert [each for each in (*ON_THE_PAGE, *HIDDEN, OTHER) if each.casefold() in markup.casefold()] == []
    assert not re.search(r"\bphar[eé]\b", markup, re.IGNORECASE)
    assert re.findall(r'href="([^"]*)"', markup) == ["#projects"]


def test_the_same_page_for_the_team_does(team: Assessment) -> None:
    """What is looked for above is there otherwise: the test could fail."""
    page = unescape(render(part_of(team, Part(client="Maison Aubier")), whole=team))
    assert [each for each in ON_THE_PAGE if each not in page] == []


def test_what_may_be_seen_is_there(team: Assessment) -> None:
    """Projects, their dates, tasks, who does them and who waits for whom."""
    part = part_of(team, Part(client="Maison Aubier"))
    sent = outgoing(part, team)
    assert [task.key for task in sent.portfolio.tasks] == [task.key for task in part.portfolio.tasks]
    assert sent.schedule.tasks == part.schedule.tasks
    assert sent.portfolio.links == part.portfolio.links
    assert {task.owners[0].name for task in sent.portfolio.tasks if task.owners} >= {"Hugo Lefèvre hugo"}
    assert "•••" in sent.portfolio.tasks[0].title


def test_several_clients_do_not_share_a_page(team: Assessment) -> None:
    """Without a word on whose page it is, none is made; the error names the clients."""
    with pytest.raises(ConfigurationError) as failed:
        outgoing(team, team)
    assert "Maison Aubier" in str(failed.value)
    assert OTHER in str(failed.value)


def test_a_task_of_another_client_leaves_the_project(team: Assessment) -> None:
    """Of a client's project, a task that names somebody else is not shown."""
    tasks = tuple(replace(task, client=OTHER) if task.key == "t:b4" else task for task in team.portfolio.tasks)
    whole = replace(team, portfolio=replace(team.portfolio, tasks=tasks))
    sent = outgoing(part_of(whole, Part(project="brise")), whole)
    assert "t:b4" not in {task.key for task in sent.portfolio.tasks}
    assert "t:b5" in {task.key for task in sent.portfolio.tasks}


def _titled(team: Assessment, title: str, other: str) -> str:
    (first, *rest) = (task for task in team.portfolio.tasks if task.key.startswith("t:b"))
    ours = replace(first, title=title)
    theirs = replace(rest[0], client=other)
    whole = replace(team, portfolio=replace(team.portfolio, tasks=(ours, theirs), projects=team.portfolio.projects[:2]))
    sent = outgoing(part_of(whole, Part(client="Maison Aubier")), whole)
    return sent.portfolio.tasks[0].title


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("[Aubier] Visuels", "[•••] Visuels"),
        ("Visuels de la Maison Aubier", "Visuels de la Maison Aubier"),
        ("Comme aubier, en mieux", "Comme •••, en mieux"),
        ("Aubiers et Aubière", "Aubiers et Aubière"),
        ("#aubier_2", "#aubier_2"),
        ("#aubier", "#•••"),
        ("Voir www.trello.com/c/x et à jean.paul@x.fr", "Voir ••• et à jean.paul"),
    ],
)
def test_names_are_struck_out_as_whole_words(team: Assessment, title: str, said: str) -> None:
    """Whatever their case, but not within the client's own name or another word."""
    assert _titled(team, title, "Aubier") == said


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_brings_a_name_through(before: str, after: str) -> None:
    """Whatever stands around it with a blank between, the other client's name is gone from the title."""
    made = marketing_team.team()
    assert "zéphyr" not in _titled(made, f"{before} ZÉPHYR {after}", "Zéphyr").casefold()
