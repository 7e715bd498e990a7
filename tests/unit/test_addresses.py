"""Which tool an address belongs to, and that two ways of writing one agree."""

import pytest

from retro.registry import connector_packs, kind_of_address

ID = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://trello.com/b/AbCd1234/contenus", "trello"),
        ("https://trello.com/b/AbCd1234", "trello"),
        (f"https://www.notion.so/agence/Plan-{ID}?v=1", "notion"),
        (f"https://agence.notion.site/{ID}", "notion"),
        ("https://trello.com/c/AbCd1234", None),
        ("https://example.org/b/AbCd1234", None),
        (f"https://example.org/{ID}", None),
        ("plan.csv", None),
    ],
)
def test_addresses_of_boards(address: str, kind: str | None) -> None:
    """Boards and databases only, and only at their own tool's hosts."""
    assert kind_of_address(address) == kind


def test_ways_of_writing_agree() -> None:
    """A short link, a key and an address mean one board; so do an id with dashes and one without."""
    trello, notion = connector_packs()["trello"], connector_packs()["notion"]
    assert trello.place("https://trello.com/b/AbCd1234/old-name") == trello.place("AbCd1234") == "AbCd1234"
    dashed = "01234567-89ab-cdef-0123-456789abcdef"
    assert notion.place(dashed) == notion.place(f"https://www.notion.so/{ID}") == ID
    assert notion.place("https://[broken") is None
