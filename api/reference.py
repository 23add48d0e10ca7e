"""The OpenAPI document as one plain page.

FastAPI's own pages need scripts from another host, which the content security policy
and the privacy of visitors forbid.
"""

from __future__ import annotations

import json
import re
from html import escape

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} {version}: API</title>
<link rel="icon" href="/static/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/reference.css">
</head>
<body>
<main>
<h1>{title} <small>{version}</small></h1>
<p>{description}</p>
<p>OpenAPI: <a href="/openapi.json">/openapi.json</a> · Chat: <a href="/">/</a> · Licence: {licence}</p>
<h2>Calls</h2>
{calls}
<h2>Objects</h2>
{objects}
</main>
</body>
</html>
"""


def reference_page(document: dict) -> str:
    """HTML of the OpenAPI `document`; everything from the document is escaped."""
    calls = [
        _call(method, path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    objects = [_object(name, schema) for name, schema in sorted(document["components"]["schemas"].items())]
    info = document["info"]
    return _PAGE.format(
        title=escape(info["title"]),
        version=escape(info["version"]),
        description=_prose(info["description"]),
        licence=escape(info["license"]["name"]),
        calls="\n".join(calls),
        objects="\n".join(objects),
    )


def _call(method: str, path: str, operation: dict) -> str:
    rows = [
        (f"{item['name']} ({item['in']})", item.get("description", ""))
        for item in operation.get("parameters", [])
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if body:
        rows.append(("body", _kind(body)))
    for status, response in operation["responses"].items():
        schemas = [_kind(content.get("schema", {})) for content in response.get("content", {}).values()]
        rows.append((status, ": ".join([response["description"], *schemas])))
    heading = f"<h3><code>{method.upper()} {escape(path)}</code></h3>"
    summary = (
        f"<p><strong>{escape(operation['summary'])}.</strong> {_prose(operation.get('description', ''))}</p>"
    )
    return f"<section>{heading}{summary}{_table(rows)}</section>"


def _object(name: str, schema: dict) -> str:
    required = schema.get("required", [])
    rows = []
    for field, detail in schema.get("properties", {}).items():
        optional = "" if field in required else " (optional)"
        rows.append((field, f"{_kind(detail)}{optional} {detail.get('description', '')}"))
    example = schema.get("example")
    shown = f"<pre>{escape(json.dumps(example, ensure_ascii=False, indent=2))}</pre>" if example else ""
    return f'<section id="{escape(name)}"><h3>{escape(name)}</h3>{_table(rows)}{shown}</section>'


def _kind(schema: dict) -> str:
    """A schema in a few words: `[Bericht]`, `string`, `bewoner | balie`."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    if "allOf" in schema:
        return _kind(schema["allOf"][0])
    if "enum" in schema:
        return " | ".join(str(option) for option in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return schema.get("type", "")


def _table(rows: list[tuple[str, str]]) -> str:
    cells = (
        f'<tr><th scope="row"><code>{escape(left)}</code></th><td>{_prose(right)}</td></tr>'
        for left, right in rows
    )
    return f"<table>{''.join(cells)}</table>" if rows else ""


def _prose(text: str) -> str:
    """Escaped text in which words between backticks are code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
