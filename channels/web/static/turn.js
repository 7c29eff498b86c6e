/**
 * Builds one turn of the conversation: the tutor's bubbles with pictures, files, sources and buttons, or what the person said.
 */

import { make, parseTrustedHtml, unseen } from "./dom.js";
import { buildFiles } from "./files.js";
import { buildPicture } from "./picture.js";
import { buildSources } from "./sources.js";
import { RATING_NAMES, WORDS, moment } from "./words.js";

/**
 * Build a tutor's turn. Its heading can take the focus, so that nobody is dropped at the top of the page.
 *
 * @param {object[]} messages those that answer the same message of the person
 */
export function buildTutorTurn(messages) {
  const turn = make("div", { className: "turn tutor" }, buildHeading(WORDS.tutor),
    buildTime(messages[0].sent_at));
  messages.forEach((message, index) => turn.append(buildMessage(message, index > 0)));
  return turn;
}

/** Build what the person said, now unless it is told when; `text` may be missing for the silent start. */
export function buildYourTurn({ text, id, clientId, sentAt }) {
  const turn = make("div", { className: "turn you" });
  if (clientId) turn.dataset.clientId = clientId;
  if (id) turn.dataset.id = id;
  if (!text) return turn;
  turn.append(buildHeading(WORDS.you), buildTime(sentAt), make("div", { className: "bubble" }, buildPlainText(text)));
  return turn;
}

/** Build the line under an unsent message: what is happening, and a way on if there is one. */
export function buildState(text, onRetry) {
  const line = make("p", { className: "state" }, make("span", { textContent: text }));
  const button = { type: "button", className: "retry", textContent: WORDS.tryAgain, onclick: onRetry };
  if (onRetry) line.append(make("button", button));
  return line;
}

/**
 * Build the buttons of a message: options under each other, the rest as chips.
 *
 * @param {object[]} buttons
 * @param {(button: object) => void} onPress
 */
export function buildReplies(buttons, onPress) {
  const build = (button) => buildButton(button, onPress);
  const options = buttons.filter((button) => button.kind === "option").map(build);
  const chips = buttons.filter((button) => !["option", "rate"].includes(button.kind)).map(build);
  const ratings = buttons.filter((button) => button.kind === "rate").map(build);
  if (ratings.length) chips.push(make("span", { className: "ratings" }, ...ratings));
  return make("div", { className: "replies" },
    options.length ? buildGroup("options", WORDS.answers, options) : null,
    chips.length ? buildGroup("chips", WORDS.suggestions, chips) : null);
}

function buildHeading(text) {
  return make("h2", { className: "unseen", tabIndex: -1, textContent: text });
}

/** Shown only to those who want to see it. */
function buildTime(sentAt) {
  const date = sentAt ? new Date(sentAt) : new Date();
  return make("time", { className: "when", dateTime: date.toISOString(), textContent: moment(date) });
}

function buildMessage(message, isLater) {
  const bubble = make("div", { className: message.image ? "bubble wide" : "bubble" },
    isLater ? unseen(WORDS.tutor) : null,
    message.html ? buildRichText(message.html) : buildPlainText(message.text),
    message.image ? buildPicture(message.image) : null,
    message.files?.length ? buildFiles(message.files) : null,
    message.sources?.length ? buildSources(message.sources) : null);
  return make("div", { className: "message", attributes: { "data-id": message.id } }, bubble);
}

/** The direction of the writing follows the text itself, so it is set on the text alone. */
function buildPlainText(text) {
  return make("div", { className: "text plain", textContent: text ?? "", attributes: { dir: "auto" } });
}

function buildRichText(html) {
  return make("div", { className: "text", attributes: { dir: "auto" } }, parseTrustedHtml(html));
}

function buildGroup(className, label, children) {
  return make("div", { className, attributes: { role: "group", "aria-label": label } }, ...children);
}

function buildButton(button, onPress) {
  const element = make("button", { type: "button", textContent: button.title, attributes: { dir: "auto" } });
  const name = RATING_NAMES[button.title];
  if (name) element.setAttribute("aria-label", name);
  element.addEventListener("click", () => element.isConnected && onPress(button));
  return element;
}
