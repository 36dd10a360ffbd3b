"""Makes ``docx_checker`` (one folder up) importable; it serves every test that reads a .docx file."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
