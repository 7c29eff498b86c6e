/** Keys for reading many conversations in a row: n goes to the next, r ticks "read to the end" and keeps, f flags. */
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
  const next = document.getElementById("next");
  const reviewed = document.getElementById("reviewed");
  const flagged = document.getElementById("flagged");
  if (event.key === "n" && next) next.click();
  if (event.key === "f" && flagged) {
    flagged.checked = !flagged.checked;
    flagged.focus();
  }
  if (event.key === "r" && reviewed) {
    reviewed.checked = true;
    reviewed.form.requestSubmit();
  }
});
