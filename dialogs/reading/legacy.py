from .model import Legacy
def legacy(text: str) -> Legacy | None:
    return None
