/**
 * The menu: how far the course is, how the page looks (kept on this device), what the tutor is.
 */

import { openDialog, prepareDialog } from "./dialog.js";
import { WORDS, fill } from "./words.js";

const KEY = "tutor.look";
const COLOURS = { light: "#eef3f1", dark: "#0f1615" };

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

/**
 * Bring the menu to life.
 *
 * @param {() => Promise<object>} fetchProgress
 */
export function createMenu(fetchProgress) {
  const [menu, opener] = [byId("menu"), byId("menu-button")];
  prepareDialog(menu);
  opener.addEventListener("click", () => {
    openDialog(menu, opener);
    showCourse(fetchProgress);
  });
  menu.addEventListener("change", keepLook);
  byId("print").addEventListener("click", () => {
    menu.close?.();
    print();
  });
  showLook();
}

async function showCourse(fetchProgress) {
  const [section, text, bar] = [byId("course"), byId("course-text"), byId("course-bar")];
  section.hidden = false;
  text.textContent ||= WORDS.looking;
  const progress = await fetchProgress().catch(() => null);
  bar.hidden = !progress;
  if (!progress) return void (text.textContent = WORDS.unknown);
  const { lessons_done: done, lessons: total } = progress;
  text.textContent = fill(WORDS.done, { done, total });
  return void Object.assign(bar, { max: total, value: done });
}

function showLook() {
  for (const field of byId("menu").querySelectorAll("input")) {
    const value = root.dataset[field.name];
    if (value) field.checked = field.value === value;
  }
  colourBrowser();
}

function keepLook() {
  const chosen = [...byId("menu").querySelectorAll("input:checked")].map(({ name, value }) => [name, value]);
  const look = Object.fromEntries(chosen);
  for (const name of ["theme", "size", "times"]) root.dataset[name] = look[name] ?? "";
  try {
    localStorage.setItem(KEY, JSON.stringify(look));
  } catch (error) {
    console.warn("How it looks cannot be kept on this device:", error.message);
  }
  colourBrowser();
}

/** The browser's own bars take the colours, too. */
function colourBrowser() {
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    const scheme = root.dataset.theme in COLOURS ? root.dataset.theme : meta.media.includes("dark") ? "dark" : "light";
    meta.content = COLOURS[scheme];
  }
}
