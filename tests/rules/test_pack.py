"""The pack as a whole: its registry, its docstrings, its French, its pages."""

import re
import string
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

import retro_practices
from retro.i18n import say_template
from retro.lint import BaseRule
from retro.lint.families import FAMILIES, family
from retro.lint.pages import HEADINGS, documents, options, sections
from retro.model import Severity, Template
from retro_practices import RULES

if TYPE_CHECKING:
    from retro.ports import Rule

TYPES = [load() for load in RULES.values()]
EACH = pytest.mark.parametrize("rule", TYPES, ids=lambda rule: rule.code)
PACK = Path(retro_practices.__file__).parent
CHECKOUT = Path(__file__).resolve().parents[2]


def sentences() -> list[Template]:
    """Every sentence of every rule."""
    return [template for rule in TYPES for template in rule.sentences()]


def test_the_registry_loads_every_rule_under_its_code() -> None:
    """Each entry imports, and gives the rule of its code."""
    assert [rule.code for rule in TYPES] == list(RULES)
    assert len({rule.name for rule in TYPES}) == len({rule.french_name for rule in TYPES}) == len(TYPES)


def test_every_rule_file_is_in_the_registry() -> None:
    """A rule that nobody entered would silently never run."""
    files = {path.stem for path in PACK.glob("*/*.py") if path.stem != "__init__"}
    assert files == {rule.name.replace("-", "_") for rule in TYPES}


def test_importing_the_pack_imports_no_rule() -> None:
    """The registry costs nothing before a rule is asked for."""
    code = (
        "import sys, retro_practices; print([m for m in sys.modules if m.startswith(('pydantic', 'retro_practices.'))])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert shown.stdout.strip() == "[]"


@EACH
def test_a_rule_stands_in_its_family(rule: type[BaseRule]) -> None:
    """Folder, code and known families agree; the name is a bad pattern in kebab case."""
    assert rule.__module__.split(".")[1].rstrip("_") == family(rule.code).lower()
    assert family(rule.code) in FAMILIES
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


@EACH
def test_a_rule_keeps_the_port(rule: type[BaseRule]) -> None:
    """Without options a rule is whole, frozen, and what the engine's port asks for."""
    made: Rule = rule()
    assert (made.severity, made.aggregate) == (None, None)
    with pytest.raises(ValueError, match="frozen"):
        made.severity = Severity.INFO  # type: ignore[misc]  # the point of the test


@EACH
def test_docstrings_have_the_four_headings(rule: type[BaseRule]) -> None:
    """Every rule says what it says, why, and how to mend it in both tools; in words, not in a line."""
    told = sections(rule)
    assert tuple(told) == ("", *HEADINGS)
    assert all(len(text) > 20 for text in told.values())


@EACH
def test_every_option_says_what_it_does(rule: type[BaseRule]) -> None:
    """No option stands on the page without its meaning."""
    assert all(meaning for _, _, meaning in options(rule))


@EACH
def test_a_rule_that_aggregates_has_its_sentence(rule: type[BaseRule]) -> None:
    """The sentence of an aggregated finding holds the count and the base."""
    if rule.aggregates:
        assert rule.many is not None
    if rule.many is not None:
        assert places(rule.many.text) == {"count", "base"}


def places(text: str) -> set[str]:
    """The `{name}` places of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def forms(message: object) -> list[str]:
    """A message's forms: one, or singular and plural."""
    return [str(form) for form in message] if isinstance(message, (tuple, list)) else [str(message)]


def test_every_sentence_has_its_french_with_the_same_facts() -> None:
    """The catalogue holds every sentence of every rule, complete, with the same places, and nothing else."""
    with (PACK / "locale/fr/LC_MESSAGES/retro_practices.po").open("rb") as source:
        catalogue = {message.id: message.string for message in read_po(source, locale="fr") if message.id}
    wanted = {(each.text, each.plural) if each.plural else each.text for each in sentences()}
    assert set(catalogue) == wanted
    for english, french in catalogue.items():
        assert all(forms(french)), english
        for form in forms(french):
            assert places(form) == places(forms(english)[0])
            assert "'" not in form.replace('"', ""), form


@EACH
def test_every_finding_can_be_said_in_both_languages(rule: type[BaseRule]) -> None:
    """No sentence misses a fact that it names, in French or in English."""
    for bad in rule.bad:
        for finding in rule(**bad.case.options).check(bad.case.context()):
            english = say_template(finding.template, finding.params, lang="en")
            assert english
            assert say_template(finding.template, finding.params, lang="fr") != english


def test_pages_are_up_to_date() -> None:
    """The pages and the table are what docstrings, options and examples give."""
    stale = [
        place
        for place, text in documents(TYPES).items()
        if not (CHECKOUT / place).is_file() or (CHECKOUT / place).read_text("utf-8") != text
    ]
    assert not stale, "run `python docs/generate_rules.py`"


def test_no_page_outlives_its_rule() -> None:
    """Every page belongs to a rule."""
    pages = {path.stem for path in (CHECKOUT / "docs/rules").glob("*.md")}
    assert pages == set(RULES), "run `python docs/generate_rules.py`"
