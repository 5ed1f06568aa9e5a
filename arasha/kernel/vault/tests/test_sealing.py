"""What is sealed opens in its own place and nowhere else, and says nothing when it fails."""

import pickle
import struct
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.views.debug import ExceptionReporter
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from arasha.kernel.vault.actions import seal_bytes, seal_text
from arasha.kernel.vault.keystore import custody
from arasha.kernel.vault.keystore.store import WrappedKey
from arasha.kernel.vault.queries import lookup_key, open_bytes, open_many, open_text
from arasha.kernel.vault.rules import (
    FACETS,
    DataKey,
    KeyMissing,
    Place,
    Scope,
    SealBroken,
    Sealed,
    blind_index,
    seal,
    unseal,
)

CANARY = "Айгүл said: the kettle, canary 7f3a91"
KEY = DataKey(bytes(range(32)))
scopes = st.builds(Scope, st.sampled_from(["dossier", "person"]), st.uuids(), st.sampled_from(sorted(FACETS)))
names = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=12)
places = st.builds(Place, scopes, names, names, st.one_of(st.uuids(), st.integers(), names))


@given(places, st.binary(max_size=3000), st.integers(0, 65535))
def test_what_was_sealed_opens_as_it_was(place: Place, plain: bytes, version: int) -> None:
    assert unseal(KEY, seal(KEY, plain, place, version), place) == plain


@given(places, places, st.binary(max_size=100))
def test_a_value_opens_in_no_other_place(own: Place, other: Place, plain: bytes) -> None:
    assume(own.binding(1) != other.binding(1))
    with pytest.raises(SealBroken):
        unseal(KEY, seal(KEY, plain, own, 1), other)


@given(places, st.binary(max_size=200), st.data())
def test_one_changed_bit_is_noticed(place: Place, plain: bytes, data: st.DataObject) -> None:
    blob = bytearray(seal(KEY, plain, place, 1))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        unseal(KEY, bytes(blob), place)


@given(places, st.binary(max_size=200), st.data())
def test_a_cut_value_is_noticed(place: Place, plain: bytes, data: st.DataObject) -> None:
    blob = seal(KEY, plain, place, 1)
    with pytest.raises(SealBroken):
        unseal(KEY, blob[: data.draw(st.integers(0, len(blob) - 1))], place)


def test_short_answers_of_different_length_look_alike() -> None:
    place = Place(Scope("person", uuid4(), "contacts"), "t", "c", 1)
    assert len(seal(KEY, b"yes", place, 1)) == len(seal(KEY, b"no, never that I saw it", place, 1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(text=st.text(max_size=500), row=st.uuids())
def test_a_text_comes_back_through_the_key_store(vault: Path, scope: Scope, text: str, row: UUID) -> None:
    blob = seal_text(text, scope=scope, table="t", column="c", row=row)
    custody().memory.forget()
    assert open_text(memoryview(blob), scope=scope, table="t", column="c", row=row) == text


def test_the_same_text_sealed_twice_looks_different(vault: Path, scope: Scope) -> None:
    first, second = (seal_bytes(b"same", scope=scope, table="t", column="c", row=1) for _ in range(2))
    assert first != second
    assert open_bytes(first, scope=scope, table="t", column="c", row=1) == b"same"


def test_a_value_does_not_open_under_another_facet_of_the_same_dossier(vault: Path, scope: Scope) -> None:
    blob = seal_text(CANARY, scope=scope, table="t", column="c", row=1)
    health = Scope("dossier", scope.key, "health")
    seal_text("its own", scope=health, table="t", column="c", row=1)
    with pytest.raises(SealBroken):
        open_text(blob, scope=health, table="t", column="c", row=1)


def test_many_values_are_opened_with_one_read_of_the_store(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []
    for number in range(300):
        own = Scope("dossier", uuid4(), "concern")
        kept.append(Sealed(seal_text(str(number), scope=own, table="t", column="c", row=number), own, "t", "c", number))
    custody().memory.forget()
    reads, read = [], custody().store.read

    def counted(scopes: Iterable[Scope]) -> dict[Scope, WrappedKey]:
        reads.append(1)
        return read(scopes)

    monkeypatch.setattr(custody().store, "read", counted)
    assert open_many(kept) == [str(number) for number in range(300)]
    assert len(reads) == 1


def test_no_key_at_all_is_said_by_name(vault: Path, scope: Scope) -> None:
    blob = seal(KEY, b"x", Place(scope, "t", "c", 1), 1)
    with pytest.raises(KeyMissing):
        open_text(blob, scope=scope, table="t", column="c", row=1)


def report(problem: BaseException) -> str:
    """Return everything a crash report may show, locals of each frame included, but not the test's own frame."""
    inner = problem.__traceback__.tb_next if problem.__traceback__ else None
    reporter = ExceptionReporter(None, type(problem), problem, inner)
    return reporter.get_traceback_text() + str(reporter.get_traceback_data()["frames"]) + str(problem)


def test_crash_reports_and_logs_show_neither_text_nor_key(
    vault: Path, scope: Scope, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    blob = seal_text(CANARY, scope=scope, table="t", column="c", row=1)
    raw = custody().key(scope).raw
    with pytest.raises(SealBroken) as opening:
        open_text(blob[:-1], scope=scope, table="t", column="c", row=1)
    with pytest.raises(struct.error) as sealing:
        seal_text(CANARY, scope=scope, table="t", column="c", row=1, version=70_000)
    for said in (report(opening.value), report(sealing.value), caplog.text):
        for secret in (CANARY, CANARY.encode().hex(), str(CANARY.encode()), "7f3a91", raw.hex(), repr(raw), repr(blob)):
            assert secret not in said
    assert "seal_bytes" in report(sealing.value)


def test_a_key_can_be_neither_shown_nor_stored(vault: Path, scope: Scope) -> None:
    key = custody().key_for_sealing(scope)
    assert repr(key) == str(key) == "<key>"
    with pytest.raises(TypeError):
        pickle.dumps(key)


@pytest.mark.parametrize(("kind", "facet"), [("case", "narrative"), ("dossier", "everything")])
def test_an_unknown_kind_or_facet_gets_no_key(kind: str, facet: str) -> None:
    with pytest.raises(ValueError, match="unknown"):
        Scope(kind, uuid4(), facet)


def test_a_blind_index_finds_a_value_however_it_is_written_and_only_for_its_purpose(vault: Path) -> None:
    key = lookup_key("refuge-name")
    assert blind_index("  Айгүл  СЕРІКОВА ", key) == blind_index("айгүл серікова", key)
    assert blind_index("айгүл", key) != blind_index("айгул", key)
    assert blind_index("айгүл", key) != blind_index("айгүл", lookup_key("witness-name"))
