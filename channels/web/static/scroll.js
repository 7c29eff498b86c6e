/**
 * Scrolling: follow the conversation, show a new turn from its start, and never move the page under a reader.
 */

import { WORDS } from "./words.js";

const NEAR_END_PX = 60;
const FAR_FROM_END_PX = 160;
const GAP_PX = 12;
const PAGE_KEYS = { PageUp: -0.9, PageDown: 0.9 };

/**
 * @param {HTMLElement} page the scrolling part
 * @param {HTMLElement} header sticks to its top
 * @param {HTMLButtonElement} button goes to the newest message
 */
export function createScroll(page, header, button) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const label = button.querySelector("span");
  let isFollowing = true;
  let shownTurn = null;
  let settling = 0;

  const distance = () => page.scrollHeight - page.clientHeight - page.scrollTop;
  const behavior = () => (calm.matches ? "auto" : "smooth");

  function update() {
    isFollowing = distance() < NEAR_END_PX;
    if (isFollowing) markNew(false);
    button.hidden = distance() < FAR_FROM_END_PX && !label.classList.contains("seen");
  }

  function markNew(isNew) {
    label.textContent = isNew ? WORDS.newAnswer : WORDS.goToNewest;
    label.className = isNew ? "seen" : "unseen";
    if (isNew) button.hidden = false;
  }

  function toEnd() {
    shownTurn = null;
    page.scrollTop = page.scrollHeight;
    update();
  }

  /** Keep to the end when something grew, if the person was there; once a frame, as each look at the height costs. */
  function settle() {
    settling ||= requestAnimationFrame(() => {
      settling = 0;
      if (isFollowing) toEnd();
      else update();
    });
  }

  /** Show a new turn from its start (or all of it), unless the person reads further up. */
  function showTurn(turn) {
    if (!isFollowing) return markNew(true);
    cancelAnimationFrame(settling);
    settling = 0;
    shownTurn = turn;
    return toStart(turn, behavior());
  }

  function toStart(turn, how) {
    const top = turn.offsetTop - clearHeader();
    isFollowing = page.scrollHeight - page.clientHeight - top < NEAR_END_PX;
    page.scrollTo({ top, behavior: how });
  }

  /** Nothing that is scrolled to, or has the focus, may hide under the header. */
  function clearHeader() {
    const isSticky = getComputedStyle(header).position === "sticky";
    const gap = GAP_PX + (isSticky ? header.offsetHeight : 0);
    page.style.scrollPaddingTop = `${gap}px`;
    return gap;
  }

  function resize() {
    clearHeader();
    settle();
  }

  /** A picture came in late: the new turn still shows from its start. */
  function settlePicture() {
    if (shownTurn) toStart(shownTurn, "auto");
    else settle();
  }

  /** The button hides when it is there, so the focus goes along. */
  function goToNewest() {
    const headings = page.querySelectorAll(".turn h2");
    headings[headings.length - 1]?.focus({ preventScroll: true });
    page.scrollTo({ top: page.scrollHeight, behavior: behavior() });
  }

  const letGo = () => { shownTurn = null; };

  const observer = new ResizeObserver(resize);
  observer.observe(page);
  observer.observe(header);
  page.addEventListener("scroll", update, { passive: true });
  page.addEventListener("load", settlePicture, true);
  for (const kind of ["wheel", "touchmove", "pointerdown"]) page.addEventListener(kind, letGo, { passive: true });
  button.addEventListener("click", goToNewest);

  /** Move by almost a screen, as the keys do in any page. */
  const turnPage = (key) => page.scrollBy({ top: PAGE_KEYS[key] * page.clientHeight, behavior: behavior() });

  return { toEnd, settle, showTurn, turnPage };
}
