"""The case of April 2024 through the API alone: from the lead to the published announcement.

From public reports: a group ran three channels on a foreign messenger that collected and published over
1,200 items of information on more than 800 people, with more than four million views. Filed and announced on
24 June 2024; the announcement ended on 24 July 2024.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit import clock
from evidence.facts import GROUPS
from tests.support.api import program_of

pytestmark = pytest.mark.django_db

LEAD = {
    "title": "“开盒”群组收集并公开公民个人信息线索",
    "source": "media",
    "source_detail": "公开报道",
    "received_on": "2024-04-15",
    "summary": "三个境外通讯软件频道收集、公开他人个人信息一千二百余条，涉及八百余人，浏览量四百万余次。",
    "suspected_processor": "某群组运营者",
}
FILING = {
    "case_title": "“开盒”群组侵害公民个人信息民事公益诉讼案",
    "processor": "某群组运营者",
    "harm": "八百余人的个人信息被公开，浏览量四百万余次，社会公共利益受到损害。",
    "unlawful_act": "未经同意收集、公开他人个人信息，可能违反个人信息保护法第十条。",
    "numerous_individuals": "被公开者不特定且人数众多。",
    "legal_bases": ["PIPL 70"],
    "persons_concerned": 800,
    "items_concerned": 1200,
}
ASSESSMENT = {
    "truthfulness": 5,
    "truthfulness_reason": "频道公开可查，已作公证保全。",
    "feasibility": 4,
    "feasibility_reason": "运营者身份可查。",
}


def on(month: int, day: int, hour: int = 9):
    return clock.frozen(datetime(2024, month, day, hour))


class Office:
    """The programs of the people of one office."""

    def __init__(self, cast) -> None:
        names = ("intake", "head", "handler", "chief", "clerk", "assistant", "case_manager")
        self.people = {name: getattr(cast, name) for name in names}
        self.programs = {name: program_of(person) for name, person in self.people.items()}

    def ask(self, who: str, path: str, **parameters):
        return self.programs[who].ask(path, **parameters)

    def send(self, who: str, path: str, body=None, *, expected: int = 201, **options):
        reply = self.programs[who].send(path, body, **options)
        assert reply.status_code == expected, reply.content.decode()
        return reply.json()

    def act(self, matter: str, code: str, facts: dict, **more):
        """Record or propose a transition as the handler."""
        body = {"transition": code, "facts": facts, "reasons": "事实清楚，理由充分。"} | more
        return self.send("handler", f"{matter}/transitions/", body)

    def approve(self, proposal: int) -> None:
        """Let head and chief decide on what they read."""
        self.approve_by(proposal, "head", "chief")

    def approve_by(self, proposal: int, *deciders: str) -> None:
        for who in deciders:
            digest = self.ask(who, f"proposals/{proposal}/")["digest"]
            body = {"decision": "approve", "opinion": "同意", "digest": digest}
            self.send(who, f"proposals/{proposal}/decide/", body, expected=200)

    def document(self, key: str, code: str, **contents: str) -> int:
        """Take the draft an act made, or begin one; complete what is missing and make it final."""
        drafts = self.ask("handler", "documents/", matter=key, code=code, status="draft")["results"]
        draft = drafts[0] if drafts else self._begin(key, code)
        fields = self.ask("handler", f"document-types/{code}/")["contents"]
        present = {name: entry["value"] for name, entry in draft["contents"].items()}
        missing = {
            field["name"]: "已查明。"
            for field in fields
            if field["mandatory"] and not field["fixed"] and not present.get(field["name"])
        }
        body = {"contents": missing | contents, "version": draft["version"]}
        path = f"documents/{draft['id']}/"
        self.send("handler", path, body, method="patch", expected=200)
        return self.send("handler", f"{path}finalise/", expected=200)["id"]

    def _begin(self, key: str, code: str):
        return self.send("handler", "documents/", {"matter": key, "code": code})

    def issue(self, document: int) -> str:
        """Issue a document under its number, signed by the chief."""
        body = {"signer": self.people["chief"].pk}
        return self.send("clerk", f"documents/{document}/issue/", body, expected=200)["number"]


@pytest.fixture
def office(cast, settings, tmp_path) -> Office:
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")
    assert cast.department
    return Office(cast)


def file_case(office: Office) -> str:
    """Walk from the lead to the case; return the key of the case."""
    with on(4, 15):
        key = office.send("intake", "leads/", LEAD)["key"]
        facts = {"handler": office.people["handler"].pk, "conflict_checked": True}
        body = {"transition": "T03", "facts": facts | {"legal_day": "2024-04-15"}}
        office.send("head", f"leads/{key}/transitions/", body)
    with on(4, 18):
        office.send("handler", f"leads/{key}/assess/", ASSESSMENT, expected=200)
    with on(6, 24):
        office.document(key, "D-05")
        office.approve(office.act(f"leads/{key}", "T06", FILING)["proposal"])
        lead = office.ask("handler", f"leads/{key}/")
        assert lead["state"] == "filed"
        return lead["case"]


def investigate(office: Office, key: str) -> None:
    """Set the team, collect evidence on all seven groups and close the investigation."""
    people, day = office.people, {"legal_day": "2024-06-24"}
    positions = {"handler": "lead", "assistant": "assistant", "clerk": "clerk"}
    members = [{"user": people[name].pk, "position": p} for name, p in positions.items()]
    body = {"members": members, "reason": "组成办案组"}
    office.send("head", f"cases/{key}/team/", body, expected=200)
    office.document(key, "D-09")
    office.act(f"cases/{key}", "T08", day)
    staff = [people["handler"].pk, people["assistant"].pk]
    act = {"method": "collect", "place": "本院", "staff": staff, "content": "固定频道页面。"}
    office.send(
        "handler", f"cases/{key}/events/", {"kind": "investigative_act", "facts": act | day}
    )
    exhibit = {
        "uploads": [SimpleUploadedFile("频道页面.pdf", b"%PDF-1.7 channel")],
        "kind": "electronic",
        "source": "频道公开页面",
        "method": "collect",
        "obtained_on": "2024-06-24",
        "place": "本院",
        "first_collector": staff[0],
        "second_collector": staff[1],
        "original": True,
    }
    office.send("handler", f"cases/{key}/exhibits/", exhibit, format="multipart")
    closing = {"proposal": "announce", "conclusion": "损害与违法行为均已查明。"} | day
    early = office.programs["handler"].send(
        f"cases/{key}/transitions/", {"transition": "T10", "facts": closing}
    )
    assert [line["code"] for line in early.json()["unmet"]] == ["seven_fact_groups"]
    for group in GROUPS:
        fact = {"group": group, "text": "有证据证明。", "exhibits": [1]}
        office.send("handler", f"cases/{key}/facts/", fact)
    assert office.act(f"cases/{key}", "T10", closing)["state"] == "investigation_closed"


def announce(office: Office, key: str) -> None:
    """Propose, approve, issue and publish the announcement."""
    office.document(key, "D-40")
    notice = office.document(key, "D-41", telephone="0571-87654321")
    proposal = office.act(f"cases/{key}", "T12", {"medium_planned": "检察日报"})["proposal"]
    office.approve(proposal)
    assert office.ask("handler", f"cases/{key}/")["state"] == "investigation_closed"
    assert "2024" in office.issue(notice)
    path = f"proposals/{proposal}/carry-out/"
    facts = '{"legal_day": "2024-06-24", "medium": "检察日报", "national_influence": true}'
    refused = office.send("handler", path, {"facts": facts}, format="multipart", expected=409)
    assert [line["code"] for line in refused["unmet"]] == ["publication_proven"]
    page = SimpleUploadedFile("检察日报.png", b"\x89PNG\r\n\x1a\n" + b"0" * 32)
    event = office.send("handler", path, {"facts": facts, "proof": page}, format="multipart")
    assert (event["transition"], event["legal_day"]) == ("T12", "2024-06-24")
    assert [proof["name"] for proof in event["proofs"]] == ["检察日报.png"]


@pytest.mark.norm("C038")
@pytest.mark.norm("C039")
@pytest.mark.slow
def test_a_program_takes_the_case_from_the_lead_to_the_announcement(office):
    key = file_case(office)
    with on(6, 24, 15):
        investigate(office, key)
        announce(office, key)
    with on(6, 25):
        case = office.ask("handler", f"cases/{key}/")
        assert (case["state"], case["stage"], case["filed_on"]) == (
            "announcing",
            "pre_litigation",
            "2024-06-24",
        )
        deadlines = office.ask("handler", "deadlines/", matter=key)["results"]
        announcement = next(row for row in deadlines if row["rule"] == "P-01")
        assert (announcement["start_day"], announcement["last_day"]) == ("2024-06-24", "2024-07-24")
        timeline = office.ask("handler", f"cases/{key}/timeline/", group="procedure")
        titles = {row["title"] for row in timeline}
        assert {"Lead registered", "Decision to file", "Announcement published"} <= titles
