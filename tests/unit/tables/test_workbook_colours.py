"""Colours of a new workbook: rules that follow the cells, in which no word of a board is more than a word."""

import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.formula import Tokenizer
from tests.hostile_board import HOSTILE

from retro.tables.new_workbook import Colours, NewSheet, Value, workbook

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
KNOWN = {"OR(", "AND(", "NOT(", "ISNUMBER(", "ISBLANK(", "INT(", "TODAY(", "FALSE("}


def made(*words: str, red: frozenset[tuple[int, int]] = frozenset(), rows: int = 2) -> Any:
    """A sheet with columns of task, due, latest, status; all words mean done, “En cours” is under way."""
    colours = Colours(
        status=3,
        due=1,
        latest=2,
        done=frozenset(words),
        under_way=frozenset({"En cours"}),
        set_aside=frozenset({"Annulé"}),
    )
    cells: list[list[Value]] = [["Brief", date(2027, 1, 5), 3.5, words[0] if words else None]] * rows
    sheet = NewSheet(
        name="Plan",
        headings=("Tâche", "Fin", "Au plus tard", "Statut"),
        widths=(40, 12, 12, 12),
        rows=cells,
        colours=colours,
        red=red,
    )
    return openpyxl.load_workbook(io.BytesIO(workbook([sheet], created=NOW)))["Plan"]


def rules(sheet: Any) -> list[tuple[str, str, str, bool]]:
    """The rules of a sheet in the order in which they hold: where, what, the colour, whether it is the last word."""
    found = [
        (rule.priority, str(each.sqref), rule.formula[0], rule.dxf, rule.stopIfTrue)
        for each in sheet.conditional_formatting
        for rule in each.rules
    ]
    return [
        (where, formula, (dxf.fill.bgColor if dxf.fill else dxf.font.color).rgb, stops)
        for _priority, where, formula, dxf, stops in sorted(found, key=lambda rule: rule[0])
    ]


def test_green_is_done_red_late_and_yellow_under_way() -> None:
    """A status is green where it is done, else red where its date has passed, else yellow where it is under way."""
    green, red, yellow, due, latest = rules(made("Terminé"))
    assert green == ("D2:D3", 'OR($D2="Terminé")', "FFDDEFE0", True)
    assert yellow == ("D2:D3", 'OR($D2="En cours")', "FFFBF0CC", True)
    assert red[0::2] == ("D2:D3", "FFF9DDD9")
    assert red[1] == (
        'AND(NOT(OR($D2="Annulé",$D2="Terminé")),'
        "OR(AND(ISNUMBER($B2),INT($B2)<TODAY()),AND(ISBLANK($B2),ISNUMBER($C2),$C2<TODAY())))"
    )
    assert (due[0], latest[0]) == ("B2:B3", "C2:C3")


def test_a_sheet_without_rows_has_no_rules() -> None:
    """Nothing is coloured where nothing is."""
    assert rules(made("Terminé", rows=0)) == []


@pytest.mark.parametrize("words", [*HOSTILE, 'a"b', '"&HYPERLINK("x")&"', "=1+1", '")+cmd|x!A0("'])
def test_no_word_of_a_board_becomes_part_of_a_rule(words: str) -> None:
    """In every rule a status stands as text between quotation marks; nothing is called but what retro itself says."""
    for _where, formula, _colour, _stops in rules(made(words, "Terminé")):
        for token in Tokenizer(f"={formula}").items:
            if token.type == "FUNC" and token.subtype == "OPEN":
                assert token.value in KNOWN
            elif token.type == "OPERAND":
                assert token.subtype == "TEXT" or token.value in ("$B2", "$C2", "$D2")
        assert len(formula) < 8192


def test_very_many_words_make_no_rule_too_long() -> None:
    """A board with hundreds of names for a status has rules that a spreadsheet can hold."""
    for _where, formula, _colour, _stops in rules(made(*(f"{number}" + "é" * 90 for number in range(300)))):
        assert len(formula) < 8192
        assert formula.count(",") < 255


def test_a_cell_that_holds_too_much_is_red() -> None:
    """A number that is over what somebody can take on has a colour of its own; its neighbours have none."""
    sheet = made("Terminé", red=frozenset({(0, 2)}))
    assert (sheet["C2"].fill.fill_type, sheet["C2"].fill.fgColor.rgb) == ("solid", "FFF9DDD9")
    assert sheet["C3"].fill.fill_type is None
