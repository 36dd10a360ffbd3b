// The chat page: wires the log, the composer, the outbox and the stream of new lines together.

import { Composer, Menu } from "./composer.js";
import { Files } from "./files.js";
import { Live } from "./live.js";
import { Log } from "./log.js";
import { newId, Outbox, Shelf } from "./outbox.js";
import { T } from "./texts.js";
import { Times } from "./times.js";

const PATIENCE = 30000;
const PER_LETTER = 2; // Milliseconds more for a long paste over a weak network.
const PER_BYTE = 0.1; // And for a file: ten kilobytes a second.
const $ = (id) => document.getElementById(id);
const { handle, zone } = document.body.dataset;

const shelf = new Shelf(handle);
const state = { connected: true, loaded: false, sent: [] };

const log = new Log({
  scroll: $("scroll"),
  log: $("log"),
  waiting: $("waiting"),
  down: $("down"),
  times: new Times(zone),
  actions: {
    press,
    edit: (cid, text) => composer.edit(cid, text),
    takeBack: (item) => {
      outbox.remove(item);
      composer.takeBack(item.show);
    },
    discard: (item) => outbox.remove(item),
    chooseAgain: (item) => {
      outbox.remove(item);
      files.choose();
    },
  },
});

// Every request says whom this page shows: if somebody else has signed in meanwhile in another tab, the server
// refuses instead of taking it for the other person.
const address = (name, query = {}) =>
  `/api/${name}?${new URLSearchParams({ as: handle, after: String(log.last), ...query })}`;

async function call(url, options = {}) {
  const limit = new AbortController();
  const { body: sent = "" } = options;
  const more = sent instanceof Blob ? sent.size * PER_BYTE : sent.length * PER_LETTER;
  const timer = setTimeout(() => limit.abort(), PATIENCE + more);
  if (options.signal) options.signal.addEventListener("abort", () => limit.abort());
  try {
    const response = await fetch(url, { cache: "no-store", ...options, signal: limit.signal });
    const body = await response.json();
    connected(true);
    return { status: response.status, body };
  } catch (error) {
    if (!(options.signal && options.signal.aborted)) connected(false);
    return { status: 0, body: {} };
  } finally {
    clearTimeout(timer);
  }
}

// Signed out, or somebody else is signed in: the server's page knows what to show. What is typed stays kept.
const gone = (status) => {
  if (status !== 401 && status !== 409) return false;
  live.stop();
  if (!state.leaving) location.reload();
  return true;
};

const LOST = -1;

const write = (item, signal) =>
  call(address("messages"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ cid: item.cid, ...item.message }),
    signal,
  });

const upload = (item, signal) => {
  const request = files.request(item);
  return request ? call(address("files", { cid: item.cid }), { ...request, signal }) : { status: LOST, body: {} };
};

const files = new Files({
  button: $("attach"),
  input: $("files"),
  say: (words) => {
    $("problem").textContent = words;
  },
  add: (file) => {
    const cid = newId("f");
    files.keep(cid, file);
    send(cid, { file: file.name }, T.fileSaid(file.name));
  },
});

const outbox = new Outbox({
  shelf,
  changed: show,
  post: async (item, signal) => {
    const { status, body } = item.message.file ? await upload(item, signal) : await write(item, signal);
    if (status === 200) return { ok: true, body };
    if (gone(status)) return { stop: true };
    if (status === LOST) return { refused: T.fileLost };
    if (status === 400 || status === 413) return { refused: body.sentence };
    return status ? { failed: body.sentence } : {};
  },
  delivered: (item, body) => {
    files.forget(item.cid);
    if (!log.has(item.cid)) state.sent.push({ ...item, sent: true });
    if (state.loaded) take(body.lines);
    else show();
    // She may just have joined a unit.
    if (!document.body.dataset.unit) menu.refresh();
  },
});

const composer = new Composer({
  form: $("composer"),
  field: $("typed"),
  problem: $("problem"),
  bar: { box: $("editing"), text: $("edited"), keep: $("keep") },
  shelf,
  send: say,
  sendEdit: (cid, text) => send(newId("e", cid), { edit: { cid, text } }, text),
});

const live = new Live({ address, lines: take, state: connected, look: lookOnce });

