/** Shows what a decision about questions would change, as soon as it is chosen; nothing is done before it is confirmed. */
const form = document.getElementById("decide");
const place = document.getElementById("effects");
const PAUSE_MS = 400;
let waiting = 0;
let newest = 0;

const showFields = () => {
  const deed = form.elements.deed.value;
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(deed);
};

const show = async () => {
  const mine = ++newest;
  const fields = new URLSearchParams(new FormData(form));
  fields.set("part", "yes");
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const text = await answer.text();
    if (mine !== newest) return;
    place.innerHTML = text;
    place.inert = false;
    labelTables(place);
    const again = place.querySelector("[data-again]");
    if (again) schedule(Number(again.dataset.again));
  } catch {
    if (mine === newest) place.textContent = "That could not be shown. Please press the button.";
  } finally {
    if (mine === newest) place.removeAttribute("aria-busy");
  }
};

const schedule = (pause) => {
  clearTimeout(waiting);
  waiting = setTimeout(show, pause);
};

if (form) {
  document.getElementById("look").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  form.addEventListener("input", () => {
    place.inert = true; // what stands there is about another choice
    showFields();
    schedule(PAUSE_MS);
  });
  showFields();
  show();
}
