"""Who waits for whom: DEP102 and DEP105 to DEP110 in the cases that examples do not show."""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.lint.examples import BOARD, ZONE, Case, a_board, a_link, a_schedule, a_task, case, key_of
from retro.model import (
    AnchorVerdict,
    Finding,
    Lag,
    LagUnit,
    Link,
    LinkType,
    Nowhere,
    SourceState,
    SourceStatus,
    Task,
    UnresolvedLink,
)
from retro_practices.dep.broken_link import BrokenLink
from retro_practices.dep.done_before_predecessor import DoneBeforePredecessor
from retro_practices.dep.likely_link import LikelyLink
from retro_practices.dep.open_end import OpenEnd
from retro_practices.dep.redundant_link import RedundantLink
from retro_practices.dep.started_too_soon import StartedTooSoon
from retro_practices.stages import STAGES, stage_of

EDGES = st.integers(2, 8).flatmap(
    lambda count: st.sets(
        st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
        .map(sorted)
        .filter(lambda ends: ends[0] < ends[1])
        .map(tuple),
        max_size=20,
    )
)


def plain(edges: set[tuple[int, int]]) -> Case:
    """A network of open tasks named by numbers."""
    titles = sorted({end for edge in edges for end in edge})
    return case("", *(a_task(str(each)) for each in titles), links=tuple(a_link(str(a), str(b)) for a, b in edges))


def leads(edges: set[tuple[int, int]], first: int, last: int) -> bool:
    """Whether any way leads from one number to another, found by trying them all."""
    return any(a == first and (b == last or leads(edges, b, last)) for a, b in edges)


@given(edges=EDGES)
def test_redundant_links_are_those_that_transitive_reduction_removes(edges: set[tuple[int, int]]) -> None:
    """Exactly the links between whose ends another way leads are told, each with a task on such a way."""
    found = list(RedundantLink().check(plain(edges).context()))
    told = {(int(each.detail.split(":")[1]), int(each.subject.split(":")[1])) for each in found}
    assert told == {edge for edge in edges if leads(edges - {edge}, *edge)}
    for each in found:
        via, before, task = (int(str(key).split(":")[1]) for key in (each.params["via_key"], each.detail, each.subject))
        assert (via, task) in edges
        assert leads(edges, before, via)


@given(edges=EDGES, data=st.data())
def test_redundant_links_do_not_depend_on_the_order_of_input(edges: set[tuple[int, int]], data: st.DataObject) -> None:
    """Tasks and links in any other order give the same findings in the same words."""
    shown = plain(edges)
    other = replace(
        shown,
        tasks=tuple(data.draw(st.permutations(shown.tasks))),
        links=tuple(data.draw(st.permutations(shown.links))),
    )
    assert list(RedundantLink().check(shown.context())) == list(RedundantLink().check(other.context()))


@pytest.mark.parametrize(
    "link", [a_link("A", "C", LinkType.SS), a_link("A", "C", lag=Lag(1)), a_link("A", "C", lag=Lag(-1))]
)
def test_only_plain_links_are_redundant(link: Link) -> None:
    """A link that asks for something else than the way round is kept."""
    shown = case("", *(a_task(title) for title in "ABC"), links=(a_link("A", "B"), a_link("B", "C"), link))
    assert list(RedundantLink().check(shown.context())) == []


def test_tasks_in_a_circle_have_no_redundant_links() -> None:
    """The circle itself is told elsewhere; behind it nothing is judged, and the search ends."""
    links = (a_link("A", "B"), a_link("B", "A"), a_link("B", "C"), a_link("A", "C"))
    assert list(RedundantLink().check(case("", *(a_task(t) for t in "ABC"), links=links).context())) == []


def test_the_search_for_redundant_links_is_bounded() -> None:
    """Where the way round is longer than the bound, nothing is said; just within it, something is."""

    def found(length: int) -> list[Finding]:
        titles = [str(number) for number in range(length + 1)]
        chain = [a_link(one, other) for one, other in pairwise(titles)]
        links = (*chain, a_link(titles[0], titles[-1]))
        return list(RedundantLink().check(case("", *(a_task(title) for title in titles), links=links).context()))

    assert len(found(500)) == 1
    assert found(2000) == []


