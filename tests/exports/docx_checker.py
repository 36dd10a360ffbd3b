"""Checks a .docx report against document-format part C (assertions C01 to C60), reading nothing but the file.

``check`` returns what is wrong, each finding under its number. What a file cannot know (the profile, the wording of
the outline, the official grids, what a person typed) comes in as plain data in ``Expected``.
"""

from __future__ import annotations

import docx_rules_appendix
import docx_rules_body
import docx_rules_head
import docx_rules_page
from docx_expected import Expected, Finding, Grid, Rule
from docx_file import Docx

RULES: dict[str, Rule] = {
    **docx_rules_page.RULES,
    **docx_rules_head.RULES,
    **docx_rules_body.RULES,
    **docx_rules_appendix.RULES,
}


def check(content: bytes, expected: Expected) -> list[Finding]:
    """Return every finding in ``content``, in the order of the assertions; [] if nothing is wrong."""
    file = Docx(content)
    return [Finding(key, text) for key in sorted(RULES) for text in RULES[key](file, expected)]


__all__ = ["RULES", "Expected", "Finding", "Grid", "check"]
