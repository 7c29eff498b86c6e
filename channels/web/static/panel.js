/**
 * The lesson bar in the header.
 */

import { lessonStep } from "./words.js";

const lesson = document.getElementById("lesson");
const text = document.getElementById("lesson-text");
const bar = document.getElementById("lesson-bar");

/** Show how far the lesson is; hide the bar outside a lesson. */
export function showProgress(progress) {
  lesson.hidden = !progress;
  if (!progress) return;
  text.textContent = lessonStep(progress);
  bar.max = progress.total;
  bar.value = progress.done;
}
