/** Writing content: the check and the preview follow what is typed; a click on a line leads to it. */
const PAUSE_MS = 600;
const form = document.getElementById("edit");
const result = document.getElementById("result");
let asked = new AbortController();
let timer = 0;
let door = "web";
let isDirty = false;

function showDoor() {
  for (const button of result.querySelectorAll("[data-door]")) button.setAttribute("aria-pressed", button.dataset.door === door);
  for (const seen of result.querySelectorAll(".seen")) seen.hidden = !seen.classList.contains(door);
}

async function check() {
  asked.abort();
  asked = new AbortController();
  result.setAttribute("aria-busy", "true");
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.check, { method: "POST", body, signal: asked.signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    result.innerHTML = await answer.text();
    showDoor();
    tellVerdict();
  } catch (error) {
    if (error.name === "AbortError") return;
    result.firstElementChild.textContent = "The check could not be made just now. Keep your text, and load the page again.";
  }
  result.removeAttribute("aria-busy");
}

function goToLine(area, line) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  const rows = area.scrollHeight * (start / Math.max(area.value.length, 1));
  area.scrollTop = Math.max(0, rows - area.clientHeight / 3);
}

/** Say beside the buttons what came of the check: where the page is narrow, the whole of it stands far below. */
function tellVerdict() {
  const verdict = document.getElementById("verdict");
  const told = result.querySelector("[data-verdict]")?.dataset.verdict ?? "";
  if (verdict && verdict.textContent !== told) verdict.textContent = told;
}

function tellLine() {
  const area = form.elements.text;
  const before = area.value.slice(0, area.selectionStart).split("\n");
  document.getElementById("line").textContent = `Line ${before.length}`;
}

result.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.door) { door = button.dataset.door; showDoor(); }
  if (button?.dataset.line && form) goToLine(form.elements.text, Number(button.dataset.line));
});

if (form) {
  tellVerdict();
  form.addEventListener("input", (event) => {
    isDirty ||= event.target.name === "text";
    if (event.target.name === "why") return;
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE_MS);
  });
  form.addEventListener("submit", () => { isDirty = false; });
  document.addEventListener("selectionchange", () => { if (document.activeElement === form.elements.text) tellLine(); });
  window.addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });
}
