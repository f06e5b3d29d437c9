// A typed day is said back with its weekday; a button opens the browser's own calendar.
// The server reads the same ways of writing (audit.dates) and has the last word.
const WAYS = /^(\d{4})(?:-|\.|\/|年)?(\d{1,2})(?:-|\.|\/|月)?(\d{1,2})日?$/;
const SHORT = /^(\d{1,2})(?:-|\.|\/|月)(\d{1,2})日?$/;
const language = document.documentElement.lang;

function read(text) {
  const trimmed = text.trim();
  const whole = trimmed.match(WAYS);
  const short = trimmed.match(SHORT);
  const parts = short ? [new Date().getFullYear(), short[1], short[2]] : whole?.slice(1);
  if (!parts) return null;
  const [year, month, day] = parts.map(Number);
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? made : null;
}

function said(day) {
  return day.toLocaleDateString(language, { dateStyle: "full", timeZone: "UTC" });
}

function enhance(field) {
  if (field.dataset.enhanced) return;
  field.dataset.enhanced = "1";
  const echo = document.createElement("span");
  echo.className = "echo";
  echo.setAttribute("aria-live", "polite");
  const tell = () => { const day = read(field.value); echo.textContent = day ? said(day) : ""; };
  const template = field.parentElement.querySelector("template[data-date-pick]");
  if (template) {
    const pick = template.content.firstElementChild.cloneNode(true);
    const native = pick.querySelector("input");
    pick.querySelector("button").addEventListener("click", () => {
      native.value = read(field.value)?.toISOString().slice(0, 10) ?? "";
      native.showPicker ? native.showPicker() : native.focus();
    });
    native.addEventListener("change", () => {
      field.value = native.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
    field.after(pick, echo);
  } else field.after(echo);
  field.addEventListener("input", tell);
  tell();
}

const start = (root) => root.querySelectorAll("input[data-date-field]").forEach(enhance);
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
