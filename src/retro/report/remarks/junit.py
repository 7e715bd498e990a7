"""`--format junit`: a suite a board, a failed case a remark; a board without any passes one case."""

from collections import defaultdict

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from retro.i18n import text as _
from retro.model import Assessment, Severity
from retro.report.remarks.rows import Row, brief, rows


def write(assessment: Assessment, everything: bool) -> str:  # noqa: FBT001 - as every writer takes it
    """The XML document. Errors are failures, so are warnings; what is only info is a passing case that says it."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(assessment, everything):
        found[row.finding.board or ""].append(row)
    document = JUnitXml("retro")
    for board in assessment.portfolio.boards:
        document.add_testsuite(_suite(brief(board.name) or board.key, found.pop(board.key, [])))
    if rest := [row for each in found.values() for row in each]:
        document.add_testsuite(_suite(_("All boards"), rest))
    document.update_statistics()  # type: ignore[no-untyped-call]  # the library is typed in part
    return str(document.tostring().decode("utf-8"))  # type: ignore[no-untyped-call]  # idem


def _suite(name: str, found: list[Row]) -> TestSuite:
    suite = TestSuite(name)
    cases = []
    for row in found:
        case = TestCase(f"{row.finding.code} {row.title}".strip(), classname=name)
        if row.finding.severity is Severity.INFO:
            case.system_out = row.message
        else:
            kind = Error if row.finding.severity is Severity.ERROR else Failure
            failed = kind(row.message, row.finding.name)
            failed.text = row.url or row.message
            case.result = [failed]
        cases.append(case)
    suite.add_testcases(cases or [TestCase(_("Nothing to remark"), classname=name)])
    return suite
