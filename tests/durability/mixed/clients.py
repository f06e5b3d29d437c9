"""People and programs at work: each in a thread of his own, with a connection for each request."""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from audit import clock
from tests.durability.mixed.ledger import Ledger
from tests.support.browser import PASSWORD
from tests.support.matters import FILING

TIMEOUT_SECONDS = 60
# Between two requests of one client, as people read what they got.
PAUSE = (0.05, 0.5)
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


class Unanswered(Exception):
    """Nobody knows whether the request did anything; whoever sent it begins something new."""


class Client:
    """Sends requests and keeps the ledger of them; cookies and token stay its own."""

    def __init__(self, url: str, ledger: Ledger, token: str = "") -> None:
        self.address, self.ledger = urlsplit(url), ledger
        self.headers = {"Authorization": f"Token {token}"} if token else {}
        self.cookies: dict[str, str] = {}

    def request(
        self, method: str, path: str, body: Any = None, kind: str = JSON, expected: int = 200
    ) -> bytes:
        """Return the answer's body.

        Raises:
            Unanswered: there was none, or one that was not expected; the ledger knows it.
        """
        begun, what = time.monotonic(), f"{method} {re.sub(r'[0-9-]{2,}', '#', path.split('?')[0])}"
        try:
            status, content = self._exchange(method, path, body, kind)
        except (OSError, http.client.HTTPException) as error:
            self.ledger.fail(begun, what, type(error).__name__)
            raise Unanswered from error
        if status >= 500:
            self.ledger.fail(begun, what, str(status))
            raise Unanswered
        if status != expected:
            self.ledger.refuse(f"{what}: {status} {content[:500].decode(errors='replace')}")
            raise Unanswered
        self.ledger.answer(what)
        return content

    def _exchange(self, method: str, path: str, body: Any, kind: str) -> tuple[int, bytes]:
        headers = self.headers | {"Accept-Language": "en", "Connection": "close"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = kind
        connection = http.client.HTTPConnection(
            self.address.hostname, self.address.port, timeout=TIMEOUT_SECONDS
        )
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    self._keep(value)
            return answer.status, answer.read()
        finally:
            connection.close()

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.split(";")[0].partition("=")
        self.cookies[name] = value

    def ask(self, path: str, **parameters: str) -> Any:
        """GET an address of the API."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        return json.loads(self.request("GET", f"/api/v1/{path}{query}"))

    def send(
        self, path: str, body: Mapping[str, Any], *, expected: int = 201, method: str = "POST"
    ) -> Any:
        """Send JSON to an address of the API."""
        answer = self.request(method, f"/api/v1/{path}", json.dumps(body), expected=expected)
        return json.loads(answer)

    def upload(self, path: str, fields: Mapping[str, Any]) -> Any:
        """Send a form with files to an address of the API."""
        body = encode_multipart(BOUNDARY, fields)
        answer = self.request("POST", f"/api/v1/{path}", body, MULTIPART_CONTENT, expected=201)
        return json.loads(answer)


class Crew:
    """The programs of the people of one office, walking matters from the lead to the numbered decision."""

    def __init__(
        self, url: str, ledger: Ledger, tokens: Mapping[str, str], numbers: Mapping[str, int]
    ) -> None:
        self.ledger, self.numbers = ledger, numbers
        self.programs = {name: Client(url, ledger, token) for name, token in tokens.items()}
        self.today = clock.today().isoformat()

    def __call__(self, serial: str) -> None:
        """Walk one matter as far as answers come."""
        lead = self._lead(serial)
        case = self._case(lead)
        self._form_team(case)
        self._issue(case)
        self._upload(case, serial)
        self._watch(case, serial)

    def _lead(self, serial: str) -> str:
        facts = {
            "title": f"线索{serial}",
            "source": "media",
            "source_detail": "公开报道",
            "received_on": self.today,
            "summary": "有人收集并公开他人信息。",
        }
        key = self.ledger.add("lead", self.programs["intake"].send("leads/", facts)["key"])
        assigning = {"handler": self.numbers["handler"], "conflict_checked": True}
        self._act("head", f"leads/{key}", "T03", assigning | {"legal_day": self.today})
        assessment = {
            "truthfulness": 4,
            "truthfulness_reason": "有截图。",
            "feasibility": 4,
            "feasibility_reason": "运营者可查。",
        }
        self.programs["handler"].send(f"leads/{key}/assess/", assessment, expected=200)
        return str(self.ledger.add("assessed", key))

    def _act(self, who: str, matter: str, code: str, facts: Mapping[str, Any]) -> Any:
        body = {"transition": code, "facts": facts, "reasons": "事实清楚，理由充分。"}
        answer = self.programs[who].send(f"{matter}/transitions/", body)
        if event := answer.get("event"):
            self.ledger.add("event", event)
        return answer

    def _case(self, lead: str) -> str:
        self._finalise(lead, "D-05")
        proposal = self._act("handler", f"leads/{lead}", "T06", FILING)["proposal"]
        for who in ("head", "chief"):
            digest = self.programs[who].ask(f"proposals/{proposal}/")["digest"]
            decision = {"decision": "approve", "opinion": "同意", "digest": digest}
            self.programs[who].send(f"proposals/{proposal}/decide/", decision, expected=200)
            self.ledger.add("decision", (proposal, who))
        return str(self.ledger.add("case", self.programs["handler"].ask(f"leads/{lead}/")["case"]))

    def _finalise(self, matter: str, code: str) -> None:
        program = self.programs["handler"]
        draft = program.send("documents/", {"matter": matter, "code": code})
        fields = program.ask(f"document-types/{code}/")["contents"]
        missing = {
            field["name"]: "已查明。"
            for field in fields
            if field["mandatory"]
            and not field["fixed"]
            and not draft["contents"].get(field["name"], {}).get("value")
        }
        body = {"contents": missing, "version": draft["version"]}
        program.send(f"documents/{draft['id']}/", body, method="PATCH", expected=200)
        program.send(f"documents/{draft['id']}/finalise/", {}, expected=200)
        self.ledger.add("final", draft["id"])

    def _form_team(self, case: str) -> None:
        positions = {"handler": "lead", "clerk": "clerk"}
        members = [{"user": self.numbers[who], "position": p} for who, p in positions.items()]
        body = {"members": members, "reason": "组成办案组"}
        self.programs["head"].send(f"cases/{case}/team/", body, expected=200)
        self.ledger.add("team", case)

    def _issue(self, case: str) -> None:
        (decision,) = self.programs["clerk"].ask("documents/", matter=case, code="D-06")["results"]
        signed = {"signer": self.numbers["chief"]}
        path = f"documents/{decision['id']}/issue/"
        issued = self.programs["clerk"].send(path, signed, expected=200)
        self.ledger.add("number", (decision["id"], issued["number"]))

    def _upload(self, case: str, serial: str) -> None:
        content = serial.encode() * 2000
        paper = {
            "direction": "in",
            "medium": "post",
            "correspondent": "某法院",
            "subject": serial,
            "day": self.today,
            "time": "00:01",
            "uploads": SimpleUploadedFile("通知书.txt", content),
        }
        made = self.programs["clerk"].upload("papers/", paper)
        self.ledger.add("paper", (made["id"], made["number"], hashlib.sha256(content).hexdigest()))
        self.programs["clerk"].send(f"papers/{made['id']}/link/", {"matter": case}, expected=200)

    def _watch(self, case: str, serial: str) -> None:
        handler = self.programs["handler"]
        tomorrow = (clock.today() + timedelta(days=1)).isoformat()
        deadline = {"matter": case, "title": f"期限{serial}", "day": tomorrow}
        self.ledger.add("deadline", handler.send("deadlines/", deadline)["id"])
        comment = handler.send(f"cases/{case}/comments/", {"text": f"意见{serial}"})
        self.ledger.add("comment", comment["id"])


PAGES = ("/", "/cases/", "/deadlines/", "/documents/", "/leads/", "/proposals/", "/notifications/")
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Reader:
    """A person in a browser: logs in, looks at lists, searches, opens cases, logs out."""

    def __init__(self, url: str, ledger: Ledger, login: str) -> None:
        self.url, self.ledger, self.login = url, ledger, login
        self.chance = random.Random(login)

    def __call__(self, serial: str) -> None:
        browser = Client(self.url, self.ledger)
        page = browser.request("GET", "/login/")
        self._post(browser, page, "/login/", login=self.login, password=PASSWORD)
        for _ in range(8):
            page = browser.request("GET", self._path())
            time.sleep(self.chance.uniform(*PAUSE))
        self._post(browser, browser.request("GET", "/help/"), "/logout/")
        self.ledger.answer("log in and out")

    def _post(self, browser: Client, page: bytes, path: str, **fields: str) -> None:
        found = _TOKEN.search(page)
        assert found, page[:500]
        form = fields | {"csrfmiddlewaretoken": found[1].decode()}
        browser.request("POST", path, urlencode(form), FORM, expected=302)

    def _path(self) -> str:
        # Before its team is formed the clerk does not see a case.
        cases = self.ledger.acknowledged["team"]
        choices = [*PAGES, f"/search/?{urlencode({'q': '信息'})}"]
        if cases:
            choices += [f"/cases/{self.chance.choice(cases)}/"] * 5
        return self.chance.choice(choices)


def at_work(
    name: str, work: Callable[[str], None], ledger: Ledger, over: threading.Event
) -> threading.Thread:
    """Start a thread that does `work` again and again until it is `over`."""

    def run() -> None:
        chance, number = random.Random(name), 0
        while not over.is_set():
            number += 1
            try:
                work(f"{name}-{number}")
            except Unanswered:
                over.wait(0.2)
            except Exception as error:
                ledger.refuse(f"{name}: {error!r}")
                over.wait(0.2)
            over.wait(chance.uniform(*PAUSE))

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread
