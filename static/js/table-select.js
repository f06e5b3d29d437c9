// The box in the heading marks all rows; the bar above the table says how many are marked.
function count(form) {
  const boxes = [...form.querySelectorAll("input[data-select]")];
  const marked = boxes.filter((box) => box.checked).length;
  const all = form.querySelector("input[data-select-all]");
  if (all) {
    all.checked = marked > 0 && marked === boxes.length;
    all.indeterminate = marked > 0 && marked < boxes.length;
  }
  for (const place of form.querySelectorAll("[data-select-count]")) place.textContent = String(marked);
  for (const bar of form.querySelectorAll("[data-select-bar]")) bar.hidden = marked === 0;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-table-select]");
  if (!form) return;
  if (event.target.matches("[data-select-all]"))
    for (const box of form.querySelectorAll("input[data-select]")) box.checked = event.target.checked;
  count(form);
});
const start = (root) => {
  for (const form of root.querySelectorAll("form[data-table-select]")) {
    for (const part of form.querySelectorAll("[data-select-all],[data-select-said]")) part.hidden = false;
    count(form);
  }
};
start(document);
document.addEventListener("htmx:load", (event) => start(event.target));
