"""Reading: messages of every make give their headers, or a sentence, in bounded memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.incoming import Incoming
from motion_desk.services.messages.decoding import decoded
from motion_desk.services.messages.header_lines import LARGEST_HEADER, MOST_HEADERS
from motion_desk.services.messages.reading import BLOCK, Unreadable, read_file, read_headers

FIRST = b"From a@b.example Mon Nov 23 12:01:26 2026\n"


def pairs(content: str | bytes) -> list[tuple[str, str]]:
    """The names and decoded contents of a message's headers."""
    return [(each.name, each.decoded) for each in read_headers(content).headers]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["crlf", "lf", "cr"])
def test_any_line_end_ends_a_line_and_folded_lines_are_joined(end: str) -> None:
    content = f"Subject: one{end}\ttwo{end}  three{end}X-Empty:{end} {end}To:a@b{end}{end}Not: this"
    assert pairs(content) == [("Subject", "one\ttwo  three"), ("X-Empty", ""), ("To", "a@b")]


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?UTF-8?b?R3LDvMOfZQ?=", "Grüße"),
        ("=?iso-8859-1*de?q?Gr=FC=DFe_an_alle?=", "Grüße an alle"),
        ("=?utf-8?b?w7w=?= =?utf-8?b?w58=?=", "üß"),
        ("=?utf-8?q?=C3?=\t=?utf-8?q?=BC?=", "ü"),
        ("=?utf-8?q?a?= =?iso-8859-1?q?=FC?=", "aü"),
        ("(=?utf-8?q?a?=) b", "(a) b"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?Q?cut sho", "=?utf-8?Q?cut sho"),
        ("=?utf-8?B?a?= =?utf-8?q?b?=", "=?utf-8?B?a?= b"),
        ("=?no-such?Q?a?=", "=?no-such?Q?a?="),
        ("=?idna?Q?a?=", "=?idna?Q?a?="),
        ("=?rot13?Q?a?=", "=?rot13?Q?a?="),
        ("=?utf-8?q?=FF?=", "\ufffd"),
        ("=?utf-8?q?=00a?=", "\ufffda"),
        ("=?utf-16?b?//4=?=", ""),
    ],
)
def test_encoded_words_are_read_as_far_as_they_are_whole(raw: str, read: str) -> None:
    assert decoded(raw) == read


def test_bytes_beyond_ascii_are_utf_8_or_else_windows_1252() -> None:
    assert pairs("Subject: Grüße".encode()) == [("Subject", "Grüße")]
    assert pairs("Subject: Grüße €".encode("cp1252")) == [("Subject", "Grüße €")]
    assert pairs(b"Subject: a\0b\x81") == [("Subject", "a\ufffdb\ufffd")]
    assert pairs(b"\xef\xbb\xbfSubject: a") == [("Subject", "a")]


def test_the_first_line_that_is_no_header_ends_them_and_that_is_said() -> None:
    found = read_headers(b"Subject: a\nX: b\nthis is text\nY: c\n")
    assert [each.name for each in found.headers] == ["Subject", "X"]
    assert found.left_out.startswith("Line 3 is no header")
    assert pairs(FIRST + b"Subject: a\n\n") == [("Subject", "a")]
    assert pairs(b"\r\n\nSubject : a\n") == [("Subject", "a")]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"just text", b" folded: first\n", b"\0" * 99, b": nameless"]
)
def test_what_has_no_header_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Unreadable, match="has no header"):
        read_headers(content)


def test_more_headers_or_bytes_than_are_taken_are_said() -> None:
    many = b"".join(b"X-%d: y\r\n" % number for number in range(MOST_HEADERS))
    assert (len(read_headers(many).headers), read_headers(many).left_out) == (MOST_HEADERS, "")
    more = read_headers(many + b"X: y\r\n")
    assert len(more.headers) == MOST_HEADERS
    assert "first 10,000 headers" in more.left_out
    long = read_headers(b"Subject: a\nX: " + b"y" * LARGEST_HEADER + b"\nZ: z\n")
    assert [each.name for each in long.headers] == ["Subject", "X"]
    assert "first 1 MB" in long.left_out


def test_a_message_is_called_by_its_subject_or_as_its_file() -> None:
    assert read_headers(b"Subject: =?utf-8?q?a?=\n  b", "x.eml").name == "a b"
    assert read_headers(b"To: a", "x.eml").name == "x.eml"
    assert read_headers(b"To: a").name == "(no subject)"


HEADER_TEXT = st.lists(
    st.tuples(st.from_regex(r"[!-9;-~]{1,8}", fullmatch=True), st.text(max_size=30)), min_size=1
).map(lambda lines: "\n".join(f"{name}: {text}" for name, text in lines))


