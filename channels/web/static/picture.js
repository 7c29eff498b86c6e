/**
 * Pictures: small in the conversation, with their room kept while they load, and large in a dialog at a press.
 */

import { showDialog } from "./dialog.js";
import { make } from "./dom.js";
import { WORDS, openPictureLabel } from "./words.js";

const ZOOMS_PERCENT = [100, 150, 225, 340];

/**
 * Build a picture of the conversation. The image speaks for itself; the button over it makes it large.
 *
 * @param {{url: string, title?: string, alt?: string, width?: number, height?: number}} picture
 */
export function buildPicture(picture) {
  const button = make("button", { type: "button", attributes: {
    "aria-haspopup": "dialog", "aria-label": openPictureLabel(picture.title) } });
  button.addEventListener("click", () => openLarge(picture, button));
  return make("div", { className: "picture" }, buildImage(picture, picture.alt), button);
}

function buildImage({ url, width, height }, alt) {
  const image = make("img", { src: url, alt: alt ?? "", decoding: "async" });
  if (width && height) Object.assign(image, { width, height });
  return image;
}

/** Show a picture over the page, with its description, to be moved with a finger or the arrow keys. */
function openLarge(picture, opener) {
  const image = buildImage(picture, "");
  const view = make("div", { className: "view", tabIndex: 0,
    attributes: { role: "group", "aria-label": WORDS.pictureView } }, image);
  const words = make("p", { id: "picture-words", textContent: picture.alt ?? "", attributes: { dir: "auto" } });
  const how = { className: "large", title: picture.title ?? WORDS.picture, opener };
  const dialog = showDialog(how, buildZoom(image), view, words);
  dialog.setAttribute("aria-describedby", words.id);
}

/** A button at its end says so and stays, so that the focus is never lost. */
function buildZoom(image) {
  let step = 0;
  const smaller = make("button", { type: "button", textContent: "−", attributes: { "aria-label": WORDS.zoomOut } });
  const larger = make("button", { type: "button", textContent: "+", attributes: { "aria-label": WORDS.zoomIn } });

  function zoom(by) {
    step = Math.min(Math.max(step + by, 0), ZOOMS_PERCENT.length - 1);
    image.style.width = step ? `calc(max(100%, 45rem) * ${ZOOMS_PERCENT[step] / 100})` : "";
    smaller.setAttribute("aria-disabled", String(step === 0));
    larger.setAttribute("aria-disabled", String(step === ZOOMS_PERCENT.length - 1));
  }

  smaller.addEventListener("click", () => zoom(-1));
  larger.addEventListener("click", () => zoom(1));
  zoom(0);
  return make("div", { className: "zoom" }, smaller, larger);
}
