// form[data-upload]: files can be dropped, those too large (all files together count) are named before anything
// is sent, and while htmx sends the form its progress is shown. Without this file the form sends as usual.
const megabytes = (bytes) => (bytes / 1048576).toFixed(1);

function list(form, input) {
  const limit = Number(form.dataset.uploadLimit || Infinity);
  let total = 0;
  const lines = [...input.files].map((file) => {
    const line = document.createElement("li");
    const wrong = (total += file.size) > limit ? ` — ${form.dataset.tooLarge}` : "";
    line.textContent = `${file.name} (${megabytes(file.size)} MB)${wrong}`;
    return line;
  });
  form.querySelector("[data-upload-list]").replaceChildren(...lines);
  return total <= limit;
}

function enhance(form) {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".drop");
  const bar = form.querySelector("progress");
  input.addEventListener("change", () => list(form, input));
  for (const name of ["dragover", "dragleave", "drop"])
    drop?.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name !== "drop") return;
      input.files = event.dataTransfer.files;
      list(form, input);
    });
  form.addEventListener("submit", (event) => {
    if (list(form, input)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  form.addEventListener("htmx:xhr:progress", ({ detail }) => {
    bar.hidden = false;
    if (detail.lengthComputable) bar.value = detail.loaded / detail.total;
  });
}

document.querySelectorAll("form[data-upload]").forEach(enhance);
