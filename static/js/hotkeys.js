// Keys for what can also be clicked: [data-hotkey="g c"] is followed, j and k walk the rows of a list.
// The help page switches them off (WCAG 2.1.4); the choice stays in this browser.
const STORED = "hotkeys-off";
let typed = "";
let timer = 0;

const off = () => localStorage.getItem(STORED) === "1";
const typing = (element) => element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);

function walk(step) {
  const rows = [...document.querySelectorAll("main tbody tr")].filter((row) => row.querySelector("a"));
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  row.querySelector("a").focus();
}

function follow(keys) {
  const named = `[data-hotkey="${CSS.escape(keys)}"]`;
  // What a page offers itself goes before the frame around it.
  const found = document.querySelector(`main ${named}`) || document.querySelector(named);
  if (!found) return false;
  if (found.tagName === "SUMMARY") found.focus();
  if (/^(INPUT|TEXTAREA)$/.test(found.tagName)) found.focus();
  else found.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (off() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j" || event.key === "k") return walk(event.key === "j" ? 1 : -1);
  if (event.key.length !== 1) return;
  clearTimeout(timer);
  timer = setTimeout(() => { typed = ""; }, 1000);
  const keys = `${typed} ${event.key}`.trim();
  if (follow(keys) || follow(event.key)) {
    typed = "";
    event.preventDefault();
  } else typed = event.key;
});

for (const box of document.querySelectorAll("[data-hotkeys-switch]")) {
  box.checked = !off();
  box.disabled = false;
  box.addEventListener("change", () => localStorage.setItem(STORED, box.checked ? "0" : "1"));
}
