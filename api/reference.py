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
<p>OpenAPI: <a href="/openapi.json">/openapi.json</a>, of <code>/v1</code> alone:
<a href="/v1/openapi.json">/v1/openapi.json</a> · Chat: <a href="/">/</a>
· Contact: {contact} · Licence: {licence}</p>
<h2>Headers of the answers</h2>
{headers}
<h2>Tokens and sessions</h2>
{security}
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
    info, components = document["info"], document["components"]
    objects = [_object(name, schema) for name, schema in sorted(components["schemas"].items())]
    return _PAGE.format(
        title=escape(info["title"]),
        version=escape(info["version"]),
        description=_prose(info["description"]),
        contact=_contact(info["contact"]),
        licence=escape(info["license"]["name"]),
        headers=_table([(name, header["description"]) for name, header in components["headers"].items()]),
        security=_table(
            [(name, _scheme(scheme)) for name, scheme in components.get("securitySchemes", {}).items()]
        ),
        calls="\n".join(calls),
        objects="\n".join(objects),
    )


def _call(method: str, path: str, operation: dict) -> str:
    rows = [
        (f"{item['name']} ({item['in']})", item.get("description", ""))
        for item in operation.get("parameters", [])
    ]
    body = operation.get("requestBody", {}).get("content", {})
    rows += [("body", f"{_kind(content['schema'])} (`{kind}`)") for kind, content in body.items()]
    for status, response in operation["responses"].items():
        schemas = [_kind(content["schema"]) for content in response.get("content", {}).values()]
        rows.append((status, ": ".join([response["description"], *schemas])))
    if needed := sorted({name for scheme in operation.get("security", []) for name in scheme}):
        rows.insert(0, ("token or session", ", ".join(needed)))
    heading = f"<h3><code>{method.upper()} {escape(path)}</code></h3>"
    summary = (
        f"<p><strong>{escape(operation['summary'])}.</strong> {_prose(operation.get('description', ''))}</p>"
    )
    return f"<section>{heading}{summary}{_table(rows)}{_examples(body, operation['responses'])}</section>"


def _examples(body: dict, responses: dict) -> str:
    """Examples of a request, its answers and its problems, folded."""
    answers = {status: response.get("content", {}) for status, response in responses.items()}
    groups = (
        ("request", {"": body}),
        ("answer", {status: content for status, content in answers.items() if status < "300"}),
        ("problems", {status: content for status, content in answers.items() if status >= "300"}),
    )
    return "".join(_folded(name, contents) for name, contents in groups)


def _folded(name: str, contents: dict[str, dict]) -> str:
    """The examples of every media type in `contents`, which is by status."""
    shown = ""
    for status, content in contents.items():
        for media in content.values():
            named = media.get("examples") or {"": {"value": media["example"]}}
            for code, example in named.items():
                title = f"<p><code>{escape(status)}</code> {escape(code)}</p>" if code else ""
                shown += title + _written(example["value"])
    return f"<details><summary>Example: {name}</summary>{shown}</details>" if shown else ""


def _written(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    return f"<pre>{escape(text)}</pre>"


def _contact(contact: dict) -> str:
    """The name, as a link where there is an address, and the mail address."""
    name, url, mail = escape(contact["name"]), contact.get("url"), contact.get("email")
    linked = f'<a href="{escape(url)}">{name}</a>' if url else name
    return f'{linked}, <a href="mailto:{escape(mail)}">{escape(mail)}</a>' if mail else linked


def _scheme(scheme: dict) -> str:
    """How a token or a session is sent."""
    how = (
        f"Header `Authorization: {scheme['scheme'].capitalize()}`."
        if scheme["type"] == "http"
        else f"{scheme['in'].capitalize()} `{scheme['name']}`."
    )
    return f"{how} {scheme.get('description', '')}"


def _object(name: str, schema: dict) -> str:
    required = schema.get("required", [])
    rows = []
    for field, detail in schema.get("properties", {}).items():
        optional = "" if field in required else " (optional)"
        rows.append((field, f"{_kind(detail)}{optional} {detail.get('description', '')}"))
    shown = _written(schema["example"]) if "example" in schema else ""
    return f'<section id="{escape(name)}"><h3>{escape(name)}</h3>{_table(rows)}{shown}</section>'


def _kind(schema: dict) -> str:
    """A schema in a few words: `[Bericht]`, `string or null`, `bewoner | balie`."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    for combined in ("allOf", "anyOf", "oneOf"):
        if combined in schema:
            return " or ".join(_kind(option) for option in schema[combined])
    if "enum" in schema:
        return " | ".join("null" if option is None else str(option) for option in schema["enum"])
    kind = schema.get("type", "")
    if isinstance(kind, list):
        return " or ".join(_kind({**schema, "type": one}) for one in kind)
    if kind == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    return f"{kind} ({schema['format']})" if "format" in schema and kind != "null" else kind


def _table(rows: list[tuple[str, str]]) -> str:
    cells = (
        f'<tr><th scope="row"><code>{escape(left)}</code></th><td>{_prose(right)}</td></tr>'
        for left, right in rows
    )
    return f"<table>{''.join(cells)}</table>" if rows else ""


def _prose(text: str) -> str:
    """Escaped text in which words between backticks are code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
