"""What every connector keeps of retro's own fields: made once, exact, emptied, removed without a trace."""

from retro.testing.suite.given_fields import GivenOwnFields
from retro.testing.suite.holding import TOUCHED, hold, same

_TEXT_MOST = 1900


class OwnFieldsContract(GivenOwnFields):
    """Own fields, as far as the capabilities name them."""

    def test_provision_finds_what_it_made(self) -> None:
        """Asked twice, every own field exists once: the second time it is found by the same id."""
        connector, _task, board = self.first()
        wanted = self.wanted(connector, board)
        first, second = connector.provision(wanted), connector.provision(wanted)
        hold([each.field for each in first] == [each.field for each in wanted], "an answer a field, in order")
        hold(all(each.id for each in first), "ids are told")
        hold([each.id for each in first] == [each.id for each in second], "the same fields both times")
        hold(all(each.action == "found" for each in second), "nothing is made twice")
        self.hold_once(connector, wanted)

    def test_another_run_finds_what_was_made(self) -> None:
        """A connector that knows nothing of an earlier one finds the fields that it made, and makes no other."""
        connector, _task, board = self.first()
        wanted = self.wanted(connector, board)
        made = connector.provision(wanted)
        other = self.open()
        other.pull(self.at)
        found = other.provision(wanted)
        hold([each.id for each in made] == [each.id for each in found], "the same fields")
        hold(all(each.action == "found" for each in found), "nothing is made twice")
        self.hold_once(other, wanted)

    def test_own_values_come_back_as_written(self) -> None:
        """Own dates, texts and numbers read back exactly, at once and later, and nothing else has changed."""
        connector, task, board = self.provisioned()
        values = self.values(connector)
        answered = self.push_own(connector, task, board, values)
        other = self.open()
        for held in (answered, *self.looks(connector, task, board), *self.looks(other, task, board)):
            hold({name: held.own.get(name) for name, _ in values} == dict(values), "own values are exact")
            same(held, task, but=TOUCHED | {"own", "marks", "revision"})
            hold(held.revision == answered.revision, "one revision everywhere")

    def test_a_long_text_comes_back_whole(self) -> None:
        """A text as long as the capabilities allow, in UTF-16 units, reads back to the last character."""
        connector, task, board = self.provisioned()
        capabilities = connector.describe().capabilities
        if "review" not in capabilities.own:
            return
        most = capabilities.own_text_most or _TEXT_MOST
        line = "👩‍💻 e\u0301té עברית 漢字 <b>=1+1</b> | *x* _y_ `z` [a](b)\n"
        text = line * (most // _units(line))
        text += "." * (most - _units(text))
        answered = self.push_own(connector, task, board, (("review", text),))
        for held in (answered, *self.looks(connector, task, board)):
            hold(held.own.get("review") == text, "the text is whole")

    def test_the_same_value_twice_changes_nothing(self) -> None:
        """A second write of the same values leaves the same revision."""
        connector, task, board = self.provisioned()
        first = self.push_own(connector, task, board, self.values(connector))
        second = self.push_own(connector, first, board, self.values(connector))
        hold(first.revision == second.revision and first.own == second.own, "the second write changed nothing")

    def test_none_empties_an_own_field(self) -> None:
        """None takes a value away, and the task is then as it was before."""
        connector, task, board = self.provisioned()
        values = self.values(connector)
        full = self.push_own(connector, task, board, values)
        empty = self.push_own(connector, full, board, tuple((name, None) for name, _ in values))
        for held in (empty, *self.looks(connector, task, board)):
            hold(not any(value is not None for value in held.own.values()), "own fields are empty")
            hold(held.revision == task.revision, "as before the first write")

    def test_retract_takes_own_fields_away(self) -> None:
        """Own fields and their values go, the tasks stay as they were; a second time there is nothing to remove."""
        connector, task, board = self.provisioned()
        if not connector.describe().capabilities.retract:
            return
        self.push_own(connector, task, board, self.values(connector))
        fields = [each.field for each in self.wanted(connector, board)]
        hold(connector.retract(board.key, fields) == len(fields), "every field is removed")
        after = connector.pull(self.at).snapshot
        hold(after.board.own_fields == (), "the board has no own fields")
        held = next(each for each in after.tasks if each.key == task.key)
        hold(not held.own and held.revision == task.revision, "the task is as it was")
        hold(connector.retract(board.key, fields) == 0, "nothing is left to remove")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
