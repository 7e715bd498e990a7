"""The line by which a card asks to be spared a remark."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.lint.suppression_grammar import MOST, Directive, directives, read_line

END = date(2027, 1, 31)


def meant(text: str) -> list[tuple[tuple[str, ...], date | None, str]]:
    """What the lines of a text ask for."""
    return [(each.codes, each.until, each.reason) for each in directives(text)]


@pytest.mark.parametrize(
    ("line", "codes", "until", "reason"),
    [
        ("retro: ignore OWN101", ("OWN101",), None, ""),
        ("retro: ignore OWN101 until 2027-01-31 — reason", ("OWN101",), END, "reason"),
        ("retro : ignorer OWN101 jusqu'au 31/01/2027 — raison", ("OWN101",), END, "raison"),
        ("Rétro : ignorer OWN101 jusqu’au 31/1/27 – l’agence", ("OWN101",), END, "l'agence"),
        ("retro\u00a0: ignorer OWN101\u202fjusquʼau 31.01.2027 - raison", ("OWN101",), END, "raison"),
        ("RETRO:IGNORE own101 Until 2027-01-31", ("OWN101",), END, ""),
        ("retro: ignore OWN101 until 2027‑01‑31", ("OWN101",), END, ""),
        ("retro : ignorer OWN101 jusqu'au 31-01-2027", ("OWN101",), END, ""),
        ("retro: ignore OWN101 — agreed on 12/01/2027", ("OWN101",), None, "agreed on 12/01/2027"),
        ("retro: ignore OWN101 he is away since 12/01/2027", ("OWN101",), None, "he is away since 12/01/2027"),
        ("retro: ignore OWN101, until 2027-01-31: reason", ("OWN101",), END, "reason"),
        ("retro: ignore OWN101 — until 2027-01-31", ("OWN101",), END, ""),
        ("retro: ignore OWN101,DAT103", ("OWN101", "DAT103"), None, ""),
        ("retro: ignore OWN101 DAT103 and NAM — both", ("OWN101", "DAT103", "NAM"), None, "both"),
        ("retro : ignorer OWN101, DAT103 et NAM", ("OWN101", "DAT103", "NAM"), None, ""),
        ("retro: ignore OWN101; OWN101", ("OWN101",), None, ""),
        ("retro: ignore OWN", ("OWN",), None, ""),
        ("retro: ignore OWN101 (he is away)", ("OWN101",), None, "he is away"),
        ("retro: ignore OWN101 — see the mail (Tuesday)", ("OWN101",), None, "see the mail (Tuesday)"),
        ("retro: ignore OWN101 Julie is away", ("OWN101",), None, "Julie is away"),
        ("retro : ignorer OWN101 — jusqu'à nouvel ordre", ("OWN101",), None, "jusqu'à nouvel ordre"),
        ("retro: ignore no-owner", ("NO-OWNER",), None, ""),
    ],
)
def test_a_line_is_understood(line: str, codes: tuple[str, ...], until: date | None, reason: str) -> None:
    """Codes, the last day and the reason, in both languages, whatever the case, apostrophes, dashes and blanks."""
    assert meant(line) == [(codes, until, reason)]


@pytest.mark.parametrize(
    "line",
    [
        "> retro: ignore OWN101",
        "- [ ] retro: ignore OWN101",
        "* [x] **retro: ignore** `OWN101`",
        "1. retro: ignore OWN101",
        "`retro: ignore OWN101`",
        "**retro: ignore OWN101**",
        "_retro: ignore OWN101_",
        "### retro: ignore OWN101",
        "(retro: ignore OWN101)",
        "🔇 retro: ignore OWN101",
        "\u200b\u202eretro: ignore OWN101\u202c",
        "<p>retro: ignore <b>OWN101</b></p>",
        "Bonjour<br>retro&nbsp;: ignorer OWN101<br/>à bientôt",
        "<!-- retro: ignore OWN101 -->",
        "```retro: ignore OWN101```",
    ],
)
def test_marks_around_a_line_do_not_matter(line: str) -> None:
    """Markdown, HTML, emoji and characters that no font shows are set aside."""
    assert [each.codes for each in directives(line)] == [("OWN101",)]


@pytest.mark.parametrize(
    "text",
    [
        "```\nretro: ignore OWN101\n```",
        "~~~ text\nretro: ignore OWN101\n~~~\nThat is how.",
        "````\n```\nretro: ignore OWN101\n```\n````",
        "- How to:\n    ```\n    retro: ignore OWN101\n    ```",
        "- ```\n  retro: ignore OWN101\n  ```",
        "> ```\n> retro: ignore OWN101\n> ```",
        "<pre>\nretro: ignore OWN101\n</pre>",
        "To be spared a remark, write retro: ignore OWN101",
        "retro: ignored OWN101 last week",
        "retro: ignorez-le",
        "Ma rétro : ignorer les retards",
        "metro: ignore OWN101",
        "",
    ],
)
def test_examples_and_sentences_are_no_exceptions(text: str) -> None:
    """Fenced blocks, preformatted text, and a line that merely mentions the words ask for nothing."""
    assert all(each.codes != ("OWN101",) for each in directives(text))


def test_what_follows_a_fenced_block_is_read() -> None:
    """A block ends where its fence does."""
    assert meant("```\nretro: ignore OWN101\n```\nretro: ignore DAT103") == [(("DAT103",), None, "")]


@pytest.mark.parametrize(
    "line",
    [
        "retro: ignore",
        "retro : ignorer — raison",
        "retro: ignore until 2027-01-31",
        "retro: ignore OWN101 until tomorrow",
        "retro: ignore OWN101 untill 2027-01-31",
        "retro : ignorer OWN101 jusqu'au 31 janvier 2027",
        "retro : ignorer OWN101 jusqu’à lundi",
        "retro: ignore OWN101 until 2027-02-31",
        "retro: ignore OWN101 until 31/13/2027",
        "retro: ignore OWN101 — until the 31st of 2027",
        "retro: ignore OWN101 until 31,01,2027",
        "retro: ignore OWN101 before 2027-01-31",
        "retro : ignorer OWN101 avant le 31/01/2027 — raison",
        "retro: ignore OWN101 2027-01-31",
        "retro: ignore OWN101 — 31/01/2027",
    ],
)
def test_a_line_that_cannot_be_read_holds_nothing_back(line: str) -> None:
    """Without codes, or with an end that is no date, it is told of with its words instead."""
    assert directives(line) == [Directive(text=line.replace("’", "'"))]


def test_a_label_is_read_as_a_line() -> None:
    """The same grammar holds for labels."""
    assert read_line("retro : ignorer NAM jusqu'au 31/01/2027") == Directive(
        ("NAM",), END, "", "retro : ignorer NAM jusqu'au 31/01/2027"
    )
    assert read_line("SEO") is None


def test_a_hostile_description_costs_little() -> None:
    """Thousands of lines, tags without an end and fences are read once, and no more than a few are kept."""
    assert len(directives("retro: ignore OWN101\n" * 5000)) == MOST
    assert len(directives("<" * 50_000 + "retro: ignore OWN101" + "<pre" * 20_000)) == 1
    assert directives("retro: ignore " + "OWN101," * 10_000 + "!")[0].codes == ("OWN101",)
    assert len(directives("retro: ignore " + ",".join(f"A{number}" for number in range(10_000)))[0].codes) == MOST
    assert [len(each.codes[0]) for each in directives("retro: ignore " + "A" * 100_000)] == [40]
    assert directives("retro: ignore OWN101 " + "u" * 100_000)[0].codes == ("OWN101",)
    assert directives("`" * 50_000 + "\nretro: ignore OWN101") == []


CODES = st.lists(
    st.builds(
        lambda letters, number: f"{letters}{number or ''}",
        st.sampled_from(["OWN", "DAT", "NAM", "SRC", "DCMA"]),
        st.integers(0, 999),
    ),
    min_size=1,
    max_size=4,
    unique=True,
)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
REASONS = st.text(st.sampled_from("abcdéèz 0123'"), max_size=30).map(lambda text: text.strip(" '"))


@given(
    codes=CODES,
    until=DAYS,
    reason=REASONS,
    french=st.booleans(),
    european=st.booleans(),
    separator=st.sampled_from([", ", ",", " et ", " and ", "; "]),
    dash=st.sampled_from([" - ", " – ", " — ", ": "]),
    shape=st.sampled_from(["{}", "- {}", "> {}", "<p>{}</p>", "Bonjour\n{}\nMerci", "**{}**"]),
    upper=st.booleans(),
)
def test_what_is_written_is_what_is_read(
    *,
    codes: list[str],
    until: date | None,
    reason: str,
    french: bool,
    european: bool,
    separator: str,
    dash: str,
    shape: str,
    upper: bool,
) -> None:
    """A line made of codes, an end and a reason gives them back, in either language and any of its shapes."""
    words = ("retro : ignorer", "jusqu’au") if french else ("retro: ignore", "until")
    head = words[0].upper() if upper else words[0]
    day = "" if until is None else f"{until:%d/%m/%Y}" if european else until.isoformat()
    line = f"{head} {separator.join(codes)}{f' {words[1]} {day}' if day else ''}{dash + reason if reason else ''}"
    assert meant(shape.format(line)) == [(tuple(codes), until, " ".join(reason.split(" ")) if reason else "")]


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """Nothing that people write makes it fail, and a line that asks for something begins as one does."""
    for each in (*directives(text), *directives(f"retro: ignore {text}"), *directives(f"retro: ignore OWN101 {text}")):
        assert len(each.text) <= 200
        assert each.codes == tuple(code.upper() for code in each.codes)
