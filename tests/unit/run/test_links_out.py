"""A part of the tasks that stands alone: what it says of itself stays, what it says of the rest goes."""

from hypothesis import given
from hypothesis import strategies as st
from tests import marketing_team

from retro.model import Nowhere, Reference
from retro.run.links import resolve, without_links_out

KEYS = tuple(f"t:{number}" for number in range(6))


def test_what_leads_out_goes_and_what_led_nowhere_stays() -> None:
    """References by key, title and number to tasks left out go, parents and children too; a missing one still is."""
    references = (
        Reference("t:2"),
        Reference("t:3"),
        Reference("Maquette", by_title=True),
        Reference("#4"),
        Reference("t:missing"),
    )
    one = marketing_team.task("t:1", "Brief", references=references, parent="t:3", children=("t:2", "t:3"))
    two = marketing_team.task("t:2", "Devis")
    three = marketing_team.task("t:3", "Maquette", handles=("#4",))
    (first, _) = without_links_out((one, two, three), {"t:1", "t:2"})
    assert first.references == (references[0], references[4])
    assert (first.parent, first.children) == (None, ("t:2",))
    assert [each.why for each in resolve((first, two)).unresolved] == [Nowhere.MISSING]


@given(st.sets(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS))), st.sets(st.sampled_from(KEYS)))
def test_a_part_has_the_links_within_it(pairs: set[tuple[str, str]], kept: set[str]) -> None:
    """Read alone, a part has exactly those links of the whole that are between its tasks, and none unresolved."""
    tasks = tuple(
        marketing_team.task(
            key, key, references=tuple(Reference(before) for before, after in sorted(pairs) if after == key)
        )
        for key in KEYS
    )
    alone = resolve(without_links_out(tasks, kept))
    within = [link for link in resolve(tasks).links if {link.predecessor, link.successor} <= kept]
    assert list(alone.links) == within
    assert alone.unresolved == ()
