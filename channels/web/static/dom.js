/**
 * Make elements without ever turning a person's text into HTML.
 */

/**
 * Make an element. Properties are set as properties; `data`, `aria` and other attributes go in `attributes`.
 *
 * @param {string} tag
 * @param {object} [properties] for example {className, textContent, attributes: {dir: "auto"}}
 * @param {...(Node|string|null)} children null is left out
 */
export function make(tag, { attributes = {}, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Text that only a screen reader meets. */
export const unseen = (text) => make("span", { className: "unseen", textContent: `${text} ` });

/** Turn the server's sanitised HTML into nodes; its links open beside the chat, never in place of it. */
export function parseTrustedHtml(html) {
  const template = make("template", { innerHTML: html });
  for (const link of template.content.querySelectorAll("a[href]")) openBeside(link);
  return template.content;
}

/** Let a link open in a new tab, without a handle back to the chat. */
export function openBeside(link) {
  link.target = "_blank";
  link.rel = "noopener";
}

/** Whether an address may be linked: the web or this site, never a script. */
export const isWebAddress = (url) => /^(https?:\/\/|\/(?!\/))/i.test(url ?? "");

const status = document.getElementById("status");

/** Have a screen reader say something that is not part of the conversation. */
export function announce(text) {
  status.textContent = text;
}
