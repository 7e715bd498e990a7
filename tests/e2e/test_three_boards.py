"""One plan over scattered boards: Trello cards and Notion pages that wait for each other, read, judged and written."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from retro.sandbox import campaign


def test_links_reach_over_tools(retro: Callable[..., Any], campaign_of_three: Any) -> None:
    """A card waits for a page and a page for a card: both links are there, and no reference leads nowhere."""
    document = json.loads(retro(*campaign_of_three.arguments("export", "json")).out)
    kinds = {(link["predecessor"].split(":")[0], link["successor"].split(":")[0]) for link in document["links"]}
    assert kinds == {("trello", "trello"), ("notion", "notion"), ("trello", "notion"), ("notion", "trello")}
    assert not document["unresolved_links"]


def test_people_are_the_same_on_both_tools(retro: Callable[..., Any], campaign_of_three: Any) -> None:
    """The team is seven people, whichever tool names them."""
    document = json.loads(retro(*campaign_of_three.arguments("export", "json")).out)
    owners = {owner["key"] for task in document["tasks"] for owner in task["owners"]}
    assert len(owners) == len(campaign.TEAM)


def test_a_base_is_read_in_few_requests(retro: Callable[..., Any], campaign_of_three: Any) -> None:
    """A base of fewer than a hundred pages takes three requests at most, and its columns are not touched."""
    columns = json.dumps(columns_of(campaign_of_three))
    assert retro(*campaign_of_three.arguments("pull")).code == 0
    assert len(campaign_of_three.base.requests_since(0)) <= 3
    assert campaign_of_three.base.writes() == 0
    assert json.dumps(columns_of(campaign_of_three)) == columns


def columns_of(workspace: Any) -> list[Any]:
    """The columns of every data source."""
    return [source["properties"] for source in workspace.base.state.sources.values()]


def names_of(workspace: Any) -> set[str]:
    """The names of all columns."""
    return {column["name"] for columns in columns_of(workspace) for column in columns.values()}


def test_the_loop_over_three_boards(retro: Callable[..., Any], campaign_of_three: Any) -> None:
    """Own columns are made once, by one request that names none of the team's; the second run writes nothing."""
    before = names_of(campaign_of_three)
    applied = retro(*campaign_of_three.arguments("apply", "--yes"))
    assert applied.code == 0, applied.err
    patches = [access for access in campaign_of_three.base.requests_since(0) if "/data_sources/" in access.path]
    (made,) = [access for access in patches if access.method == "PATCH"]
    assert not before & set(made.body["properties"])
    assert names_of(campaign_of_three) - before == {"retro · au plus tard", "retro · à revoir"}
    for later in (timedelta(hours=1), timedelta(days=1)):
        marks = campaign_of_three.server.log.mark(), campaign_of_three.base.log.mark()
        again = retro(*campaign_of_three.arguments("sync", now=campaign_of_three.clock[0] + later))
        assert again.code == 0, again.err
        assert campaign_of_three.server.writes(marks[0]) == 0
        assert campaign_of_three.base.writes(marks[1]) == 0


def test_an_unshared_base_does_not_stop_the_cards(retro: Callable[..., Any], campaign_of_three: Any) -> None:
    """A base that is not shared is told with the click that mends it; the two boards of cards are still judged."""
    campaign_of_three.edit_config("https://www.notion.so/", "https://www.notion.so/0123456789abcdef0123456789abcdef?p=")
    ran = retro(*campaign_of_three.arguments("lint", "--format", "json"))
    document = json.loads(ran.out)
    assert ran.code == 3
    assert len(document["boards"]) == 2
    (failed,) = [source for source in document["sources"] if source["state"] == "failed"]
    assert "shared" in failed["error"]
