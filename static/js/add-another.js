// A formset grows by one: the server's empty form (a <template>) is copied with the next number.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-another]");
  if (!button) return;
  const set = document.getElementById(button.dataset.addAnother);
  const total = set.querySelector("input[name$='-TOTAL_FORMS']");
  const template = set.querySelector("template[data-empty-form]");
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
  const added = holder.firstElementChild;
  total.value = Number(total.value) + 1;
  template.before(added);
  window.htmx?.process(added);
  added.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
  added.querySelector("input:not([type=hidden]), select, textarea")?.focus();
});
for (const button of document.querySelectorAll("[data-add-another][hidden]")) button.hidden = false;
