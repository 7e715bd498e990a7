"""The Trello connector keeps the contract of own fields with its remarks in comments and in labels, too."""

from typing import Literal

from tests.contract.trello_board import TrelloBoard

from retro.i18n.own_fields import FLAG
from retro.model import Provision, Write
from retro.ports import Connector
from retro.testing.suite.given_fields import Values
from retro.testing.suite.own_fields import OwnFieldsContract
from retro.testing.suite.reading import ReadingContract
from retro_trello.connector import TrelloConnector, connect
from retro_trello.settings import BoardSettings, SourceSettings


class _Beside(TrelloBoard, ReadingContract, OwnFieldsContract):
    """What the suite holds of own fields and of reading, with `review` in something else than a field."""

    place: Literal["comment", "label"]
    review: str

    def open(self, *, read_only: bool = False) -> TrelloConnector:
        box = self.sandbox
        token = box.read_token if read_only else box.token
        settings = SourceSettings(id="equipe", key=box.key, token=token, base_url=box.url)
        board = BoardSettings(at=self.board.url, warnings=self.place)
        connector = connect(settings, clock=self.clock, zone=self.zone, boards=[board])
        self.connectors.append(connector)
        return connector

    def values(self, connector: Connector) -> Values:
        """The suite's values, with a text of `review` that such a place can hold."""
        return (*{**dict(super().values(connector)), "review": self.review}.items(),)


class TestLabels(_Beside):
    """A label says one thing only."""

    place = "label"
    review = FLAG

    def test_a_long_text_comes_back_whole(self) -> None:
        """Whatever is to be said, the label is on the card, and nothing else of it is written."""
        connector, task, board = self.provisioned()
        pushed = self.push_own(connector, task, board, (("review", "DAT103 attendue le 8/01"),))
        assert pushed.own == {"review": FLAG}
        assert self.board.document["actions"][0]["type"] != "commentCard"


class TestComments(_Beside):
    """A comment ends with the stamp, by which it is known again. It needs nothing to be made on the board first."""

    place = "comment"
    review = "DAT103 attendue le 8/01\nOWN101 à voir avec @lea ✂\n[retro 01234567]"

    def test_provision_finds_what_it_made(self) -> None:
        """Comments need no field: `review` is found at once, without an id and without a request."""
        connector, _task, board = self.first()
        before = self.requests()
        (answer,) = connector.provision([Provision(board=board.key, field="retro_review", name="retro · à revoir")])
        assert (answer.action, answer.id, self.requests()) == ("found", "", before)
        assert (board.own_fields, board.own_in) == (("review",), {"review": "comment"})

    def test_retract_takes_own_fields_away(self) -> None:
        """Comments go where they are known by their ids, and with them every trace on the card; no other does."""
        connector, task, board = self.provisioned()
        full = self.push_own(connector, task, board, self.values(connector))
        stranger = self.open()
        assert stranger.pull(self.at).snapshot.tasks[0].own["review"] == self.review
        assert stranger.retract(board.key, ["retro_review"]) == 0
        again = connect(
            SourceSettings(id="equipe", key=self.sandbox.key, token=self.sandbox.token, base_url=self.sandbox.url),
            clock=self.clock,
            zone=self.zone,
            boards=[BoardSettings(at=self.board.url, warnings="comment")],
            marks={task.key: full.marks},
        )
        self.connectors.append(again)
        again.pull(self.at)
        assert [again.retract(board.key, ["retro_review"]) for _ in range(2)] == [1, 0]
        others = [each.field for each in self.wanted(connector, board) if each.field != "retro_review"]
        assert connector.retract(board.key, others) == len(others)
        held = self.looks(self.open(), task, board)[1]
        assert (held.own, held.marks, held.revision) == ({}, {}, task.revision)

    def test_a_comment_that_nobody_knows_is_asked_for_first(self) -> None:
        """A process that never pulled asks for the card before it comments: an earlier comment is edited."""
        connector, task, board = self.provisioned()
        self.push_own(connector, task, board, (("review", self.review),))
        fields = (("retro_review", self.review.replace("8/01", "9/01")),)
        self.open().push(Write(task=task.key, board=board.key, revision="", fields=fields))
        made = [each for each in self.board.document["actions"] if each["type"] == "commentCard"]
        assert [each["data"]["text"].count("9/01") for each in made] == [1]
