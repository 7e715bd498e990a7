"""Channels and clients, as the tasks name them."""

from retro.model import Task
from retro.run.discovery.vocabulary import channels, clients


def tasks(*named: tuple[str, int]) -> list[Task]:
    """So many tasks with each channel."""
    return [
        Task(key=f"{name}{number}", board="b", title="T", channel=name)
        for name, count in named
        for number in range(count)
    ]


def test_three_tasks_make_a_channel() -> None:
    """The commonest first, in its commonest spelling; two tasks are too few."""
    assert channels(tasks(("SEO", 3), ("seo", 1), ("Print", 5), ("Email", 2)), ()) == ("Print", "SEO")


def test_what_is_no_channel() -> None:
    """Clients, words for a status and bare numbers stand before titles too."""
    assert channels(tasks(("Dupont", 4), ("En cours", 4), ("2027", 4)), ("dupont",)) == ()


def test_clients_by_their_column() -> None:
    """In alphabetical order, each once; a list of contacts is none."""
    named = [Task(key=str(n), board="b", title="T", client=name) for n, name in enumerate(("Zoé", "Dupont", "dupont"))]
    assert [name.casefold() for name in clients(named)] == ["dupont", "zoé"]
    assert clients([Task(key=str(n), board="b", title="T", client=f"C{n}") for n in range(31)]) == ()
