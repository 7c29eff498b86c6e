/**
 * The conversation on the page: what is in it, in which order, and which buttons can still be pressed.
 */

import { buildReplies, buildState, buildTutorTurn, buildYourTurn } from "./turn.js";
import { WORDS } from "./words.js";

const UNSENT = "[data-state]";
const DOUBLE_TAP_MS = 400;
const NEAR_TURNS = 12;

/**
 * @param {HTMLElement} element the role=log
 * @param {object} doors
 * @param {(button: object) => void} doors.onPress
 * @param {(turn: HTMLElement) => void} doors.onRetry
 */
export function createLog(element, { onPress, onRetry }) {
  let newestTurn = null;
  let newestMessages = [];
  let isLive = false;

  /** Add messages from the server that are not here yet; returns the tutor's new turns. */
  function add(messages) {
    const fresh = messages.filter((message) => !find("id", message.id));
    return groupTurns(fresh).map(addTurn).filter((turn) => turn !== null);
  }

  function addTurn(messages) {
    const [{ from, text, id, client_id: clientId, sent_at: sentAt }] = messages;
    const own = clientId && find("clientId", clientId);
    if (from === "tutor") {
      if (own) settle(own);
      return addTutorTurn(messages);
    }
    if (own) own.dataset.id = id;
    else if (text) addYourTurn({ text, id, clientId, sentAt });
    return null;
  }

  /** It was answered: nothing more is to be told about it. */
  function settle(turn) {
    delete turn.dataset.state;
    turn.querySelector(".state")?.remove();
  }

  function addYourTurn(message) {
    clearReplies();
    insert(buildYourTurn(message), element.querySelector(UNSENT));
  }

  /** Its buttons come with it, so that it is read out as one. An answer that comes late leaves the newest one's. */
  function addTutorTurn(messages) {
    clearReplies();
    const turn = buildTutorTurn(messages);
    const next = placeFor(messages[0].client_id);
    const isNewest = !isAnyTutors(next);
    if (isNewest) [newestTurn, newestMessages] = [turn, messages];
    const isAllSent = !element.querySelector(UNSENT);
    if (isNewest && isAllSent) showReplies();
    insert(turn, next);
    if (!isNewest && isAllSent) showReplies();
    return turn;
  }

  /** Return what a reply goes before: it stands behind what it answers, also when a later one was answered first. */
  function placeFor(clientId) {
    const own = clientId && find("clientId", clientId);
    if (!own) return element.querySelector(UNSENT);
    let next = own.nextElementSibling;
    while (next?.matches(".tutor")) next = next.nextElementSibling;
    return next;
  }

  function isAnyTutors(turn) {
    for (let one = turn; one; one = one.nextElementSibling) if (one.matches(".tutor")) return true;
    return false;
  }

  function addOwn({ id, title, text }) {
    clearReplies();
    const turn = buildYourTurn({ text: title ?? text, clientId: id });
    turn.classList.add("fresh");
    element.append(turn);
    leaveBehind();
    return turn;
  }

  /** Show how far an own message has come, and the message itself the first time. */
  function setState(message, state, note) {
    const turn = find("clientId", message.id) ?? addOwn(message);
    if (turn.dataset.state === state && turn.querySelector(".state")) return;
    if (state === "answered") delete turn.dataset.state;
    else turn.dataset.state = state;
    turn.querySelector(".state")?.remove();
    const line = describeState(state, note, turn);
    if (line) turn.append(line);
    if (state === "refused") giveRepliesBack(turn);
  }

  function describeState(state, note, turn) {
    if (state === "waiting") return turn.children.length ? buildState(WORDS.waiting) : null;
    if (state === "away") return buildState(note || WORDS.away);
    if (state === "retrying") return buildState(WORDS.retrying);
    if (state === "refused") return buildState(note || WORDS.notSent);
    if (state !== "failed") return null;
    const what = turn.children.length ? WORDS.notSent : WORDS.noReply;
    return buildState(note || what, () => onRetry(turn));
  }

  /** A refused message is over: what could be pressed before can be pressed again. */
  function giveRepliesBack(turn) {
    delete turn.dataset.state;
    if (!element.querySelector(UNSENT)) showReplies();
  }

  function showReplies() {
    const places = newestTurn?.querySelectorAll(".message") ?? [];
    newestMessages.forEach(({ buttons }, index) => {
      if (buttons?.length) places[index].append(buildReplies(buttons, press));
    });
  }

  function clearReplies() {
    for (const replies of element.querySelectorAll(".replies")) replies.remove();
  }

  /** One press counts: the buttons go at once, and the second tap of a double tap must not hit the next ones. */
  function press(button) {
    element.classList.add("settling");
    setTimeout(() => element.classList.remove("settling"), DOUBLE_TAP_MS);
    onPress(button);
  }

  function insert(turn, next) {
    if (isLive) turn.classList.add("fresh");
    element.insertBefore(turn, next);
    leaveBehind();
  }

  /** What is far above need not be laid out until it comes near; see turn.css. */
  function leaveBehind() {
    element.children[element.children.length - NEAR_TURNS - 1]?.classList.add("far");
  }

  function find(key, value) {
    const attribute = key === "id" ? "data-id" : "data-client-id";
    return element.querySelector(`[${attribute}="${CSS.escape(value)}"]`);
  }

  /** A new session counts from one again: what is on the page must not hide what comes. */
  function forgetIds() {
    for (const known of element.querySelectorAll("[data-id]")) known.removeAttribute("data-id");
  }

  /** From now on additions are read out. */
  function goLive() {
    isLive = true;
    element.setAttribute("aria-live", "polite");
  }

  /** Whether an answer is still to come to something that the server has. */
  const isAwaiting = () => element.querySelector('[data-state="away"]') !== null;

  /** Nothing is due any more: what was waited for is here, or will not come. */
  function stopAwaiting() {
    for (const turn of element.querySelectorAll('[data-state="away"]')) {
      settle(turn);
      if (!turn.children.length) turn.remove();
    }
  }

  return { add, setState, forgetIds, goLive, isAwaiting, stopAwaiting };
}

/** Put the tutor's messages that answer the same message together; each message of the person stands alone. */
function groupTurns(messages) {
  const turns = [];
  for (const message of messages) {
    const last = turns[turns.length - 1]?.[0];
    const belongs = last && message.from === "tutor" && last.from === "tutor" && last.client_id === message.client_id;
    if (belongs) turns[turns.length - 1].push(message);
    else turns.push([message]);
  }
  return turns;
}
