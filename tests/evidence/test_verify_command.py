"""`manage.py verify_evidence` names the first fault."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from cases.services.attachments import store
from documents.store import path_of
from tests.evidence.conftest import add, upload

pytestmark = pytest.mark.django_db


def run() -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_evidence", stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def test_it_is_clean_when_every_file_is_as_it_was_received(cast, case, exhibit):
    add(cast, case)
    store(upload(b"proof", "公告.txt"), actor=cast.handler, matter=case, purpose="proof")
    assert run() == (0, "Clean. 4 references to 3 files checked.\n")  # with the plan


def test_one_flipped_bit_is_named(exhibit):
    path = path_of(exhibit.sha256)
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert run() == (1, f"FAULT: exhibit {exhibit.pk}: {exhibit.sha256} is changed.\n")


def test_a_missing_proof_of_an_event_is_named(cast, case):
    proof = store(upload(b"proof", "公告.txt"), actor=cast.handler, matter=case, purpose="proof")
    path_of(proof.sha256).unlink()
    assert run() == (1, f"FAULT: attachment {proof.pk}: {proof.sha256} is missing.\n")
