"""`newsduck annotate`: quotes, speakers and entities of texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ConfigDict, Field
from rich.console import Console
from rich.text import Text

from flows.annotate import Annotations, encodable
from flows.annotate import annotate as annotate_text
from flows.annotate.recogniser import Recogniser, load_recogniser
from flows.commands import options
from flows.commands.jsonl import write_lines
from flows.commands.out_file import out_file
from flows.commands.screen import screen
from flows.config.errors import InputError
from flows.config.validation import validated
from flows.settings import Settings

EPILOG = """Examples:\n
  newsduck annotate texts.jsonl -o notes.jsonl\n
  newsduck annotate texts.jsonl --recogniser spacy:en_core_web_sm\n
  newsduck annotate texts.jsonl --explain\n
  newsduck annotate texts.jsonl --view out.html"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("annotate", epilog=EPILOG)(annotate)


class TextLine(BaseModel):
    """One text; other keys are ignored."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    text: str
    language: str | None = None


def annotate(
    texts: Annotated[
        Path,
        typer.Argument(
            metavar="TEXTS.jsonl",
            help="JSON lines with `id`, `text` and, where known, `language` (ISO 639 code).",
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write JSON lines here instead of printing.")
    ] = None,
    recogniser: options.Recogniser = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Print each quotation with the pattern that found its speaker."
        ),
    ] = False,
    view: Annotated[
        Path | None,
        typer.Option(
            "--view", help="Write the texts with their marks in colours to this HTML file."
        ),
    ] = None,
) -> None:
    """Find the quotes (with speakers) and entities of texts; offsets count characters from 0, `end`
    is exclusive. A wrong line is reported and left out; then the exit code is 1.
    """
    if not texts.is_file():
        raise InputError(f"{texts} does not exist: give a file of JSON lines with `id` and `text`.")
    wrong: list[str] = []
    recognise = load_recogniser(Settings.with_options(recogniser=recogniser).entities.recogniser)
    if view is not None:
        if out is not None or explain:
            raise InputError("--view cannot be combined with --out or --explain.")
        _write_view(texts, recognise, view, wrong)
    elif explain:
        console = screen()
        for line in _lines(texts, wrong):
            show(console, line.id, annotate_text(line.text, recognise, language=line.language))
    else:
        write_lines(
            (
                {"id": line.id}
                | as_row(annotate_text(line.text, recognise, language=line.language))
                for line in _lines(texts, wrong)
            ),
            out,
            [texts],
        )
    if wrong:
        told = screen(stderr=True)
        for fault in wrong:
            told.print(Text(f"newsduck: {fault} (left out)"))
        raise typer.Exit(1)


def _write_view(texts: Path, recognise: Recogniser, view: Path, wrong: list[str]) -> None:
    """Write the first texts with their marks as HTML."""
    from flows.report.view import MAX_TEXTS, AnnotatedText, render_texts

    lines = list(_lines(texts, wrong))
    shown = [
        AnnotatedText(
            line.id, line.text, annotate_text(line.text, recognise, language=line.language)
        )
        for line in lines[:MAX_TEXTS]
    ]
    with out_file(view, [texts]) as file:
        file.write(render_texts(texts.name, shown, len(lines) - len(shown)))


def _lines(path: Path, wrong: list[str]) -> Iterator[TextLine]:
    """Yield the lines of a file that are right; what is wrong with the others is added to `wrong`.

    Raises InputError where every line is wrong.
    """
    is_any_right = False
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                one = validated(TextLine, _encodable(_value(line)), f"{path}, line {number}")
            except ValueError as error:
                wrong.append(f"{path}, line {number} is no JSON: {error}")
            except RecursionError:
                wrong.append(f"{path}, line {number} is no JSON: it is nested too deeply")
            except InputError as error:
                wrong.append(str(error))
            else:
                is_any_right = True
                yield one
    if wrong and not is_any_right:
        raise InputError(wrong[0])


def _value(line: bytes) -> Any:
    """Return the JSON value of a line, a byte order mark before it or not."""
    return json.loads(line.decode("utf-8-sig"))


def _encodable(value: Any) -> Any:
    """Return a JSON value whose texts can be written."""
    if isinstance(value, dict):
        return {_encodable(key): _encodable(one) for key, one in value.items()}
    if isinstance(value, str):
        return encodable(value)
    return value


def as_row(found: Annotations) -> dict[str, Any]:
    """Return the row that `annotate` writes for one text."""
    keys = (
        "start",
        "end",
        "text",
        "kind",
        "speaker",
        "speaker_surface",
        "speaker_start",
        "speaker_end",
        "cue",
    )
    return {
        "quotes": [{key: getattr(quote, key) for key in keys} for quote in found.quotes],
        "entities": [
            {"start": m.start, "end": m.end, "label": m.label, "name": m.name}
            for m in found.mentions
        ],
    }


def show(console: Console, text_id: str, found: Annotations) -> None:
    """Print the quotations of one text, each with its speaker and the pattern that found it."""
    console.print(Text(text_id, style="bold"))
    for quote in found.quotes:
        who = quote.speaker or "nobody known"
        who += f" ({quote.speaker_surface or '-'}, {quote.cue or 'no cue'})"
        console.print(Text(f"  {quote.kind:8} ", style="green").append(quote.text, style="default"))
        console.print(Text(f"           {who} by {quote.pattern or 'no pattern'}", style="dim"))
