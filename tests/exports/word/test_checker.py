"""The checker of .docx files: silent on good reports, and loud under the right number on spoilt ones."""

from dataclasses import replace

import pytest

from exports.unit.unit_report import unit_report
from exports.word.document import render
from tests.exports.docx.checker import RULES, check
from tests.exports.word.expectations import expected
from tests.exports.word.mutations import MUTATIONS, Mutation
from tests.exports.word.samples import FORMS, OTHER_FORMS, PROFILES, source


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("form", (*FORMS, *OTHER_FORMS))
def test_a_full_report_meets_every_assertion(form: str, profile: str, sent: bool) -> None:
    """Every form in all four profiles, sent and as a draft."""
    given = source(form, profile, sent=sent)

    assert [str(finding) for finding in check(render(unit_report(given)), expected(given))] == []


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("form", (*FORMS, *OTHER_FORMS))
def test_a_blank_report_meets_every_assertion(form: str, profile: str) -> None:
    """Nothing answered, nothing known of number, day and signer: still a document of the right shape."""
    unknown = dict.fromkeys(("so", "ngay", "dia_danh", "ho_ten", "chuc_vu", "quyen_han"), "")
    given = replace(source(form, profile, sent=False, document=unknown), answers={}, rolled={})

    assert [str(finding) for finding in check(render(unit_report(given)), expected(given))] == []


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: f"{m.key}-{m.part.rpartition('/')[2]}-{m.new[:20]}")
def test_a_spoilt_file_is_found_out(mutation: Mutation) -> None:
    """Each mutation of a good file is reported under the assertion that it breaks."""
    given = source(mutation.form, mutation.profile)

    spoilt = mutation.apply(render(unit_report(given)))

    assert mutation.key in {finding.key for finding in check(spoilt, expected(given))}


def test_every_assertion_has_a_rule_and_a_mutation() -> None:
    """C01 to C60, none left out."""
    wanted = {f"C{number:02}" for number in range(1, 61)}

    assert set(RULES) == wanted
    assert {mutation.key for mutation in MUTATIONS} == wanted


@pytest.mark.parametrize("profile", PROFILES)
def test_a_head_who_signs_for_nobody_signs_under_a_bold_title(profile: str) -> None:
    """A "ban" has a head: no line of authority stands over the title, which looks like one."""
    given = source("tb160-2020", profile, document={"quyen_han": "", "chuc_vu": "TRƯỞNG BAN"})
    wanted = expected(given)

    assert wanted.head_signs
    assert [str(finding) for finding in check(render(unit_report(given)), wanted)] == []
