"""Ids, keys, handles and addresses."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro_notion.ids import board_id, handle_of_id, handle_of_url, key_of, native_id, uuid_of
from retro_notion.pack import PACK

HEX = "0123456789abcdef0123456789abcdef"
DASHED = "01234567-89ab-cdef-0123-456789abcdef"
OTHER = "f" * 32


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.notion.so/agence/Brief-{HEX}",
        f"https://www.notion.so/{HEX}?pvs=4",
        f"https://notion.so/agence/Un-titre-{HEX.upper()}#{OTHER}",
        f"https://agence.notion.site/Brief-{HEX}",
        f"https://www.notion.so/agence/{OTHER}?v={OTHER}&p={HEX}&pm=s",
        f"https://www.notion.so/agence/{DASHED}",
        f"https://app.notion.com/p/Brief-{HEX}",
        f"notion://www.notion.so/agence/Brief-{HEX}",
    ],
)
def test_a_pages_address_is_its_handle(url: str) -> None:
    """Whatever stands around the 32 digits."""
    assert handle_of_url(url) == PACK.handle(url) == f"notion:/{HEX}"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.notion.so/agence/{HEX}?v={OTHER}",
        f"https://notion.so.example.com/{HEX}",
        f"https://trello.com/c/{HEX}",
        "https://www.notion.so/agence/Brief",
        f"https://www.notion.so/agence/x{HEX}",
        f"ftp://www.notion.so/{HEX}",
        "https://[notion.so",
        "Brief",
        "",
    ],
)
def test_other_addresses_are_none(url: str) -> None:
    """A database's view, another site, no id, no address."""
    assert handle_of_url(url) is None


@given(st.uuids())
def test_keys_and_handles_are_of_one_id(found: UUID) -> None:
    """With or without dashes, in any case, the key has dashes and the handle none."""
    for text in (str(found), found.hex, found.hex.upper(), f" {found} "):
        assert uuid_of(text) == board_id(text) == native_id(key_of(text)) == str(found)
    assert handle_of_id(str(found)) == f"notion:/{found.hex}" == handle_of_url(f"https://www.notion.so/x-{found.hex}")


@pytest.mark.parametrize("at", ["", "Campagne", "https://www.notion.so/agence", "notion:x", "0123", "https://[x"])
def test_what_is_no_address_has_no_id(at: str) -> None:
    """Names and incomplete addresses."""
    assert board_id(at) is None
