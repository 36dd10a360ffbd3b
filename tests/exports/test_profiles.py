"""Layout profiles: data that an office can correct, refused with a reason when it is wrong."""

from __future__ import annotations

from importlib import resources

import pytest

from exports.profiles import ProfileError, profile, profile_keys, read_profile


def text(key: str) -> str:
    return (resources.files("exports") / "profiles" / f"{key}.yaml").read_text("utf-8")


def test_the_four_profiles_are_there() -> None:
    """Their keys are the names that forms use."""
    assert profile_keys() == ("front", "nd30", "party_hd05", "party_hd36")
    assert [profile(key).key for key in profile_keys()] == list(profile_keys())


def test_an_unknown_profile_is_named() -> None:
    """The message lists those that exist."""
    with pytest.raises(KeyError, match="party_hd05"):
        profile("hd05")


def test_what_hd36_and_hd05_differ_in() -> None:
    """The ends of Nơi nhận and the bodies' names; page and sizes are the same (document-format A.6)."""
    old, new = profile("party_hd36"), profile("party_hd05")

    assert (old.signing.item_end, new.signing.item_end) == (",", ";")
    assert (old.page, old.sizes, old.body, old.head) == (new.page, new.sizes, new.body, new.head)
    assert "Huyện " in dict(old.issuers)
    assert "Huyện " not in dict(new.issuers)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("body: 14", "body: 40", "sizes.body"),
        ("  body: 14\n", "", "sizes.body"),
        ("family: party", "family: church", "family"),
        ("header_mm: 10", "header_cm: 1", "page.header_cm"),
        ("line_rule: exact", "line_rule: about", "body.line_rule"),
        ("page:", "page", "party_hd05.yaml"),
    ],
)
def test_a_wrong_profile_names_the_place(old: str, new: str, place: str) -> None:
    """File, place and reason, so that the office can mend it."""
    changed = text("party_hd05").replace(old, new)

    assert changed != text("party_hd05")
    with pytest.raises(ProfileError, match=place):
        read_profile(changed, "party_hd05.yaml")


def test_data_decides() -> None:
    """A corrected file is a corrected profile."""
    changed = read_profile(text("party_hd05").replace("type_name: 16", "type_name: 15"), "x")

    assert changed.sizes.type_name == 15
    assert changed.text_width_mm() == 165
    assert changed.text_width_mm(landscape=True) == 257


def test_appendices_are_named_as_the_profile_numbers_them() -> None:
    """Arabic for the Party, Roman for the state; the text speaks of "Phụ lục"."""
    assert profile("party_hd36").appendix_line("PHỤ LỤC 3") == "PHỤ LỤC 3"
    assert profile("nd30").appendix_line("PHỤ LỤC 14") == "PHỤ LỤC XIV"
    assert profile("nd30").appendix_name("PHỤ LỤC 4") == "Phụ lục IV"
