"""Claims to rights, cookies to log-ins, log-outs that last, and lines that cannot flood."""

import json
from pathlib import Path
from typing import Any

import pytest

from kub.doors import login, roles
from kub.doors.ended import FILE, Ended
from kub.doors.per_minute import PerMinute
from kub.doors.roles import ROLES, Rights, hours_of, knows_role, rights_of
from tests.support.clock import Clock

HERE = "https://kub.example.go.id"


@pytest.mark.parametrize(
    ("claim", "role"),
    [
        (["steward"], "steward"),
        ("reader host", "host"),
        (["host", "analyst", "boss"], "analyst"),
        ("analyst\nsteward", "steward"),
        (" host ", "host"),
        ([" host "], "host"),
        ("Steward STEWARD steward,host", "reader"),
        (["host analyst"], "reader"),
        ([["steward"], {"steward": 1}, None, 4], "reader"),
        ({"steward": True}, "reader"),
        (True, "reader"),
        (None, "reader"),
        ("", "reader"),
    ],
)
def test_the_highest_known_word_of_the_claim_is_the_role(claim: Any, role: str) -> None:
    assert rights_of({"kub_roles": claim}).role == role
    assert rights_of({"roles": claim}, role_claim="roles").role == role
    assert rights_of({"kub_roles": claim}, role_claim="roles").role == "reader"
    assert knows_role({"kub_roles": claim}) or role == "reader"


def test_each_role_includes_those_before_it() -> None:
    table = [[Rights(role).includes(other) for other in ROLES] for role in ROLES]
    assert table == [[at >= other for other in range(4)] for at in range(4)]


@pytest.mark.parametrize(
    ("claims", "holds"),
    [
        ({}, "A B C"),
        ({"kub_programmes": ["A"]}, "A"),
        ({"kub_programmes": "A C"}, "A C"),
        ({"kub_programmes": ["99.01"]}, "A B"),
        ({"kub_programmes": "33.25 B"}, "B C"),
        ({"kub_programmes": []}, ""),
        ({"kub_programmes": ""}, ""),
        ({"kub_programmes": None}, ""),
        ({"kub_programmes": {"A": 1}}, ""),
        ({"kub_programmes": 7}, ""),
        ({"kub_programmes": ["a", "*", "99", "33"]}, ""),
    ],
)
def test_a_role_holds_for_the_programmes_of_its_scope(claims: Any, holds: str) -> None:
    rights = rights_of({"kub_roles": "steward", **claims})
    regencies = {"A": "99.01", "B": "99.01", "C": "33.25"}
    held = [name for name, code in regencies.items() if rights.holds(name, [code])]
    assert held == holds.split()


def test_by_a_regency_only_where_every_code_of_the_programme_is_in_scope() -> None:
    rights = Rights("steward", frozenset({"33.25"}))
    assert rights.holds("NEW", ["33.25"])
    # A workbook of one's own regency must not replace another regency's programme of that name.
    assert not rights.holds("TAKEN", ["99.01", "33.25"])
    assert not rights.holds("NEW")


@pytest.mark.parametrize(
    ("text", "hours"),
    [("", 12), (" ", 12), ("8", 8), ("0.5", 0.5), ("0.0005", 0.0005), ("720", 720)],
)
def test_hours_may_be_fractions(text: str, hours: float) -> None:
    assert hours_of(text) == hours


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "1e9", "720.1", "12h", "0,5", "twelve"])
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        hours_of(text)


def read(at: float = 1000, hours: float = 2, origin: str = HERE, **claims: Any) -> login.Login:
    stated = {"sub": "7", "origin": HERE, "is_logged_in": True, **claims}
    content = json.dumps(stated).encode()
    return login.read(content, at, origin, hours, roles.ROLE_CLAIM, roles.SCOPE_CLAIM)


def test_a_cookie_is_a_log_in_with_a_name_an_id_and_an_end() -> None:
    siti = read(name="Siti  Rahma\n", email="siti@x.example", kub_roles=["analyst"])
    assert (siti.name, siti.account) == ("Siti Rahma", "siti@x.example")
    assert (siti.rights, siti.began, siti.ends) == (Rights("analyst"), 1000, 8200)
    assert len(siti.login_id) == login.ID_SIGNS and "siti" not in siti.login_id
    assert read(name="Siti").login_id != read(at=1001, name="Siti").login_id
    assert read(nonce="a").login_id != read(nonce="b").login_id
    assert read().name == "7" and read(sub=7).name == "?"
    assert len(read(name="x" * 500).name) == login.LONGEST_NAME


@pytest.mark.parametrize(
    "claims",
    [{"is_logged_in": False}, {"is_logged_in": "yes"}, {"origin": "https://other.example"}],
)
def test_of_another_origin_or_not_logged_in_it_is_none(claims: Any) -> None:
    with pytest.raises(ValueError):
        read(**claims)
    with pytest.raises(ValueError):
        read(origin="")
    with pytest.raises(ValueError):
        login.read(b"[]", 0, HERE, 1, "a", "b")


def test_an_ended_log_in_stays_ended_for_every_process_until_it_would_have_expired(
    tmp_path: Path,
) -> None:
    clock = Clock()
    one, other = Ended(tmp_path / "data", clock), Ended(tmp_path / "data", clock)
    assert not one.holds("a")
    assert one.add("a", clock() + 100) and not one.add("a", clock() + 100)
    assert other.holds("a") and not other.holds("b")
    assert other.add("b", clock() + 5) and not other.add("a", clock() + 100)
    assert one.holds("b")
    assert Ended(tmp_path / "data", clock).holds("a")  # after a restart
    clock.sleep(50)
    one.add("c", clock() + 1)
    file = tmp_path / "data" / FILE
    assert sorted(line.split()[0] for line in file.read_text().splitlines()) == ["a", "c"]
    assert file.stat().st_mode & 0o077 == 0


def test_a_list_that_cannot_be_read_or_written_fails_closed(tmp_path: Path) -> None:
    ended = Ended(tmp_path)
    (tmp_path / FILE).mkdir()
    with pytest.raises(OSError):
        ended.holds("a")
    with pytest.raises(OSError):
        ended.add("a", 9e9)
    assert ended.holds("a")  # this process knows it all the same
    assert not (tmp_path / f".kub-{FILE}").exists()


def test_a_damaged_line_is_ended_for_good(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("a\nb nonsense\n\nc 12 13\n", "utf-8")
    assert all(Ended(tmp_path).holds(name) for name in "abc")


def test_of_a_kind_one_a_minute_is_written_and_the_others_are_counted() -> None:
    clock = Clock()
    seen = PerMinute(clock)
    assert [seen.happened("code") for _ in range(1000)] == [0] + [None] * 999
    assert seen.happened("other") == 0
    clock.sleep(60)
    assert seen.happened("code") == 999
    assert (seen.happened("code"), seen.rest(), seen.rest()) == (None, {"code": 1}, {})
