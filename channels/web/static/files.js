/**
 * Files that the tutor made for this person, each to be taken once.
 */

import { announce, isWebAddress, make } from "./dom.js";
import { WORDS, fill } from "./words.js";

/**
 * Build the links, as buttons to press.
 *
 * @param {{url: string, title: string, name: string}[]} files
 */
export function buildFiles(files) {
  const known = files.filter(({ url }) => isWebAddress(url));
  return make("div", { className: "files", attributes: { role: "group", "aria-label": WORDS.files } }, ...known.map(buildFile));
}

function buildFile({ url, title, name }) {
  const link = make("a", { className: "file", href: url, download: name, textContent: fill(WORDS.download, { title }) });
  link.addEventListener("click", () => tellTaken(link, title));
  return link;
}

/** The link stays, also for the focus: where the first try never reached the server, it still works. */
function tellTaken(link, title) {
  const text = fill(WORDS.fileTaken, { title });
  if (link.nextElementSibling?.matches(".origin")) {
    announce(text);
    return;
  }
  link.classList.add("taken");
  link.after(make("p", { className: "origin", textContent: text })); // the log tells of it; twice would be too much
}
