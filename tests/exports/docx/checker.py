"""Checks a .docx report against document-format part C (assertions C01 to C60), reading nothing but the file.

``check`` returns what is wrong, each finding under its number. What a file cannot know (the profile, the wording of
the outline, the official grids, what a person typed) comes in as plain data in ``Expected``.
"""

from __future__ import annotations

from tests.exports.docx import rules_appendix, rules_body, rules_head, rules_page
from tests.exports.docx.docx_file import Docx
from tests.exports.docx.expected import Expected, Finding, Grid, Rule

RULES: dict[str, Rule] = {
    **rules_page.RULES,
    **rules_head.RULES,
    **rules_body.RULES,
    **rules_appendix.RULES,
}


def check(content: bytes, expected: Expected) -> list[Finding]:
    """Return every finding in ``content``, in the order of the assertions; [] if nothing is wrong."""
    file = Docx(content)
    return [Finding(key, text) for key in sorted(RULES) for text in RULES[key](file, expected)]


__all__ = ["RULES", "Expected", "Finding", "Grid", "check"]