@given(HEADER_TEXT | st.binary(max_size=200) | st.text(max_size=200))
def test_the_text_that_is_kept_gives_the_same_headers_again(content: str | bytes) -> None:
    try:
        found = read_headers(content)
    except Unreadable:
        return
    again = read_headers(found.text)
    assert again.headers == found.headers
    assert again.text == found.text
    found.text.encode("utf-8")
    assert "\0" not in found.text


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["=?", "utf-8", "?", "q", "b", "?=", "a", "=C3", " "])).map("".join)
)
def test_nothing_that_is_decoded_raises(raw: str) -> None:
    decoded(raw)


def read(path: Path) -> tuple[list[Incoming], str]:
    """The messages of a file, and the sentence behind them."""
    found: list[Incoming] = []
    try:
        found.extend(read_file(path))
    except Unreadable as error:
        return found, error.sentence
    return found, ""


def test_an_eml_is_one_message_and_an_mbox_many(tmp_path: Path) -> None:
    one = tmp_path / "one.eml"
    one.write_bytes(b"Subject: a\r\n\r\nFrom x@y Mon Nov 23 12:01:26 2026\r\nSubject: b\r\n")
    assert [each.name for each in read(one)[0]] == ["a"]
    for end in (b"\n", b"\r\n"):
        box = tmp_path / "box"
        parts = [FIRST + b"Subject: %d\n\nFrom here on\n\n" % number for number in range(40)]
        box.write_bytes(b"".join(parts).replace(b"\n", end))
        found, sentence = read(box)
        assert [each.name for each in found] == [str(number) for number in range(40)]
        assert sentence == ""
    assert len({each.digest for each in found}) == 40


@pytest.mark.parametrize("shift", range(-60, 8, 4))
def test_messages_are_told_apart_wherever_a_block_of_the_file_ends(
    tmp_path: Path, shift: int
) -> None:
    head = FIRST + b"Subject: first\n\n"
    filler = b"x" * (BLOCK + shift - len(head) - 2) + b"\n\n"
    box = tmp_path / "box"
    box.write_bytes(head + filler + FIRST + b"Subject: second\n\nend\n")
    assert [each.name for each in read(box)[0]] == ["first", "second"]


def test_an_mbox_with_a_broken_tail_gives_what_is_whole_and_then_a_sentence(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.write_bytes(FIRST + b"Subject: 1\n\na\n\n" + FIRST + b"Subject: 2\nTo: cu")
    found, sentence = read(box)
    assert [each.name for each in found] == ["1"]
    assert "in the middle of a message’s header" in sentence
    assert "one message before it" in sentence
    box.write_bytes(FIRST + b"Subject: 1\n\na\n\n" + FIRST + b"\0\0\xff\n\n")
    found, sentence = read(box)
    assert [each.name for each in found] == ["1"]
    assert "One place in box looks like" in sentence


def test_files_that_are_no_messages_are_refused_with_a_sentence(tmp_path: Path) -> None:
    for name, content, said in [
        ("empty", b" \n", "is empty"),
        ("a.msg", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Outlook"),
        ("wide.eml", "Subject: a".encode("utf-16"), "UTF-16"),
        ("picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "has no header"),
    ]:
        (tmp_path / name).write_bytes(content)
        assert said in read(tmp_path / name)[1]
    assert "cannot be read" in read(tmp_path / "nonesuch")[1]
    assert "cannot be read" in read(tmp_path)[1]


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read as Linux counts it")
def test_of_large_files_only_a_little_is_in_memory(tmp_path: Path) -> None:
    one, box = tmp_path / "one.eml", tmp_path / "box"
    with one.open("wb") as file:
        file.write(b"Subject: big\r\n\r\n")
        for _ in range(50):
            file.write(b"x" * 1_048_575 + b"\n")
    with box.open("wb") as file:
        for number in range(60):
            file.write(FIRST + b"Subject: %d\n\n" % number + b"y" * 1_000_000 + b"\n\n")
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from motion_desk.services.messages.reading import read_file\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "count = sum(1 for path in sys.argv[1:] for _ in read_file(Path(path)))\n"
        "print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(one), str(box)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    count, grown = map(int, done.stdout.split())
    assert count == 61
    assert grown < 12_000  # kilobytes


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_might_never_end_is_refused(tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe.eml")
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(Unreadable, match=f"{path} is no ordinary file"):
            next(read_file(path))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told_with_its_mark_and_without(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "saved.eml"
    path.write_bytes("Subject: Hello\r\n\r\nHello".encode(encoding))
    with pytest.raises(Unreadable, match="saved as UTF-16, which no mail is"):
        next(read_file(path))


def test_a_name_that_no_file_can_have_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"No file can be called “a\x00b\.eml”"):
        next(read_file(tmp_path / "a\0b.eml"))
