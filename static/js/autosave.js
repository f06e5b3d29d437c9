// form[data-autosave="/path"]: entries are sent every 20 seconds while they change; the server keeps a draft.
const PERIOD = 20000;
const changed = new Set();

async function save(form) {
  const status = form.querySelector("[data-autosave-status]");
  const answer = await fetch(form.dataset.autosave, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Requested-With": "fetch" },
  }).catch(() => null);
  if (!answer?.ok) {
    changed.add(form);
    if (status) status.textContent = status.dataset.failed;
    return;
  }
  const at = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  if (status) status.textContent = `${status.dataset.saved} ${at}`;
  if (!changed.has(form)) form.dispatchEvent(new CustomEvent("form:saved", { bubbles: true }));
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
setInterval(() => {
  for (const form of [...changed]) {
    changed.delete(form);
    if (form.isConnected) save(form);
  }
}, PERIOD);
