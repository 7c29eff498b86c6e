/**
 * Where the person writes: grows with the text, Enter sends, and nothing over the limit leaves.
 */

import { announce } from "./dom.js";
import { charactersLeft } from "./words.js";

const LIMIT_CHARS = 4000;
const NEAR_LIMIT_CHARS = 200;

/**
 * @param {HTMLFormElement} form
 * @param {object} doors
 * @param {(text: string, by: "key"|"button") => void} doors.onSend
 * @param {(key: string) => void} doors.onPageKey PageUp or PageDown: the conversation moves, not the cursor
 */
export function createComposer(form, { onSend, onPageKey }) {
  const field = form.querySelector("textarea");
  const count = form.querySelector("#count");
  let isShiftDown = false;

  /** Characters as people and the server count them: an emoji is one. */
  const left = () => LIMIT_CHARS - [...field.value].length;

  /** Newer browsers fit the field by themselves, and much quicker. */
  function fit() {
    if (CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }

  function showCount() {
    const [wasHidden, wasOver] = [count.hidden, field.getAttribute("aria-invalid") === "true"];
    const [isFar, isOver] = [left() > NEAR_LIMIT_CHARS, left() < 0];
    count.hidden = isFar;
    count.textContent = isFar ? "" : charactersLeft(left());
    count.classList.toggle("over", isOver);
    field.setAttribute("aria-invalid", String(isOver));
    if ((wasHidden && !isFar) || (isOver && !wasOver)) announce(count.textContent);
  }

  function update() {
    fit();
    showCount();
  }

  function submit(by) {
    const text = field.value.trim();
    if (!text || left() < 0) return field.focus();
    field.value = "";
    update();
    return onSend(text, by);
  }

  function pressKey(event) {
    isShiftDown = event.shiftKey;
    if (event.key !== "PageUp" && event.key !== "PageDown") return;
    event.preventDefault();
    onPageKey(event.key);
  }

  /** Asked for here and not by the key: phone keyboards do not name theirs, and Enter may end a composed character. */
  function sendAtLineBreak(event) {
    const isLineBreak = event.inputType === "insertLineBreak" || event.inputType === "insertParagraph";
    if (!isLineBreak || isShiftDown) return;
    event.preventDefault();
    submit("key");
  }

  field.addEventListener("input", update);
  field.addEventListener("keydown", pressKey);
  field.addEventListener("beforeinput", sendAtLineBreak);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit("button");
  });
  addEventListener("pageshow", update);
  addEventListener("resize", fit);
  return { focus: () => field.focus() };
}