function send(cid, message, words) {
  log.toBottom();
  outbox.add(cid, message, words);
}

function say(text) {
  send(newId("t"), { text }, text);
}

// A second tap on the same button while the first is on its way, or of a double tap that was answered in between, is
// the same press.
function press(choice, button, event) {
  if (event.detail > 1 && button.classList.contains("chosen")) return;
  if (outbox.items.some((item) => item.message.choose === choice.id)) return;
  button.classList.add("chosen");
  send(newId("c"), { choose: choice.id }, choice.label);
  // A mouse goes on by typing; somebody who walks by keyboard goes on from this button to the next ones.
  if (event.detail) composer.focus();
}

function take(lines) {
  log.add(lines);
  // The stream may be quicker than the answer to the message: a line that shows it is the acknowledgement.
  outbox.items.filter((item) => log.has(item.cid)).forEach((item) => outbox.remove(item));
  state.sent = state.sent.filter((item) => !log.has(item.cid));
  show();
}

function connected(yes) {
  const back = yes && !state.connected;
  state.connected = yes;
  if (back) outbox.nudge();
  show();
}

function show() {
  if (!state.ready) return;
  const online = navigator.onLine && state.connected;
  log.wait([...state.sent, ...outbox.items], online);
  const held = outbox.items.filter((item) => item.show && !item.refused).length;
  let words = "";
  if (!online) words = (navigator.onLine ? T.unreachable : T.offline) + (held ? T.waiting(held) : "");
  if (!online && !state.loaded) words += ` ${T.notLoaded}`;
  if (!shelf.kept) words = T.notKept;
  if ($("state").textContent !== words) $("state").textContent = words;
  document.body.classList.toggle("offline", !online);
}

// Whether the server answers; brings the lines too, for networks on which a stream does not get through.
async function lookOnce() {
  const { status, body } = await call(address("lines"));
  if (gone(status) || status !== 200) return status === 200;
  take(body.lines);
  return true;
}

async function load(attempt = 0) {
  if (state.loading) return;
  state.loading = true;
  const { status, body } = await call(address("lines", { before: "0" }));
  state.loading = false;
  if (gone(status)) return;
  if (status !== 200) {
    state.again = setTimeout(() => load(attempt + 1), Math.min(1000 * 2 ** attempt, 8000));
    return;
  }
  state.loaded = true;
  take(body.lines);
  log.toBottom();
  $("older").hidden = !body.more;
  $("log").setAttribute("aria-busy", "false");
  if (!body.lines.length && !outbox.items.length) outbox.add(newId("s"), { start: true }, "");
  live.start();
  menu.refresh();
}

async function loadOlder() {
  const { status, body } = await call(address("lines", { before: String(log.first) }));
  if (gone(status) || status !== 200) return;
  log.stuck = false;
  log.add(body.lines);
  $("older").hidden = !body.more;
}

function wake() {
  outbox.kick();
  if (state.loaded) live.kick();
  else {
    clearTimeout(state.again);
    load();
  }
}

function watchTheNetwork() {
  window.addEventListener("online", wake);
  window.addEventListener("offline", () => connected(false));
  window.addEventListener("storage", (event) => outbox.follow(event.key, event.newValue));
  window.addEventListener("pageshow", (event) => event.persisted && wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wake();
  });
}

function remember() {
  try {
    localStorage.setItem("baocao:last", handle);
  } catch (error) {
    shelf.kept = false;
  }
  // Only a page served over HTTPS, or from this machine, may have one.
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  $("leave").addEventListener("submit", () => {
    state.leaving = true;
    live.stop();
    if ("caches" in window) caches.delete("baocao-page");
  });
}

function belongTo(unit) {
  document.body.dataset.unit = unit;
  $("unit").textContent = unit;
  document.title = T.title(unit);
}

const menu = new Menu({
  button: $("menu"),
  list: $("commands"),
  send: say,
  load: async () => {
    const { status, body } = await call(address("menu"));
    if (status !== 200) return null;
    if (body.unit) belongTo(body.unit);
    return body.commands;
  },
});
$("older").addEventListener("click", loadOlder);
state.ready = true;
remember();
watchTheNetwork();
show();
outbox.pump();
load();
