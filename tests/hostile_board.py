"""A board on which everything is hostile: its name, titles, lists, labels, people, descriptions, checklists, fields."""

import json
import re
from datetime import date, datetime

from retro.sandbox.trello.build import PARIS, BoardBuilder

NOW = datetime(2026, 11, 23, 9, tzinfo=PARIS)
LONG = 100_000
HOSTILE = (
    "\x1b[2J\x1b[31mEffacé\x1b]8;;http://attack.invalid\x07lien\x1b]8;;\x07",
    "facture\u202efdp.exe",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://attack.invalid","clic")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2+3",
    "Long " * (LONG // 5),
    "😀👩‍👩‍👧‍👦🏳️‍🌈 emoji",
    "a\ud800b\udfffc",
    "\ud83d",
    "| table | [x](javascript:alert(1)) ![i](http://attack.invalid/x.png)",
    "::error file=x::evil%0A::set-output name=x::y",
    "]]> <![CDATA[ <?xml version='1.0'?>",
    "a\x00b\x07c\x08d",
    "une\ndeux\r\ntrois\u2028quatre\x85cinq",
    "\u200b\u200e\ufeff",
    "{0} {title} %s %(x)s {count}",
    "\ud800" * 500,
    "&amp;&lt;&#x1b;",
    "\x9b31mC1\x9d0;titre\x9c",
    "`rm -rf` $(id)",
    "٠١٢ مرحبا \u2067RTL\u2069",
    "[red]rich[/red] [link=http://attack.invalid]x[/link]",
    "a\u061cb\u206ac\ufff9d\ufffe\uffffe\ufdd0f\U0001ffffg",
    "caché\U000e0001\U000e0069\U000e0067\U000e006e",
)
_TOKEN = re.compile(r"zq(\d+)qz")


def hostile_board() -> str:
    """The board's export, in which each part of each card is one of `HOSTILE`, lone surrogates as JSON escapes."""
    board = BoardBuilder("zq0qz zq2qz zq9qz", now=lambda: NOW)
    words = [f"zq{number}qz" for number in range(len(HOSTILE))]
    for number, word in enumerate(words):
        other, third = words[(number + 3) % len(words)], words[(number + 5) % len(words)]
        for place in ("À faire", f"{word} {number}"):
            board.list(place).card(
                word,
                start=date(2026, 10, 9),
                due=date(2026, 10, 4),
                members=() if number % 4 == 0 else (f"{word} x", other),
                labels=[third],
                desc=f"{word}\nDépend de : {other}\nretro: ignore {third} until {word}",
                checklists={other: [word, third]},
                values={f"{word} field": other},
            )
    # The builder makes addresses and ids of names; what is hostile goes into the document that it has made.
    text = json.dumps(board.document)
    return _TOKEN.sub(lambda match: json.dumps(HOSTILE[int(match[1])])[1:-1], text)
