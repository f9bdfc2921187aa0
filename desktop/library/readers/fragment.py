"""HTML that is no page of its own: what a feed, a mail or a cell of a table holds.

Blocks become lines; scripts, styles and what is not shown are dropped. Nothing is fetched: links
and pictures are never followed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from desktop.library.readers.incoming import ReadError

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "applet",
        "audio",
        "base",
        "button",
        "canvas",
        "embed",
        "head",
        "iframe",
        "input",
        "link",
        "map",
        "math",
        "meta",
        "noframes",
        "noscript",
        "object",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "textarea",
        "track",
        "video",
    ]
)
_CELLS = frozenset(("td", "th"))
_MARKUP = re.compile(r"<(?:/?[a-zA-Z][^<>]*>|!--)|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_SWOLLEN_TAG = re.compile(
    r"""<[a-zA-Z](?:(?:[^<>"'\s/]++|"[^"]*+"|'[^']*+')++[\s/]++){250}"""
)  # libxml2 compares each attribute with each other one
_MOST_TAGS = 200_000
_SPACE = re.compile(r"[ \t\r\n\f]+")  # HTML's white space; a no-break space is none


def parsed(html: str, place: str) -> Any:
    """Return HTML as lxml's tree.

    Raises:
        ReadError: if there is nothing in it that could be parsed, or it would take for ever.
    """
    from lxml import etree
    from lxml import html as lxml_html

    if html.count("<") > _MOST_TAGS:
        raise ReadError(f"{place}: more than {_MOST_TAGS:,} tags are no article")
    if _SWOLLEN_TAG.search(html):
        raise ReadError(f"{place}: a tag in it has hundreds of attributes; this is no page to read")
    # libxml2 reads no declaration in a text that is decoded already, and fetches nothing.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True
    )
    try:
        parse = cast("Callable[..., Any]", lxml_html.document_fromstring)  # pyright: ignore[reportUnknownMemberType]
        return parse(html.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReadError(f"{place}: there is no text in it") from error


def has_markup(text: str) -> bool:
    """Whether a text that may be HTML is."""
    return _MARKUP.search(text) is not None


def plain(html: str, place: str) -> str:
    """Return the text of HTML, a block a line.

    Raises:
        ReadError: if there is nothing in it that could be parsed.
    """
    return plain_of(parsed(html, place))


def plain_of(tree: Any) -> str:
    """Return the text of a tree of lxml, a block a line."""
    from lxml.etree import iterwalk

    pieces = list[str]()
    unseen = preformatted = 0
    # Walking does not recurse, however deep the tree is.
    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden = tag in _UNSEEN or "hidden" in element.attrib
            unseen += bool(unseen) or hidden
            preformatted += tag == "pre"
            if tag in _BLOCKS:
                pieces.append("\n")
            if element.text and not unseen:
                pieces.append(_shown(element.text, preformatted))
            continue
        if event == "end":
            unseen -= bool(unseen)
            preformatted -= tag == "pre"
            if tag in _BLOCKS:
                pieces.append("\n")
            elif tag in _CELLS:
                pieces.append("\t")
        if element.tail and not unseen and element is not tree:
            pieces.append(_shown(element.tail, preformatted))
    lines = (re.sub(r" *\t[ \t]*", "\t", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(re.sub("  +", " ", line) for line in lines if line)


def _shown(text: str, preformatted: int) -> str:
    return text.replace("\r", "") if preformatted else _SPACE.sub(" ", text)
