"""What every pack of rules keeps: a test class for packs of any package, retro's own among them.

Each failure says what to do about it.
"""

import re
import string
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import ClassVar

from babel.messages.pofile import read_po

from retro.i18n import say_template
from retro.lint.examples import Bad
from retro.lint.families import family
from retro.lint.pages import HEADINGS, found, options, paragraphs, sections
from retro.lint.rule import BaseRule
from retro.model import Finding, Severity
from retro.testing.suite.holding import hold

FEWEST = 2
"""Examples that a rule has on each side, at the least."""


class RulePackSuite:
    """Subclass it as `TestPack` and set `package`; pytest runs every test on each rule of the pack's `RULES`."""

    package: ClassVar[str]
    """The pack's package: it has `RULES`, a folder a family, and its French in `locale/fr/LC_MESSAGES`."""
    translated: ClassVar[bool] = True
    """Whether sentences and pages have to be there in French."""

    @property
    def entries(self) -> Mapping[str, Callable[[], type[BaseRule]]]:
        """How to load each rule, by code."""
        rules: Mapping[str, Callable[[], type[BaseRule]]] = import_module(self.package).RULES
        return rules

    @property
    def rules(self) -> list[type[BaseRule]]:
        """Every rule of the pack."""
        return [load() for load in self.entries.values()]

    @property
    def folder(self) -> Path:
        """Where the pack's files are."""
        return Path(str(import_module(self.package).__file__)).parent

    # The index

    def test_every_entry_loads_the_rule_of_its_code(self) -> None:
        """The index holds each code once, under which its rule is found; no two rules share a name."""
        wrong = [
            f"{code}: {load().__name__} says {load().code}"
            for code, load in self.entries.items()
            if load().code != code
        ]
        hold(not wrong, f"mend the entries of {self.package}.RULES: {wrong}")
        for names in ([rule.name for rule in self.rules], [rule.french_name for rule in self.rules]):
            twice = {name for name in names if names.count(name) > 1}
            hold(not twice, f"give these rules names of their own: {sorted(twice)}")

    def test_every_file_of_a_rule_is_in_the_index(self) -> None:
        """A rule that nobody entered would silently never run."""
        files = {path.stem for path in self.folder.glob("*/*.py") if path.stem != "__init__"}
        entered = {rule.name.replace("-", "_") for rule in self.rules}
        hold(not files - entered, f"enter these in {self.package}.RULES: {sorted(files - entered)}")
        hold(not entered - files, f"name the files of these rules after them: {sorted(entered - files)}")

    def test_importing_the_pack_imports_no_rule(self) -> None:
        """The index costs nothing before a rule is asked for."""
        code = (
            f"import sys, {self.package}; "
            f"print([m for m in sys.modules if m.startswith(('pydantic', '{self.package}.'))])"
        )
        shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - this interpreter
        hold(shown.stdout.strip() == "[]", "let RULES import each rule when it is asked for, not before")

    # A rule

    def test_a_rule_stands_in_its_family(self) -> None:
        """Its folder is its family's; its name is what is wrong, in kebab case."""
        for rule in self.rules:
            folder = rule.__module__.split(".")[-2].rstrip("_")
            hold(folder == family(rule.code).lower(), f"{rule.code}: move the file to {family(rule.code).lower()}/")
            named = re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name) is not None
            hold(named, f"{rule.code}: write its name as no-owner is")

    def test_a_rule_keeps_the_port(self) -> None:
        """Without options it is whole, and it is frozen."""
        for rule in self.rules:
            made = rule()
            hold(made.severity is None, f"{rule.code}: leave `severity` to the configuration")
            try:
                made.severity = Severity.INFO
            except ValueError:
                continue
            raise AssertionError(f"{rule.code}: keep the model frozen")

    def test_a_rule_has_its_page(self) -> None:
        """What it says, why, and how to mend it in both tools, in words; each option with its meaning."""
        for rule in self.rules:
            told = sections(rule)
            hold(tuple(told) == ("", *HEADINGS), f"{rule.code}: give its docstring the headings {HEADINGS}")
            for heading, said in told.items():
                hold(len(said) > len(HEADINGS[0]), f"{rule.code}: write the part “{heading or 'first sentence'}”")
            for name, _default, meaning in options(rule):
                hold(bool(meaning), f"{rule.code}: say what the option {name} does (Field(description=…))")

    def test_a_rule_that_aggregates_has_its_sentence(self) -> None:
        """It holds the count and the base."""
        for rule in self.rules:
            hold(rule.many is not None or not rule.aggregates, f"{rule.code}: write `many`, its sentence for a board")
            if rule.many is not None:
                hold(_places(rule.many.text) == {"count", "base"}, f"{rule.code}: `many` needs {{count}} and {{base}}")

    # Examples

    def test_examples_on_both_sides(self) -> None:
        """Two good ones and two bad ones at the least: they are its tests, and the pictures on its page."""
        for rule in self.rules:
            hold(len(rule.good) >= FEWEST, f"{rule.code}: add good examples, {FEWEST} or more")
            hold(len(rule.bad) >= FEWEST, f"{rule.code}: add bad examples, {FEWEST} or more")

    def test_good_examples_are_silent(self) -> None:
        """A rule says nothing of them."""
        for rule in self.rules:
            for case in rule.good:
                hold(found(rule, case) == [], f"{rule.code} speaks of its good example “{case.says}”")

    def test_bad_examples_are_told_exactly(self) -> None:
        """A rule says of them exactly what they expect: subject, facts, detail, fix."""
        for rule, bad, said in self._told():
            where = f"{rule.code} says of “{bad.case.says}”"
            told = [(each.subject, dict(each.params), each.detail, each.assumed) for each in said]
            wanted = [(each.subject, dict(each.params), each.detail, each.assumed) for each in bad.findings]
            hold(told == wanted, f"{where}: {told}; the example expects {wanted}")
            fixes, proposed = [each.fix.new if each.fix else None for each in said], [each.fix for each in bad.findings]
            hold(fixes == proposed, f"{where}: fixes {fixes}; the example expects {proposed}")
            kinds = {(each.code, each.name, each.field) for each in said}
            hold(kinds == {(rule.code, rule.name, rule.field)}, f"{where}: findings of {kinds}; make them by on_task")

    def test_a_declared_fix_is_what_examples_propose(self) -> None:
        """A rule that proposes changes says so (`fixes`), and whether they are safe."""
        for rule, bad, said in self._told():
            kinds = {("safe" if each.fix.safe else "unsafe") for each in said if each.fix}
            hold(kinds <= {rule.fixes}, f"{rule.code}: `fixes` says “{rule.fixes}”, “{bad.case.says}” {kinds}")

    # Languages

    def test_every_sentence_has_its_french(self) -> None:
        """The catalogue holds every sentence of every rule with the same facts, and nothing else."""
        if not self.translated:
            return
        french = self._catalogue(self.package)
        wanted = {
            (each.text, each.plural) if each.plural else each.text for rule in self.rules for each in rule.sentences()
        }
        place = f"{self.package}/locale/fr/LC_MESSAGES/{self.package}.po"
        missing = [each for each in wanted if not all(_forms(french.get(each, "")))]
        hold(not missing, f"translate these in {place}: {missing}")
        hold(set(french) <= wanted, f"no rule says these any more, take them out of {place}: {set(french) - wanted}")
        for english, said in french.items():
            for form in _forms(said):
                hold(_places(form) == _places(_forms(english)[0]), f"{place}: keep the places of “{english}”")
                hold("'" not in form.replace('"', ""), f"{place}: write ’ in “{form}”")

    def test_every_page_has_its_french(self) -> None:
        """What a rule's page says is translated whole, and nothing else is."""
        if not self.translated:
            return
        french = {**self._catalogue(f"{self.package}_pages"), **_shared_paragraphs()}
        wanted = {each for rule in self.rules for each in paragraphs(rule)}
        place = f"{self.package}/locale/fr/LC_MESSAGES/{self.package}_pages.po"
        missing = sorted(each for each in wanted if not french.get(each))
        hold(not missing, f"translate these in {place}: {missing}")
        stale = set(self._catalogue(f"{self.package}_pages")) - wanted
        hold(not stale, f"no page says these any more, take them out of {place}: {stale}")
        wrong = [each for each in wanted if "'" in re.sub(r"`[^`]*`", "", str(french[each]))]
        hold(not wrong, f"{place}: write ’ in the French of {wrong}")

    def test_every_finding_can_be_said_in_both_languages(self) -> None:
        """No sentence misses a fact that it names."""
        for rule, _bad, said in self._told():
            for finding in said:
                english = say_template(finding.template, finding.params, lang="en")
                hold(bool(english), f"{rule.code}: a finding that says nothing")
                if self.translated:
                    french = say_template(finding.template, finding.params, lang="fr")
                    hold(french != english, f"{rule.code}: compile the catalogue of “{english}”")

    def _told(self) -> Iterator[tuple[type[BaseRule], Bad, list[Finding]]]:
        for rule in self.rules:
            for bad in rule.bad:
                yield rule, bad, found(rule, bad.case)

    def _catalogue(self, domain: str) -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
        path = self.folder / "locale/fr/LC_MESSAGES" / f"{domain}.po"
        hold(path.is_file(), f"write the French in {path}")
        return _entries(path)


def _entries(path: Path) -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    with path.open("rb") as source:
        return {
            tuple(message.id) if isinstance(message.id, (list, tuple)) else message.id: message.string
            if isinstance(message.string, str)
            else tuple(message.string)
            for message in read_po(source, locale="fr")
            if message.id
        }


def _shared_paragraphs() -> dict[str | tuple[str, ...], str | tuple[str, ...]]:
    """What retro itself translates: the meanings of the options that every rule has."""
    package = import_module("retro.i18n")
    return _entries(Path(str(package.__file__)).parent / "locale/fr/LC_MESSAGES/retro_pages.po")


def _places(text: str) -> set[str]:
    """The `{name}` places of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _forms(message: object) -> list[str]:
    """A message's forms: one, or singular and plural."""
    return [str(form) for form in message] if isinstance(message, (tuple, list)) else [str(message)]
