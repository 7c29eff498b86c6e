/**
 * What an answer rests on: a button in the bubble, and the list as a sheet.
 */

import { showDialog } from "./dialog.js";
import { isWebAddress, make, openBeside, unseen } from "./dom.js";
import { WORDS, sourcesHeading } from "./words.js";

/**
 * Build the button that shows the sources.
 *
 * @param {{title: string, author?: string, year?: string, url?: string}[]} sources
 */
export function buildSources(sources) {
  const button = make("button", { type: "button", className: "sources", textContent: sourcesHeading(sources.length),
    attributes: { "aria-haspopup": "dialog" } });
  button.addEventListener("click", () => {
    const list = make("ul", {}, ...sources.map(buildSource));
    const how = { className: "sheet", title: WORDS.sourcesTitle, opener: button };
    showDialog(how, make("div", { className: "body source-list" }, list));
  });
  return button;
}

function buildSource({ title, author, year, url }) {
  const origin = [author, year].filter(Boolean).join(", ");
  return make("li", { attributes: { dir: "auto" } }, buildTitle(title, url),
    origin ? make("span", { className: "origin", textContent: origin }) : null);
}

function buildTitle(title, url) {
  if (!isWebAddress(url)) return make("span", { textContent: title });
  const link = make("a", { href: url, textContent: `${title} ` }, unseen(WORDS.opensNewTab));
  openBeside(link);
  return link;
}
