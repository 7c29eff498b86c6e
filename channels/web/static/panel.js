/**
 * The header: the lesson bar, and "What it is", which closes with Escape or a tap beside it.
 */

import { lessonStep } from "./words.js";

const lesson = document.getElementById("lesson");
const text = document.getElementById("lesson-text");
const bar = document.getElementById("lesson-bar");
const about = document.getElementById("about");

/** Show how far the lesson is; hide the bar outside a lesson. */
export function showProgress(progress) {
  lesson.hidden = !progress;
  if (!progress) return;
  text.textContent = lessonStep(progress);
  bar.max = progress.total;
  bar.value = progress.done;
}

/** Make "What it is" easy to leave. */
export function watchAbout() {
  document.addEventListener("click", (event) => {
    if (!about.contains(event.target)) about.open = false;
  });
  about.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    about.open = false;
    about.querySelector("summary").focus();
  });
}