def nested(depth: int, section: str) -> list[Task]:
    """A parent "A" to do, and below it `depth` levels, the last of them in a list."""
    tasks = [a_task("A")]
    for level in range(depth):
        tasks.append(
            a_task(f"A{level}", section=section if level == depth - 1 else "À planifier", parent=tasks[-1].key)
        )
    return tasks


@pytest.mark.parametrize(
    ("section", "told"), [("Terminé", False), ("Prêt pour lancement", False), ("En validation", True)]
)
def test_a_parent_is_as_far_as_its_parts_at_any_depth(section: str, told: bool) -> None:  # noqa: FBT001 - a case
    """What the lowest part says decides, whatever lists its parents stand in."""
    shown = case("", *nested(4, section), a_task("B", section="À produire"), links=(a_link("A", "B"),))
    assert bool(list(StartedTooSoon().check(shown.context()))) is told


def test_a_parent_is_under_way_when_a_part_is() -> None:
    """The link stands on the parent: so does the finding, once."""
    shown = case(
        "",
        a_task("A"),
        a_task("B"),
        a_task("B1", section="À produire", parent=key_of("B")),
        a_task("B2", section="À produire", parent=key_of("B")),
        links=(a_link("A", "B"),),
    )
    assert [found.task for found in StartedTooSoon().check(shown.context())] == [key_of("B")]


def test_parents_in_a_circle_end_the_climb() -> None:
    """Two tasks that are each other's parent are judged without end only by a mistake."""
    one, other = a_task("A", parent=key_of("B")), a_task("B", parent=key_of("A"))
    part = a_task("C", section="À produire", parent=key_of("A"))
    shown = case("", one, other, part, a_task("D"), links=(a_link("D", "A"),))
    assert [found.task for found in StartedTooSoon().check(shown.context())] == [key_of("A")]


@pytest.mark.parametrize("kind", list(LinkType))
@pytest.mark.parametrize("lag", [Lag(), Lag(420), Lag(-420), Lag(-50, LagUnit.PERCENT)])
def test_what_a_link_asks_for_decides(kind: LinkType, lag: Lag) -> None:
    """Beginning is held back by the end of another task only, ending by that end too; an agreed lead by nothing."""
    before = a_task("A", section="À produire")
    begun = case("", before, a_task("B", section="À produire"), links=(a_link("A", "B", kind, lag),))
    done = case("", before, a_task("B", section="Terminé"), links=(a_link("A", "B", kind, lag),))
    assert bool(list(StartedTooSoon().check(begun.context()))) is (kind is LinkType.FS and lag.value >= 0)
    ends = kind in (LinkType.FS, LinkType.FF)
    assert bool(list(DoneBeforePredecessor().check(done.context()))) is (ends and lag.value >= 0)


def unresolved(*texts: str, why: Nowhere = Nowhere.MISSING) -> tuple[UnresolvedLink, ...]:
    """References of task A that lead nowhere."""
    return tuple(UnresolvedLink(key_of("A"), text, why=why) for text in texts)


def test_a_broken_link_that_is_written_twice_is_one_finding() -> None:
    """In the description and in the checklist: one remark, one identity."""
    found = list(BrokenLink().check(case("", a_task("A"), unresolved=unresolved("x", "x", "y")).context()))
    assert [each.detail for each in found] == ["x", "y"]


def test_what_was_not_read_may_be_what_is_missing() -> None:
    """Behind a source that failed, or a board that was cut, a missing target is only assumed; two titles are a fact."""
    shown = case("", a_task("A"), unresolved=unresolved("x")).context()
    failed = SourceState(id="s", kind="trello", state=SourceStatus.FAILED)
    for portfolio in (
        replace(shown.portfolio, sources=(failed,)),
        replace(shown.portfolio, boards=(replace(a_board(), whole=False),)),
    ):
        (found,) = BrokenLink().check(replace(shown, portfolio=portfolio))
        assert found.assumed
    twice = replace(shown.portfolio, sources=(failed,), unresolved=unresolved("x", why=Nowhere.AMBIGUOUS))
    (found,) = BrokenLink().check(replace(shown, portfolio=twice))
    assert not found.assumed


def on(*tasks: Task, links: tuple[Link, ...] = (), **more: object) -> list[Finding]:
    """What DEP102 says."""
    return list(OpenEnd().check(case("", *tasks, links=links, **more).context()))  # type: ignore[arg-type]  # by name


