/**
 * Puts the tutor into another site, with one line:  <script src=".../embed.js" defer></script>
 *
 * A button in the corner opens a panel with the chat. Nothing is loaded before it is opened, nothing of the page around
 * is read, and no style of the one page reaches the other. data-side="left" puts it on the left.
 */
(() => {
  const WORDS = {{ words.embed | tojson | safe }};
  const script = document.currentScript;
  const tutor = new URL(script.src).origin;
  const side = script.dataset.side === "left" ? "left" : "right";
  const STYLE = `
    :host { all: initial; }
    button {
      position: fixed; z-index: 2147483647; bottom: 1rem; ${side}: 1rem; min-height: 44px; padding: 0.5rem 1rem;
      border: 0; border-radius: 1.5rem; background: #135f57; color: #ffffff; font: 600 16px/1.4 system-ui, sans-serif;
      box-shadow: 0 2px 12px rgb(10 25 22 / 30%); cursor: pointer;
    }
    button:focus-visible { outline: 3px solid #135f57; outline-offset: 3px; box-shadow: 0 0 0 3px #ffffff; }
    div {
      position: fixed; z-index: 2147483646; bottom: 4.5rem; ${side}: 1rem; width: min(400px, calc(100vw - 2rem));
      height: min(640px, calc(100vh - 6rem)); overflow: hidden; border: 1px solid #74857f; border-radius: 1rem;
      background: #eef3f1; box-shadow: 0 8px 32px rgb(10 25 22 / 30%);
    }
    div[hidden] { display: none; }
    iframe { width: 100%; height: 100%; border: 0; }
    @media print { button, div { display: none; } }`;

  const host = document.createElement("tutor-panel");
  const root = host.attachShadow({ mode: "open" });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: WORDS.open });
  const panel = Object.assign(document.createElement("div"), { hidden: true });
  const frame = Object.assign(document.createElement("iframe"), { title: WORDS.title });

  /** A sheet made by script is let in where the site around forbids styles in its pages. */
  function addStyle() {
    if ("adoptedStyleSheets" in root) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    } else {
      root.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
    }
  }

  function toggle(isOpen) {
    if (isOpen && !frame.src) frame.src = `${tutor}/`;
    panel.hidden = !isOpen;
    button.textContent = isOpen ? WORDS.close : WORDS.open;
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) frame.focus();
    else button.focus();
  }

  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", WORDS.title);
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => toggle(panel.hidden));
  root.addEventListener("keydown", (event) => event.key === "Escape" && !panel.hidden && toggle(false));
  addEventListener("message", (event) => {
    if (event.source === frame.contentWindow && event.origin === tutor && event.data === "tutor.close") toggle(false);
  });
  addStyle();
  panel.append(frame);
  root.append(button, panel);
  document.body.append(host);
})();
