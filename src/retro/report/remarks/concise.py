"""`--format concise`: one line a remark, to be searched, sorted and counted."""

from retro.model import Assessment
from retro.report.remarks.rows import place, rows


def write(assessment: Assessment, everything: bool) -> str:  # noqa: FBT001 - as every writer takes it
    """`board › task: severity CODE message`, and the task's address where it has one."""
    lines = []
    for row in rows(assessment, everything):
        line = f"{place(row)}: {row.severity} {row.finding.code} {row.message}"
        lines.append(f"{line}  {row.url}" if row.url else line)
    return "".join(f"{line}\n" for line in lines)
