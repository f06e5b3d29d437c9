"""The processes of `documents`: one fills a database with a case and its complaint, the others measure."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from itertools import count
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 - models need the settings
from django.test import Client, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from audit import clock  # noqa: E402
from documents import typst_renderer  # noqa: E402
from documents.docx_renderer import render_docx  # noqa: E402
from documents.typst_renderer import payload, render_pdf  # noqa: E402
from notices import assembling  # noqa: E402
from notices.catalogue import TYPES  # noqa: E402
from notices.models import Document  # noqa: E402
from notices.services.drafting import create_draft  # noqa: E402
from tests.benchmarks.measuring import Measured, rounds, seconds_of  # noqa: E402
from tests.support.browser import give_password  # noqa: E402
from tests.support.matters import make_case  # noqa: E402
from tests.support.people import Cast  # noqa: E402

CODE = "D-45"
ROUNDS, BATCH = 15, 300
FACT = (
    "经查，被告在其运营的移动应用程序中未经用户同意收集姓名、手机号码、身份证件号码和行踪轨迹等个人信息，"
    "并向第三方提供，涉及用户八万余人，上述行为持续至立案之日，侵害众多个人的个人信息权益。"
)


def fill() -> dict[str, Any]:
    """Make a case and the draft of its complaint, long enough for three pages; say who edits it where."""
    cast = Cast()
    case = make_case(cast)
    with transaction.atomic():
        document = create_draft(kind=TYPES[CODE], matter=case, actor=cast.handler)
    for content in document.type.contents:
        if not document.values.get(content.name) and content.kind == "text":
            document.content[content.name] = {"value": f"{FACT}\n{FACT}", "source": "person"}
    document.save()
    pages = render_pdf(_composed(), issued_at=clock.now()).pages
    assert pages >= 3, f"The complaint has {pages} pages only."
    give_password(cast.handler)
    address = reverse("document_edit", args=[document.pk])
    return {"pages": pages, "address": address, "username": cast.handler.username}


def _row() -> Document:
    """Read the document as a view does: with its matter, office and signer."""
    return Document.objects.select_related("case__office", "case__lead", "office", "signer").get()


# Typst remembers what it has laid out: every document says something else, as in an office.
_told_apart = count(1)


def _composed() -> Any:
    row = _row()
    facts = f"{FACT}{next(_told_apart)}\n{row.values['facts']}"
    return assembling.assembled(row, row.values | {"facts": facts})


def _pdf() -> object:
    return render_pdf(_composed(), issued_at=clock.now())


def measure() -> dict[str, tuple[float, ...]]:
    """Take turns between the bare compile, the whole way, the Word file and the preview."""
    pages = (payload(_composed(), draft=False) for _ in range(ROUNDS + 1))
    prepared = [json.dumps(page, ensure_ascii=False) for page in pages]
    compiler = typst_renderer._compiler("official")
    client, address, typed = _typing()

    def bare() -> object:
        return compiler.compile(
            format="pdf",
            sys_inputs={"document": prepared.pop()},
            timestamp=0,
            pdf_standards=["a-2b"],
        )

    operations: dict[str, Callable[[], object]] = {
        "bare Typst compile": bare,
        "PDF from the rows": _pdf,
        "Word file from the rows": lambda: render_docx(_composed(), issued_at=clock.now()),
        "answer of the live preview": lambda: client.post(
            address, typed, headers={"HX-Request": "true"}
        ),
    }
    for work in operations.values():
        work()
    return _told(rounds(operations, count=ROUNDS))


def _typing() -> tuple[Client, str, dict[str, str]]:
    row = _row()
    client = Client(headers={"host": "localhost"})
    client.force_login(row.created_by)
    return client, f"/documents/{row.pk}/preview/", row.values | {"version": str(row.version)}


def first() -> dict[str, tuple[float, ...]]:
    """Make the first document of a process whose fonts were read when it started."""
    typst_renderer.warm()
    connection.ensure_connection()
    return {"the first PDF of a process": (seconds_of(_pdf),)}


def batch() -> dict[str, tuple[float, ...]]:
    """Make many documents one after the other, each read anew."""
    _pdf()
    taken = seconds_of(lambda: [_pdf() for _ in range(BATCH)])
    return {f"one of a batch of {BATCH} in one process": (taken / BATCH,)}


def _told(results: list[Measured]) -> dict[str, tuple[float, ...]]:
    return {one.name: one.seconds for one in results}


PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "fill": fill,
    "rounds": measure,
    "first": first,
    "batch": batch,
}

if __name__ == "__main__":
    with override_settings(ALLOWED_HOSTS=["localhost", "testserver"]):
        sys.stdout.write(json.dumps(PARTS[sys.argv[1]]()))
