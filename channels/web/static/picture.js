/**
 * Pictures: small in the conversation, with their room kept while they load, and large in a dialog at a press.
 */

import { make } from "./dom.js";
import { WORDS, openPictureLabel } from "./words.js";

/**
 * Build a picture of the conversation. The image speaks for itself; the button over it makes it large.
 *
 * @param {{url: string, title?: string, alt?: string, width?: number, height?: number}} picture
 */
export function buildPicture(picture) {
  const { title } = picture;
  const button = make("button", { type: "button", attributes: {
    "aria-haspopup": "dialog", "aria-label": openPictureLabel(title) } });
  button.addEventListener("click", () => openLarge(picture, button));
  return make("div", { className: "picture" }, buildImage(picture, picture.alt), button);
}

function buildImage({ url, width, height }, alt) {
  const image = make("img", { src: url, alt: alt ?? "", decoding: "async" });
  if (width && height) Object.assign(image, { width, height });
  return image;
}

/**
 * Show a picture over the page. Escape, the button and a press beside it close it; the focus goes back. An old browser
 * that has no dialogs opens it in a new tab.
 */
function openLarge(picture, opener) {
  const close = make("button", { type: "button", className: "close", textContent: WORDS.closePicture });
  const heading = make("h2", { id: "picture-title", textContent: picture.title ?? WORDS.picture });
  const view = make("div", { className: "view", tabIndex: 0,
    attributes: { role: "group", "aria-label": WORDS.pictureView } }, buildImage(picture, ""));
  const words = make("p", { id: "picture-words", textContent: picture.alt ?? "", attributes: { dir: "auto" } });
  const dialog = make("dialog", { className: "large", attributes: {
    "aria-labelledby": "picture-title", "aria-describedby": "picture-words" } },
  make("div", { className: "head" }, heading, close), view, words);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus({ preventScroll: true });
  });
  if (!dialog.showModal) return void window.open(picture.url, "_blank", "noopener");
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}