def due(title: str, day: int, **more: object) -> Task:
    """A task due in January."""
    return a_task(title, due=date(2027, 1, day), **more)  # type: ignore[arg-type]  # fields by name


def test_an_open_end_without_dates_is_told_where_several_are() -> None:
    """The only end is the project's; of two without dates neither is known to be the last."""
    chain = (a_task("A", due=None), a_task("B", due=None), a_task("C", due=None))
    assert on(*chain, links=(a_link("A", "B"), a_link("B", "C"))) == []
    assert [each.task for each in on(*chain, links=(a_link("A", "B"), a_link("A", "C")))] == [key_of("B"), key_of("C")]


def test_what_leads_to_an_unknown_task_is_no_open_end() -> None:
    """A reference that led nowhere may name its successor."""
    tasks = (due("A", 12), due("B", 14), due("C", 20))
    links = (a_link("A", "B"), a_link("A", "C"))
    assert [each.task for each in on(*tasks, links=links)] == [key_of("B")]
    assert on(*tasks, links=links, unresolved=(UnresolvedLink(key_of("B"), "x"),)) == []


def test_the_part_of_an_awaited_parent_is_awaited() -> None:
    """A link from a parent binds its parts; the parent itself is not judged."""
    parts = (due("B1", 13, parent=key_of("B")), due("B2", 13, parent=key_of("B")))
    tasks = (due("A", 12), due("B", 14), *parts, due("C", 20), due("D", 16))
    links = (a_link("A", "B"), a_link("B", "C"), a_link("A", "D"))
    assert [each.task for each in on(*tasks, links=links)] == [key_of("D")]


def test_the_launch_itself_is_no_open_end() -> None:
    """The milestone that stands for the anchor ends the plan, whatever is due after it."""
    launch = due("Mise en ligne", 20, milestone=True)
    verdict = AnchorVerdict(
        key=launch.key, name="Mise en ligne", project="p", date=datetime(2027, 1, 20, 17, tzinfo=ZONE), feasible=True
    )
    links = (a_link("A", "Mise en ligne"),)
    assert on(due("A", 12), launch, due("B", 25), links=links, schedule=a_schedule(anchors=(verdict,))) == []


def test_a_project_without_links_is_told_once_a_board() -> None:
    """Two boards of one project: each with its own tasks."""
    boards = (a_board(), a_board("Vidéo", key="trello:video"))
    tasks = (due("A", 12), due("B", 14), due("C", 20, on="trello:video"))
    found = on(*tasks, boards=boards)
    assert [(each.subject, each.tally.count if each.tally else 0) for each in found] == [
        (BOARD, 2),
        ("trello:video", 1),
    ]


STAGED = [
    ("maquette landing page", "design", "landing page"),
    ("validation de la maquette landing page", "approval", "landing page"),
    ("integration landing page", "build", "landing page"),
    ("mise en ligne landing page", "out", "landing page"),
    ("relecture et envoi newsletter", "out", "newsletter"),
    ("draft the press release", "text", "press release"),
    ("publish the blog article", "out", "blog article"),
]


@pytest.mark.parametrize(("rest", "name", "words"), STAGED)
def test_titles_name_a_stage_and_a_deliverable(rest: str, name: str, words: str) -> None:
    """What works upon something else's result is the stage, and the words left over are the deliverable."""
    stage = stage_of(rest)
    assert stage is not None
    assert (STAGES[stage.place], stage.of) == (name, frozenset(words.split()))


@pytest.mark.parametrize("rest", ["flyer", "textes et maquettes du flyer", "testament", "budget"])
def test_titles_without_one_stage_name_none(rest: str) -> None:
    """No stage, two that stand side by side, or a word that only begins like one."""
    assert stage_of(rest) is None


def test_likely_links_are_silent_as_soon_as_one_link_is_there() -> None:
    """The team writes links: it knows better."""
    tasks = (a_task("[Web] Maquette FAQ"), a_task("[Web] Intégration FAQ"), a_task("Kick-off"))
    assert len(list(LikelyLink().check(case("", *tasks).context()))) == 1
    linked = case("", *tasks, links=(a_link("Kick-off", "[Web] Maquette FAQ"),))
    assert list(LikelyLink().check(linked.context())) == []
