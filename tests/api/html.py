"""What the tests of the pages read from HTML."""

from __future__ import annotations

from html.parser import HTMLParser

_HIDDEN = {"script", "style", "title", "code"}
_BLOCKS = {"p", "li", "h1", "h2", "h3", "td", "th", "caption", "label", "button", "span"}


class Html(HTMLParser):
    """The elements of a page, and the visible text of each of its blocks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.blocks: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append((tag, dict(attrs)))
        self._hidden += tag in _HIDDEN
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN

    def handle_data(self, data: str) -> None:
        if self.blocks and not self._hidden:
            self.blocks[-1] += data

    def all(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.found if name == tag]

    def links(self) -> list[str]:
        return [link["href"] for link in self.all("a")]

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.found if "id" in attributes]
