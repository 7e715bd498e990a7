"""Whether a title says how many: digits that count, number words, "x12", a rhythm; a date or a rank counts nothing."""

import re
from functools import cache

from retro_practices.words import choice, phrase

_TIMES = re.compile(r"(?<!\w)[x×]\s?\d+(?![\dx×])|(?<![\w.,])\d+\s?[x×](?![\w\d]| ?\d)")
"""Times: "x12", "(x 3)", "4x"; a format such as "300x250" is none."""
_FORMAT = re.compile(r"(?<!\w)\d{2,4}\s?[x×]\s?\d{2,4}(?!\w)")
_SEVERAL = 2
_DIGITS = re.compile(r"\d")
_DIGIT = re.compile(r"(?<!\w)\d+(?!\w)")
_NEVER = re.compile(
    r"\d+\s?[x×]\s?\d+"  # a format
    r"|(?<!\w)\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?!\w)|(?<!\w)\d{4}-\d\d(?!\w)"  # a date
    r"|(?<!\w)(?:\d{1,2}/0\d|\d\d/1[0-2]|0\d[/.]\d{1,2})(?!\w)"
    r"|(?<!\w)(?:19|20)\d\d(?!\w)"  # a year
    r"|(?<!\w)[a-z]{1,4}\s?[-+]\s?\d+(?!\w)"  # J-7, D+3
    r"|(?<!\w)[a-z]+\d[\w.]*"  # S48, Q3, V2, GA4
    r"|(?<!\w)\d+(?:[.,:]\d+)?(?=[a-z])\w*"  # 30s, 12k, 14h30, 1er, 2e
    r"|[#°]\s?\d+"
    r"|(?:(?<!\w)[-+]\s?)?\d+(?:[.,]\d+)?\s?[%€$£]|[€$£]\s?\d+(?:[.,]\d+)*\w?"
)


def gives_quantity(text: str) -> bool:
    """Whether a folded title gives a number of pieces, or the rhythm at which they come.

    S48, 2026, J-7, Q3, 12 mars, 300x250 and 30 s count nothing; neither does "quelques".
    """
    # "Sept" beside a day or another month is no seven.
    if phrase("pieces", "counts").search(_dates().sub(" ", text)) is not None or _TIMES.search(text) is not None:
        return True
    if _DIGITS.search(text) is None:
        return False
    return _DIGIT.search(_measures().sub(" ", _dates().sub(" ", _NEVER.sub(" ", text)))) is not None


def counts_pieces(text: str) -> bool:
    """Whether a folded description says how many: a number right before what is counted, or a list of formats."""
    return _pieces_counted().search(text) is not None or len(_FORMAT.findall(text)) >= _SEVERAL


@cache
def _pieces_counted() -> re.Pattern[str]:
    """A number and what it counts, one word between them at most: "12 références", "6 nouveaux posts"."""
    counted = choice("pieces", "french", "made", "english", "made_english", "briefed", "briefed_english")
    return re.compile(rf"(?<![\w.,:/€$-])\d{{1,3}}\s+(?:[^\W\d_]+\s+)?(?:{counted})(?!\w)")


@cache
def _dates() -> re.Pattern[str]:
    """A day beside the name of its month, and what is numbered rather than counted: "12 mars", "semaine 48"."""
    months, ranks = choice("prefix", "moments"), choice("pieces", "ranks")
    span = r"\d{1,2}(?:\s(?:au|a|to)\s\d{1,2})?"
    return re.compile(
        rf"(?<!\w)(?:du\s|le\s|from\s)?{span}\s(?:of\s)?(?:{months})(?!\w)|(?<!\w)(?:{months}|{ranks})\s?{span}(?!\w)"
        rf"|(?<!\w)(?:{months})\s?[-/]\s?(?:{months})(?!\w)"
        # "Posts rentrée (sept.)", "posts fin sept": no noun follows that it could count.
        rf"|(?<!\w)(?<!: )(?:{months})(?=\.|[^\w:]*$|\)|\s(?:19|20)\d\d(?!\w))"
    )


@cache
def _measures() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)\d+(?:[.,]\d+)?\s?(?:{choice('pieces', 'units')})(?![\w-])")
