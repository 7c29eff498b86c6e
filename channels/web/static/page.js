/**
 * The chat page: opens the session, shows the conversation, and connects composer, buttons, outbox and log.
 */

import { fetchMessages, fetchProgress, openSession, sendMessage, whenSessionIsLost } from "./api.js";
import { keepTrying } from "./backoff.js";
import { createComposer } from "./composer.js";
import { watchConnection } from "./connection.js";
import { createLog } from "./log.js";
import { createOutbox } from "./outbox.js";
import { watchEscape } from "./embedded.js";
import { installWorker } from "./install.js";
import { createMenu } from "./menu.js";
import { showProgress } from "./panel.js";
import { createScroll } from "./scroll.js";
import { watchKeyboard } from "./viewport.js";
import { createWatch } from "./watch.js";

const TYPING_AFTER_MS = 300;
const AWAY_AFTER_MS = 20 * 60 * 60 * 1000;

const byId = (id) => document.getElementById(id);
const typing = byId("typing");
const scroll = createScroll(byId("page"), document.querySelector("header"), byId("newest"));
const log = createLog(byId("log"), { onPress: press, onRetry: retry });
const outbox = createOutbox({ send: sendMessage, onState: showState, onReply: showReply });
const composer = createComposer(byId("composer"), { onSend: write, onPageKey: scroll.turnPage });
const watch = createWatch(lookInPassing, log.isAwaiting);

let lastId = "";
let isOpen = false;
let isCatchingUp = false;
let typingTimer = 0;
let sendingId = "";
let waitingTurn = null;

const setTrouble = watchConnection(byId("connection"), comeBack, () => isOpen);

/** Start, or go on where the person stopped. */
async function open() {
  const isNew = await openSession();
  const { messages, isWaiting } = isNew ? { messages: [], isWaiting: false } : await fetchMessages();
  showMessages(messages);
  if (isWaiting !== false) awaitAnswers(messages, isWaiting);
  scroll.toEnd();
  isOpen = true;
  if (isToBeGreeted(messages) && !isWaiting && !outbox.queue.some((message) => message.button === "start")) {
    outbox.add({ button: "start" }, { first: true });
  }
}

/** Somebody new is greeted, and somebody who was away for most of a day: the tutor tells where they are. */
function isToBeGreeted(messages) {
  const newest = messages[messages.length - 1];
  return !newest || Date.now() - Date.parse(newest.sent_at) > AWAY_AFTER_MS;
}

/** What stands at the end without an answer was left there when the tutor was away: its answer is still to come. */
function awaitAnswers(messages, isWaiting) {
  const lastReply = messages.map((message) => message.from).lastIndexOf("tutor");
  const kept = new Set(outbox.queue.map((message) => message.id));
  for (const { client_id: id } of messages.slice(lastReply + 1)) {
    if (!kept.has(id)) log.setState({ id }, "away");
  }
  if (isWaiting && !log.isAwaiting()) log.setState({ id: "start" }, "away");
}

/** Fetch what was said elsewhere, or lost on the way. */
async function catchUp() {
  const { messages, isWaiting } = await fetchMessages(lastId);
  const [firstMissed] = showMessages(messages);
  if (isWaiting === false) log.stopAwaiting();
  if (!firstMissed) return;
  moveFocus(firstMissed);
  scroll.showTurn(firstMissed);
}

async function comeBack() {
  outbox.retry();
  await lookForMore(() => reach(catchUp));
}

/** One at a time, and not while something is being sent: its answer comes by itself. */
async function lookForMore(action) {
  if (!isOpen || isCatchingUp) return;
  isCatchingUp = true;
  await action().finally(() => { isCatchingUp = false; });
}

/** Look in passing: what fails now is looked for again. */
function lookInPassing() {
  if (outbox.queue.length > 0) return;
  lookForMore(catchUp).catch((error) => console.warn("Could not look for new messages:", error.message));
}

/** Do something that needs the server until it works, and tell the person while it does not. */
async function reach(action) {
  await keepTrying(action, (error) => {
    console.warn("The tutor cannot be reached:", error);
    setTrouble(true);
  });
  setTrouble(false);
}

/** The last id moves on only here: what the person said elsewhere may lie between two replies. */
function showMessages(messages) {
  const turns = log.add(messages);
  if (messages.length > 0) lastId = messages[messages.length - 1].id;
  noteProgress(messages);
  return turns;
}

function forgetSession() {
  lastId = "";
  log.forgetIds();
}

function write(text, by) {
  const turn = say({ text });
  if (by === "button" && matchMedia("(pointer: coarse)").matches) followFocus(turn);
  else composer.focus();
}

function press({ token, title }) {
  followFocus(say({ button: token, title }));
}

function retry(turn) {
  followFocus(turn);
  outbox.retry();
}

function say(content) {
  outbox.add(content);
  scroll.toEnd();
  return byId("log").lastElementChild;
}

/** The pressed button is gone: wait on the own words for the answer, without calling up a phone's keyboard. */
function followFocus(turn) {
  waitingTurn = turn.querySelector("h2") ?? byId("log");
  waitingTurn.focus({ preventScroll: true });
}

function moveFocus(turn) {
  if (waitingTurn && [waitingTurn, document.body].includes(document.activeElement)) {
    turn.querySelector("h2").focus({ preventScroll: true });
  }
  waitingTurn = null;
}

function showState(message, state, note) {
  log.setState(message, state, note);
  if (state === "sending") sendingId = message.id;
  if (message.id === sendingId) showTyping(state === "sending");
  if (state === "away") watch.hurry();
  scroll.settle();
}

function showReply(message, replies) {
  const turns = log.add(replies);
  noteProgress(replies);
  if (turns.length === 0) return;
  moveFocus(turns[0]);
  scroll.showTurn(turns[0]);
}

function noteProgress(messages) {
  const spoken = messages.filter((message) => message.from === "tutor");
  if (spoken.length === 0) return;
  const turn = spoken.filter((message) => message.client_id === spoken[spoken.length - 1].client_id);
  showProgress(turn.map((message) => message.progress).filter(Boolean).pop());
}

function showTyping(isTyping) {
  clearTimeout(typingTimer);
  typing.hidden = true;
  if (!isTyping) return;
  typingTimer = setTimeout(() => {
    typing.hidden = !navigator.onLine;
    scroll.settle();
  }, TYPING_AFTER_MS);
}

async function start() {
  watchKeyboard();
  watchEscape();
  createMenu(fetchProgress);
  whenSessionIsLost(forgetSession);
  outbox.queue.forEach((message) => showState(message, "waiting"));
  showTyping(true);
  await reach(open);
  showTyping(false);
  log.goLive();
  outbox.open();
  watch.begin();
  installWorker();
}

start();
