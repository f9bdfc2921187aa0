"""The panel beside the text: what is in focus, who is named here, and everything as a list."""

from desktop.article.inspector.panel import Inspector

__all__ = ["Inspector"]
