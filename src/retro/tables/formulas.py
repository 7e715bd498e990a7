"""Text and formulas kept apart: what a sheet shows for a failed formula, and text that must never become one.

A spreadsheet that opens a CSV file runs every cell that begins with `=`, `+`, `-` or `@`, also behind a tab, a line
end or blanks. The usual remedy is an apostrophe before it. Text that has one already gets another, so that what is
read back is what was written.
"""

import re

_ERRORS = frozenset(
    {
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#VALEUR!",
        "#NOM?",
        "#NOMBRE!",
        "#NUL!",
        "#PROPAGATION!",
        "#ERROR!",
    }
)
"""As Excel, LibreOffice and Google show them, in English and French."""
_FORMULA = re.compile(r"=[\w$({\"'+\-.\[…]")
_STARTS = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]| *[\t\r\n])")
"""What a spreadsheet may run, behind any number of apostrophes."""


def is_error(text: str) -> bool:
    """Whether a cell shows that its formula failed."""
    return text.startswith("#") and text.strip().upper() in _ERRORS


def is_formula(text: str) -> bool:
    """Whether a cell shows a formula rather than its value: nobody computed it."""
    return _FORMULA.match(text) is not None


def shielded(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it opens a CSV file."""
    return f"'{text}" if _STARTS.match(text) else text


def unshielded(text: str) -> str:
    """The text that `shielded` gave this; any other stays as it is."""
    return text[1:] if text.startswith("'") and _STARTS.match(text) else text
