"""The meter's kinds of requests: ids go, names stay."""

import pytest

from retro.http.meter import Meter, kind_of


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/1/boards/AbCdEfGh", "/boards/{id}"),
        ("/1/boards/5f8d0a7b9c1e2d3f4a5b6c7d/cards", "/boards/{id}/cards"),
        ("/1/members/me/boards", "/members/me/boards"),
        ("/1/cards/5f8d0a7b9c1e2d3f4a5b6c7d/customFields", "/cards/{id}/customFields"),
        ("/1/cards/AbCd1234/actions/comments", "/cards/{id}/actions/comments"),
        ("/v1/data_sources/1f2e3d4c-0000-4000-8000-000000000000/query", "/data_sources/{id}/query"),
        ("/v1/pages/1f2e/properties/%3AAbC", "/pages/{id}/properties/{id}"),
        ("/v1/search", "/search"),
        ("", "/"),
    ],
)
def test_ids_are_replaced(path: str, kind: str) -> None:
    """Requests that differ by ids alone are one kind."""
    assert kind_of(path) == kind


def test_sources_are_counted_apart() -> None:
    """Each source has its own counts, under the same name always the same."""
    meter = Meter()
    meter.of("a").sent("GET", "/1/boards/AbCdEfGh")
    meter.of("b").sent("PUT", "/1/cards/AbCdEfGh")
    meter.of("a").sent("GET", "/1/boards/IjKlMnOp")
    assert [(tally.source, [line.calls for line in tally.lines]) for tally in meter.tallies()] == [
        ("a", [2]),
        ("b", [1]),
    ]
