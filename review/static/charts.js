/** Draws a column of a table as bars. The table stays: it says the same to a screen reader, and where there is no script. */
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const drawn = new Map();

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function draw(canvas) {
  const table = document.getElementById(canvas.dataset.table);
  const rows = [...table.tBodies[0].rows];
  const column = Number(canvas.dataset.column);
  const axis = { ticks: { color: colour("--soft"), precision: 0 }, grid: { color: colour("--line") } };
  drawn.get(canvas)?.destroy();
  const labels = rows.map((row) => row.cells[0].textContent.trim());
  const data = rows.map((row) => Number.parseInt(row.cells[column].textContent, 10));
  canvas.parentElement.hidden = data.every((value) => !value); // nothing to see yet
  if (canvas.parentElement.hidden) return;
  const dataset = { label: table.tHead.rows[0].cells[column].textContent, data, backgroundColor: colour("--accent") };
  const short = (value) => (labels[value].length > 22 ? `${labels[value].slice(0, 20)}…` : labels[value]);
  const ticks = { ...axis.ticks, callback: short, maxRotation: 60 };
  drawn.set(canvas, new Chart(canvas, {
    type: "bar",
    data: { labels, datasets: [dataset] },
    options: {
      animation: still.matches ? false : { duration: 300 },
      maintainAspectRatio: false,
      plugins: { legend: { labels: { color: colour("--ink") } } },
      scales: { x: { ...axis, ticks }, y: { ...axis, beginAtZero: true } },
    },
  }));
}

function drawAll() {
  document.querySelectorAll("canvas[data-table]").forEach(draw);
}
drawAll();
dark.addEventListener("change", drawAll);
