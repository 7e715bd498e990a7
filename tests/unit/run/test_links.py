"""References become links once every source was read, by handle, number or exact title, or are said to lead nowhere."""

from retro.model import LinkDirection, Nowhere, Reference, Task
from retro.run.links import resolve


def task(key: str, board: str = "a", **fields: object) -> Task:
    """A task whose title is its key unless given."""
    return Task(**{"key": key, "board": board, "title": key, **fields})  # type: ignore[arg-type]  # fields by name


def after(target: str, **more: object) -> tuple[Reference, ...]:
    """A reference to a predecessor."""
    return (Reference(target=target, **more),)  # type: ignore[arg-type]  # fields by name


def test_a_handle_reaches_over_boards() -> None:
    """A card's address is found on whichever board it stands."""
    one = task("trello:1", "a", handles=("trello:/c/abc",))
    two = task("trello:2", "b", references=after("trello:/c/abc"))
    (link,) = resolve([two, one]).links
    assert (link.predecessor, link.successor) == ("trello:1", "trello:2")


def test_a_number_counts_on_its_own_board_only() -> None:
    """`#12` means the card 12 of the same board, never another board's."""
    here = task("1", "a", handles=("#12",))
    there = task("2", "b", handles=("#12",))
    asking = task("3", "b", references=after("#12"))
    (link,) = resolve([here, there, asking]).links
    assert link.predecessor == "2"
    assert resolve([here, asking]).unresolved[0].task == "3"


def test_a_title_must_be_the_only_one() -> None:
    """A title is taken where one task has it, the same board's first; two on it are no answer."""
    asking = task("3", "a", references=after("Brief", by_title=True))
    assert resolve([asking, task("1", "b", title="brief ")]).links[0].predecessor == "1"
    both = [asking, task("1", "b", title="Brief"), task("2", "a", title="Brief")]
    assert resolve(both).links[0].predecessor == "2"
    twice = [asking, task("1", "a", title="Brief"), task("2", "a", title="BRIEF")]
    assert not resolve(twice).links
    assert resolve(twice).unresolved


def test_an_archived_target_is_no_link() -> None:
    """What is archived holds nobody back: the reference is told as unresolved."""
    gone = task("1", archived=True, handles=("h",))
    found = resolve([gone, task("2", references=after("h", text="see h"))])
    assert not found.links
    assert found.unresolved[0].text == "see h"


def test_what_leads_nowhere_says_why() -> None:
    """No such thing, several of that title, or an archived task, which is named."""
    twins = [task("1", title="Brief"), task("2", title="Brief"), task("3", archived=True, handles=("h",))]
    wanted = (*after("nobody"), *after("Texte", by_title=True), *after("Brief", by_title=True), *after("h"))
    found = resolve([*twins, task("4", references=wanted)])
    assert [(each.why, each.target) for each in found.unresolved] == [
        (Nowhere.MISSING, None),
        (Nowhere.MISSING, None),
        (Nowhere.AMBIGUOUS, None),
        (Nowhere.ARCHIVED, "3"),
    ]


def test_both_sides_may_say_the_same() -> None:
    """A link told by its predecessor and by its successor is one link."""
    one = task("1", handles=("h1",), references=(Reference("h2", LinkDirection.SUCCESSOR),))
    two = task("2", handles=("h2",), references=after("h1"))
    assert len(resolve([one, two]).links) == 1


def test_a_task_that_names_itself_has_a_link_to_itself() -> None:
    """A circle of one is not dropped without a word: it is a link like any other, for the schedule to tell."""
    (link,) = resolve([task("1", handles=("h",), references=after("h"))]).links
    assert (link.predecessor, link.successor) == ("1", "1")


def test_children_get_their_parent() -> None:
    """A parent's list of children makes parents; a circle of parents makes none."""
    mother = task("1", handles=("p",), children=("c",))
    child = task("2", handles=("c",))
    tasks = {each.key: each for each in resolve([mother, child]).tasks}
    assert tasks["2"].parent == "1"
    circle = [task("1", handles=("p",), children=("c",)), task("2", handles=("c",), children=("p",))]
    assert [each.parent for each in resolve(circle).tasks] == [None, None]


def test_an_address_of_another_tool_is_understood() -> None:
    """A card may wait for a page of another tool; an address that no tool knows is no task and no remark."""
    page = task("notion:1", "n", handles=("notion:/1",))
    asking = task("trello:2", "t", references=(*after("https://notion.so/1"), *after("https://docs.example/x")))
    found = resolve([page, asking], {"https://notion.so/1": "notion:/1"}.get)
    assert [link.predecessor for link in found.links] == ["notion:1"]
    assert not found.unresolved
