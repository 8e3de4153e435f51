"""Every AADSTS code has a meaning, somebody who can mend it, and words for them."""

from __future__ import annotations

import re

import pytest

from motion_desk.services.oauth.code_table import TABLE, Mender
from motion_desk.services.oauth.codes import letter, meaning, refused
from motion_desk.services.oauth.trouble import Trouble
from tests.services.oauth.signing import PROVIDER, SECRET, USER

WANTED = (
    "7000222 7000215 65001 65004 50076 50079 50020 50034 50057 50105 50126 50173 53003 53000 70011 "
    "70016 70020 700016 700082 7000218 90002 9002313 50011 500011 90094 900561"
)


def test_the_codes_that_people_meet_are_all_there() -> None:
    assert set(map(int, WANTED.split())) == set(TABLE) - {0}


@pytest.mark.parametrize("number", TABLE)
def test_each_says_what_is_wrong_and_what_to_do(number: int) -> None:
    found = meaning(f"AADSTS{number}" if number else "")
    for text in (found.sentence, found.to_do, *([found.request] if found.request else [])):
        assert text[0].isupper()
        assert text.endswith((".", ")."))
        assert not re.search(r"  |\n", text)
    # Only who cannot do it alone needs a letter.
    assert bool(found.request) == (found.by is Mender.TENANT_ADMINISTRATOR)


@pytest.mark.parametrize("number", [each for each in TABLE if TABLE[each].request])
def test_a_letter_names_the_application_and_no_secret(number: int) -> None:
    text = letter(f"AADSTS{number}", PROVIDER, USER, "Their words.")
    assert text.startswith("Hello,\n\n")
    for part in (PROVIDER.tenant, PROVIDER.client_id, USER, f"AADSTS{number}", "Their words."):
        assert part in text
    assert SECRET not in text


def test_who_can_do_it_alone_gets_no_letter() -> None:
    assert letter("AADSTS90002", PROVIDER) == ""


@pytest.mark.parametrize("code", ["AADSTS999999", "invalid_grant", "", "AADSTS65001x"])
def test_an_unknown_code_gets_the_default(code: str) -> None:
    assert meaning(code) is TABLE[0]


def test_a_code_is_found_in_the_words_and_else_in_the_list() -> None:
    assert refused({"error": "x", "error_description": "AADSTS65001: no."}).code == "AADSTS65001"
    assert refused({"error": "x", "error_codes": [50076]}).code == "AADSTS50076"
    for odd in ([], ["50076"], [True], "50076", None):
        assert refused({"error": "x", "error_codes": odd}).code == "x"


def test_words_lose_ids_line_breaks_and_what_no_terminal_should_see() -> None:
    said = "AADSTS65001: No\x1b[31m.\r\nTrace ID: 1 Correlation ID: 2 Timestamp: 3"
    assert refused({"error": "x", "error_description": said}).words == "AADSTS65001: No [31m."
    assert len(refused({"error": "x", "error_description": "y" * 10_000}).words) == 600


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ("authorization_declined", Trouble.DECLINED),
        ("access_denied", Trouble.DECLINED),
        ("expired_token", Trouble.CODE_EXPIRED),
        ("invalid_grant", Trouble.REFUSED),
        (None, Trouble.REFUSED),
    ],
)
def test_errors_of_oauth_itself_are_told_apart(error: object, trouble: Trouble) -> None:
    assert refused({"error": error}).trouble is trouble
