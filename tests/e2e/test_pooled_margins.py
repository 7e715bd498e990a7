"""Pooled margins from the configuration to the terminal, over days."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

Retro = Callable[..., Any]


def test_a_campaign_with_pooled_margins(retro: Retro, workspace: Any) -> None:
    """Buffers come with every schedule, their charts grow with reads of other days, and no rule scolds each task."""
    alone = json.loads(retro(*workspace.arguments("schedule", "--format", "json")).out)
    assert alone["buffers"] == []
    workspace.edit_config("[lint]", '[schedule]\nmargin_mode = "project"\n[lint]')
    start = workspace.clock[0]
    documents = []
    for days in range(3):
        ran = retro(*workspace.arguments("schedule", "--format", "json", now=start + timedelta(days=7 * days)))
        assert ran.code == 0
        documents.append(json.loads(ran.out))
    first, *_, last = documents
    own = [buffer for buffer in last["buffers"] if buffer["kind"] == "project"]
    assert {buffer["anchor"] for buffer in own} <= {anchor["key"] for anchor in last["anchors"]}
    assert own
    for buffer in own:
        assert buffer["minutes"] >= 0.2 * buffer["chain_minutes"]
        assert buffer["points"][-1] == buffer["fever"]
        consumed = [point["consumed"] for point in buffer["points"]]
        assert consumed == sorted(consumed)
    assert max(len(buffer["points"]) for buffer in own) > 1
    # Nothing was done in between: what is advised stayed where it was.
    dates = [{task["key"]: task["advised_finish"] for task in document["tasks"]} for document in (first, last)]
    assert dates[0] == dates[1]
    text = retro(*workspace.arguments("schedule")).out
    assert text.count("Buffer of ") == len(own)
    found = json.loads(retro(*workspace.arguments("lint", "--format", "json", "--select", "BUF101")).out)
    ends = {buffer["chain"][-1] for buffer in last["buffers"]}
    for finding in found["findings"]:
        assert finding["task"]["key"] in ends or finding["params"]["left_minutes"] < 0


def test_the_command_line_raises_the_share(retro: Retro, workspace: Any) -> None:
    """`--margin` is the least of every pooled buffer too."""
    workspace.edit_config("[lint]", '[schedule]\nmargin_mode = "project"\nbuffers = "none"\n[lint]')
    for share in (0.25, 0.5):
        ran = retro(*workspace.arguments("schedule", "--format", "json", "--margin", share))
        for buffer in json.loads(ran.out)["buffers"]:
            assert 0 <= buffer["minutes"] - share * buffer["chain_minutes"] < 15
