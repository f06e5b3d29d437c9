"""How a person at a desk uses the pages: everything here is a click or a key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page


@dataclass
class Desk:
    """One person in a browser of his own."""

    page: Page
    url: str

    def open(self, path: str) -> None:
        """Go to a page of the site and expect that it is there."""
        response = self.page.goto(f"{self.url}{path}")
        assert response is not None
        assert response.ok, f"{path} answers {response.status}"

    def fill(self, **facts: Any) -> None:
        """Fill in fields of the page's form by name: texts, choices, ticks, files."""
        for name, value in facts.items():
            self._fill_one(name, value)

    def _fill_one(self, name: str, value: Any) -> None:
        field = self.page.locator(f"main [name='{name}']").first
        tag = field.evaluate("e => e.tagName")
        kind = field.get_attribute("type")
        if tag == "SELECT":
            field.select_option(value)
        elif kind == "file":
            field.set_input_files(value)
        elif kind == "radio":
            self.page.check(f"main [name='{name}'][value='{value}']")
        elif kind == "checkbox":
            for chosen in value if isinstance(value, list) else ["on"]:
                box = f"[value='{chosen}']" if isinstance(value, list) else ""
                self.page.check(f"main [name='{name}']{box}")
        else:
            field.fill(str(value))

    def fill_what_is_missing(self, text: str) -> None:
        """Write `text` into every empty required field of the page's form."""
        fields = self.page.locator("main textarea, main input[type=text]")
        for number in range(fields.count()):
            field = fields.nth(number)
            editable = field.is_visible() and field.is_editable()
            if editable and not field.input_value():
                field.fill(text)

    def press(self, selector: str = "main form button.primary, main form button.danger") -> None:
        """Press a button and expect that nothing is refused."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.expect_no_fault()

    def expect_no_fault(self) -> None:
        """Fail with what the page complains of."""
        faults = self.page.locator(".errsum, .msg.bad")
        texts = [faults.nth(number).inner_text() for number in range(faults.count())]
        assert not texts, f"{self.page.url}: {texts}"

    def record(self, key: str, code: str, **facts: Any) -> None:
        """Record a step that needs no approval: facts, check answers, record."""
        self.open(f"/matters/{key}/transitions/{code}/")
        self.fill(**facts)
        self.press()
        if self.page.locator("button[value=record]").count():
            self.press("button[value=record]")

    def make_final(self, key: str, code: str, text: str, *, draft: int | None = None) -> int:
        """Begin a document, or open the `draft` a step made, complete it and make it final."""
        if draft is None:
            self.begin_document(key, code)
        else:
            self.open(f"/documents/{draft}/edit/")
        self.fill_what_is_missing(text)
        self.press("button[name=finalise]")
        return self.document()

    def begin_document(self, key: str, code: str) -> None:
        """Open the composer of a new document."""
        self.open(f"/documents/of/{key}/new/")
        self.page.click(f"button[name=code][value='{code}']")
        self.page.wait_for_load_state()
        self.expect_no_fault()

    def document(self) -> int:
        """Return the number in the address of the document that is shown."""
        found = re.search(r"/documents/(\d+)/", self.page.url)
        assert found, self.page.url
        return int(found[1])

    def propose(self, key: str, code: str, reasons: str, **facts: Any) -> str:
        """Propose a transition and submit it; return the proposal's path."""
        self.open(f"/matters/{key}/proposals/new/{code}/")
        self.fill(reasons=reasons, **facts)
        self.press()
        path = self.page.url.removeprefix(self.url).split("?")[0]
        self.open(f"{path}submit/")
        self.press()
        return path

    def approve(self, path: str) -> None:
        """Approve a proposal."""
        self.open(path)
        self.fill(decision="approve", opinion="同意。")
        self.press("form[action$='/decide/'] .btn.primary")
