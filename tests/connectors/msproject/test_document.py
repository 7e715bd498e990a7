"""Plans that are cut, broken, of another kind, or meant to do harm."""

import pytest
from tests.connectors.msproject.plans import NAMESPACE, at, element, plan, read, task

from retro.ports import UnreadableError
from retro_msproject.document import parse
from retro_msproject.recognising import recognise

MEGABYTES = 10_000_000


def refused(content: bytes) -> UnreadableError:
    """How a file is refused."""
    with pytest.raises(UnreadableError) as caught:
        parse(content, "plan.xml")
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_it_is_read_in_the_encoding_that_it_says(encoding: str) -> None:
    """UTF-8 with or without its mark, UTF-16, and older encodings that the file names."""
    text = plan(task(1, Name="Éléments")).replace("UTF-8", encoding.removesuffix("-sig"))
    assert [each.title for each in read(text.encode(encoding)).tasks] == ["Éléments"]


@pytest.mark.parametrize("space", [NAMESPACE, ""])
def test_a_plan_is_told_by_its_first_element(space: str) -> None:
    """The namespace makes it sure; without one it is likely."""
    found = recognise(plan(task(1), xmlns=space).encode(), "plan.xml")
    assert found is not None
    assert (found.kind, found.confidence > 0.7) == ("msproject", True)


def test_prefixes_make_no_difference() -> None:
    """Elements that name the namespace by a prefix are the same elements."""
    text = plan(task(1)).replace("<", "<p:").replace("<p:/", "</p:").replace("<p:?", "<?").replace("xmlns=", "xmlns:p=")
    assert recognise(text.encode(), "plan.xml") is not None
    assert len(read(text).tasks) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_plan_in_utf_16_is_recognised(encoding: str) -> None:
    """With its mark or without."""
    found = recognise(plan(task(1)).encode(encoding), "plan.xml")
    assert found is not None
    assert found.confidence == 1


@pytest.mark.parametrize(
    "text",
    [
        "<html><body>Project</body></html>",
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup/></Project>',
        f'<Tasks xmlns="{NAMESPACE}"/>',
        '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><Tasks/></Project>',
    ],
)
def test_other_xml_is_hardly_claimed(text: str) -> None:
    """Another tool's XML is claimed so faintly that whoever knows it goes first, and only if it is named so."""
    found = recognise(text.encode(), "other.xml")
    assert found is not None
    assert found.confidence < 0.1
    assert "Microsoft Project" in found.reason


@pytest.mark.parametrize("text", ["a;b\n1;2", '{"a": 1}', "", "plain words"])
def test_what_is_no_xml_is_not_claimed(text: str) -> None:
    """Tables and JSON are others'."""
    assert recognise(text.encode(), "plan.csv") is None


def test_a_file_that_was_cut_says_where() -> None:
    """The error names the line at which the file ends."""
    text = plan(*(task(uid) for uid in range(50))).replace("<Task>", "\n<Task>")
    cut = text[: len(text) * 2 // 3]
    assert refused(cut.encode()).where == f"plan.xml:{cut.count(chr(10)) + 1}"


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    """Nothing, blanks and a mark alone are an empty file."""
    assert refused(content).remedy


@pytest.mark.parametrize(
    "content",
    [
        b"<html/>",
        b'<Project xmlns="http://example.org/other"/>',
        b"<Tasks><Project/></Tasks>",
        b'<?xml version="1.0" encoding="klingon"?><Project/>',
        b'<?xml version="1.0" encoding="hex"?><Project/>',
        b"PK\x03\x04 not a plan",
        b"<Project><Title>caf\xe9</Title></Project>",
    ],
)
def test_what_is_no_plan_is_refused_with_words(content: bytes) -> None:
    """Other XML, unknown encodings and bytes that are no text are refused, with what to do."""
    error = refused(content)
    assert error.where.startswith("plan.xml")
    assert error.remedy


LAUGHS = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "document_type",
    [
        f'<!DOCTYPE Project [<!ENTITY lol0 "lol">{LAUGHS}]>',
        '<!DOCTYPE Project [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Project SYSTEM "http://127.0.0.1:9/plan.dtd">',
        '<!DOCTYPE Project [<!ENTITY % remote SYSTEM "http://127.0.0.1:9/x"> %remote;]>',
        "<!DOCTYPE Project>",
    ],
)
def test_document_types_and_entities_are_refused(document_type: str) -> None:
    """Bombs of entities, files of the machine and addresses of the network are refused before they mean anything."""
    content = f"<?xml version='1.0'?>{document_type}<Project><Title>&lol9;</Title></Project>".encode()
    assert "entities" in str(refused(content)) or "entités" in str(refused(content))
    assert recognise(content, "plan.xml") is not None


@pytest.mark.parametrize("opening", ["<a>", "<Tasks>", "<Tasks><Task>", "<Tasks><Task><Name>"])
def test_ten_megabytes_of_nested_elements_are_refused(opening: str) -> None:
    """Nesting has a bound that is reached at once."""
    refused(b"<Project>" + opening.encode() * (MEGABYTES // len(opening)))


def test_text_without_end_is_kept_once() -> None:
    """A name of ten megabytes is a long name."""
    assert len(read(plan(task(1, Name="x" * MEGABYTES))).tasks[0].title) == MEGABYTES


def test_what_is_not_read_is_passed_over() -> None:
    """Elements that mean nothing here leave no trace, however deep they go."""
    odd = element("Views", {"View": {"Table": {"Row": ["a", "b"]}}})
    text = plan(task(1, TimephasedData={"Type": 1, "Value": "PT8H0M0S"})).replace("<Tasks>", f"{odd}<Tasks>")
    record = parse(text.encode(), "plan.xml")
    assert "Views" not in record.parts
    assert "TimephasedData" not in record.all("Tasks", "Task")[0].parts


def test_the_first_of_two_texts_stands() -> None:
    """An element that stands twice keeps its first text."""
    record = parse(b"<Project><Title>One</Title><Title>Two</Title></Project>", "plan.xml")
    assert record.get("Title") == "One"


def test_the_settings_of_a_plan_are_its_board() -> None:
    """Its title, the start that dates are computed from, its day, its status date and its calendar make the board."""
    board = read(plan(task(1), StatusDate="2027-01-08T17:00:00")).board
    assert (board.name, board.key, board.day_minutes, board.calendar) == ("Launch", "plan.xml", 480, "plan.xml:1")
    assert board.begins == at("2027-01-04T08:00")
    assert board.status_date == at("2027-01-08T17:00")
    assert board.anchors == ()


def test_a_plan_from_its_finish_works_to_it() -> None:
    """A plan that is scheduled from its finish has that date as its anchor."""
    board = read(plan(task(1), ScheduleFromStart=0, FinishDate="2027-03-31T17:00:00")).board
    assert [each.date.isoformat() for each in board.anchors] == ["2027-03-31T17:00:00+02:00"]


def test_without_a_start_the_earliest_task_is_it() -> None:
    """A plan that lost its start begins with its first task."""
    board = read(plan(task(1, Start="2027-02-01T08:00:00"), StartDate="")).board
    assert board.begins == at("2027-02-01T08:00")
