// Two minutes before the session ends the page says so and offers to go on; what was typed stays.
// Every tab of the browser shares the moment of the last request.
const WARN_SECONDS = 120;
const SEEN = "seen-at";
const seconds = Number(document.body.dataset.idleSeconds || 0);
const notice = document.querySelector("[data-idle-warning]");

const seen = () => localStorage.setItem(SEEN, String(Date.now()));
const left = () => seconds - (Date.now() - Number(localStorage.getItem(SEEN) || Date.now())) / 1000;

function look() {
  const rest = left();
  notice.hidden = rest > WARN_SECONDS;
  notice.querySelector("[data-idle-soon]").hidden = rest <= 0;
  notice.querySelector("[data-idle-over]").hidden = rest > 0;
}

async function goOn() {
  const answer = await fetch(notice.dataset.idleWarning, { cache: "no-store" }).catch(() => null);
  if (answer?.ok) seen();
  look();
}

if (seconds && notice) {
  seen();
  for (const name of ["htmx:afterRequest", "form:saved"]) document.addEventListener(name, seen);
  notice.querySelector("button").addEventListener("click", goOn);
  setInterval(look, 10000);
}
