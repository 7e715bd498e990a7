"""`--format jsonl`: one JSON object a line and a remark, as in the JSON document, with the board's name."""

import json

from retro.model import Assessment
from retro.report.document import storable
from retro.report.json_lint import finding_facts


def write(assessment: Assessment, everything: bool) -> str:  # noqa: FBT001 - as every writer takes it
    """The lines; of all remarks, or of one a task."""
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    boards = {board.key: board.name for board in assessment.portfolio.boards}
    return "".join(
        storable(
            json.dumps(
                {
                    **finding_facts(finding, tasks, assessment.lang),
                    "board_name": boards.get(finding.board or ""),
                },
                ensure_ascii=False,
            )
        )
        + "\n"
        for finding in assessment.findings
        if everything or finding.primary
    )
