"""Rules of the written files themselves: modules say what they are for, templates hold no style or
script that the Content-Security-Policy would refuse, and every colour is in static/css/tokens.css.
"""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = "static/css/tokens.css"

DJANGO_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
INLINE = re.compile(
    r"\sstyle\s*=|<style\b|<script\b(?![^>]*\ssrc\s*=)|\s(?:hx-)?on[a-z:-]+\s*=|javascript:", re.I
)

CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CSS_VALUE = re.compile(r":([^:;{}]+)(?=[;}])")
COLOUR = re.compile(
    r"(?<!url\()(?:#|%23)(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})(?![\w-])"
    r"|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\("
    r"|(?<![\w-])(?:aqua|black|blue|brown|cyan|fuchsia|gold|gr[ae]y|green|lime|magenta|maroon|navy"
    r"|olive|orange|pink|purple|red|silver|teal|violet|white|yellow)(?![\w-])",
    re.I,
)
PAINT = re.compile(r"\b(?:fill|stroke|stop-color|color|bgcolor)\s*=\s*[\"']([^\"']*)", re.I)
QUOTED = re.compile(r"[\"'`](#(?:[0-9a-f]{3}|[0-9a-f]{6}))[\"'`]", re.I)


def files(*patterns: str) -> list[Path]:
    """The project's files, committed or about to be, that match."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (settings.BASE_DIR / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def inline_code(template: str) -> list[str]:
    """The styles, scripts and handlers written into a template."""
    return [match.strip() for match in INLINE.findall(DJANGO_TAG.sub("", template))]


def css_colours(sheet: str) -> list[str]:
    """The colours in the values of a style sheet's declarations."""
    values = CSS_VALUE.findall(CSS_COMMENT.sub("", sheet))
    return [colour for value in values for colour in COLOUR.findall(value)]


def painted(template: str) -> list[str]:
    """The colours in the attributes of a template's drawings."""
    return [colour for value in PAINT.findall(template) for colour in COLOUR.findall(value)]


def undocumented(source: str) -> bool:
    """Whether a module does not open with a docstring."""
    return not ast.get_docstring(ast.parse(source))


def offenders(found_in, *patterns: str) -> list[str]:
    """The files, each with what was found in it."""
    found = ((path, found_in(path.read_text(encoding="utf-8"))) for path in files(*patterns))
    return [f"{path.relative_to(settings.BASE_DIR)}: {finds}" for path, finds in found if finds]


def test_every_module_opens_with_a_docstring():
    assert offenders(undocumented, "*.py", ":!*/migrations/*") == []


def test_templates_hold_no_inline_style_or_script():
    assert offenders(inline_code, "templates/*") == []


def test_style_sheets_take_their_colours_from_the_tokens():
    assert offenders(css_colours, "static/*.css", f":!{TOKENS}") == []


def test_templates_paint_with_classes():
    assert offenders(painted, "templates/*") == []


def test_code_names_no_colour():
    assert offenders(QUOTED.findall, "alliances/*.py", "static/*.js") == []


@pytest.mark.parametrize(
    "template",
    [
        '<p style="color: red">',
        "<p\n  style='x'>",
        "<style>p {}</style>",
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<a onclick="go()">',
        '<a hx-on:click="go()">',
        '<a href="javascript:go()">',
        '<i {% if wide %}style="width: 1px"{% endif %}>',
    ],
)
def test_inline_code_is_found(template):
    assert len(inline_code(template)) == 1


@pytest.mark.parametrize(
    "template",
    [
        '<script src="{% static "js/theme.js" %}" defer></script>',
        '<script type="module" src="x.js"></script>',
        '{% include "x.html" with onset=3 style=plain %}',
        '<link rel="stylesheet" href="x.css"><a href="?on=2012">one = two</a>',
    ],
)
def test_clean_templates_pass(template):
    assert inline_code(template) == []


@pytest.mark.parametrize(
    "sheet",
    [
        "a { color: #fff }",
        "a { color: #A1B2C3; }",
        "a { border: 1px solid rgb(0 0 0 / 50%); }",
        "a { background: oklch(60% 0.1 20); }",
        "a:hover { color: white; }",
        "a { background: url(\"data:image/svg+xml,%3Csvg fill='%23fff'/%3E\"); }",
        "a { --mark: tomato; color: Red; }",
    ],
)
def test_a_colour_in_a_style_sheet_is_found(sheet):
    assert len(css_colours(sheet)) == 1


@pytest.mark.parametrize(
    "sheet",
    [
        "#fade:hover, a:not(.red) { color: var(--ink); white-space: nowrap }",
        "a { color: currentColor; background: transparent; outline-color: CanvasText; }",
        "/* color: #fff; */ a { clip-path: url(#add); }",
        "a { color: color-mix(in oklab, var(--ink-red-1), var(--paper)); }",
    ],
)
def test_clean_style_sheets_pass(sheet):
    assert css_colours(sheet) == []


def test_paint_in_a_template_is_found():
    assert painted('<path fill="none" stroke="#a00"/><g fill="currentColor"/>') == ["#a00"]


def test_a_module_without_a_docstring_is_found():
    assert undocumented("import os\n")
    assert not undocumented('"""What it is for."""\n')
