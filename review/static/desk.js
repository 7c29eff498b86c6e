/** Keys for reading many conversations in a row, which can be switched off; and tables that a narrow screen can show. */
const KEYS_OFF = "desk-keys-off";
const keys = document.getElementById("keys");
let areKeysOn = localStorage.getItem(KEYS_OFF) === null;

function showKeys() {
  keys?.setAttribute("aria-pressed", areKeysOn);
  keys?.removeAttribute("hidden");
}

keys?.addEventListener("click", () => {
  areKeysOn = !areKeysOn;
  if (areKeysOn) localStorage.removeItem(KEYS_OFF);
  else localStorage.setItem(KEYS_OFF, "yes");
  showKeys();
});
showKeys();

/** n goes to the next, r ticks "read to the end" and keeps, f flags; never while somebody types. */
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (!areKeysOn || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
  const next = document.getElementById("next");
  const reviewed = document.getElementById("reviewed");
  const flagged = document.getElementById("flagged");
  if (event.key === "n") next?.click();
  if (event.key === "n") document.getElementById("end")?.focus();
  if (event.key === "f" && flagged) {
    flagged.checked = !flagged.checked;
    flagged.focus();
  }
  if (event.key === "r" && reviewed) {
    reviewed.checked = true;
    reviewed.form.requestSubmit();
  }
});

/** Write each column's heading beside its cells: on a phone a row stands as a list, and stays a row for a screen reader. */
function labelTables(place) {
  for (const table of place.querySelectorAll("table:not(.labelled)")) {
    const headings = [...(table.tHead?.rows[0]?.cells ?? [])];
    table.setAttribute("role", "table");
    for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
    for (const heading of headings) heading.setAttribute("role", "columnheader");
    for (const row of table.rows) row.setAttribute("role", "row");
    for (const row of table.tBodies[0]?.rows ?? []) {
      [...row.cells].forEach((cell, column) => {
        cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
        cell.dataset.label = headings[column]?.textContent ?? "";
      });
    }
    table.classList.add("labelled");
  }
}
labelTables(document);
