"""Makes ``xlsx_checker`` (one folder up) importable; it serves every test that reads an .xlsx file."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
