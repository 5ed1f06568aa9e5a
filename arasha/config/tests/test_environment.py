"""A wrong setting is refused by its name."""

import pytest

from arasha.config import environment


@pytest.mark.parametrize("value", ["-1", "abc", "70000", "1.5"])
def test_a_number_out_of_range_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ARASHA_SMTP_PORT", value)
    with pytest.raises(environment.ConfigurationError, match="ARASHA_SMTP_PORT must be a number from 0 to 65535"):
        environment.number("ARASHA_SMTP_PORT", 587)


def test_an_unset_number_takes_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARASHA_SMTP_PORT", "")
    assert environment.number("ARASHA_SMTP_PORT", 587) == 587


def test_a_choice_is_one_of_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARASHA_SMTP_SECURITY", "ssl")
    with pytest.raises(environment.ConfigurationError, match="one of starttls, tls, none, not 'ssl'"):
        environment.one_of("ARASHA_SMTP_SECURITY", ("starttls", "tls", "none"))
    monkeypatch.delenv("ARASHA_SMTP_SECURITY")
    assert environment.one_of("ARASHA_SMTP_SECURITY", ("starttls", "tls", "none")) == "starttls"
