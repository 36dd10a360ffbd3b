// What she sent and the server has not acknowledged yet. It lives in localStorage under ids of our own, so that a cut
// network, a closed page or a second tab neither loses a message nor lets it arrive twice: the server knows the ids.

const RETRY = [1000, 2000, 4000, 8000, 15000];
const STUCK = 5;

const random = (length) => {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789";
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join("");
};

// The first letter says what the message was, and an edit carries the id of what it changes: so a page that is opened
// later, from the server's lines alone, still knows which messages can be edited and which ones were.
export const newId = (kind, edited = "") => kind + random(20) + (edited && `.${edited}`);
export const isTyped = (cid) => /^t[a-z0-9]{20}$/.test(cid);
export const isOpening = (cid) => /^s[a-z0-9]{20}$/.test(cid);
export const editedBy = (cid) => (/^e[a-z0-9]{20}\.(.+)$/.exec(cid) || ["", ""])[1];

// A browser may refuse storage (private mode, full): the page goes on and says so.
export class Shelf {
  constructor(handle) {
    this.prefix = `baocao:${handle}:`;
    this.kept = true;
  }
  get(key) {
    try {
      return localStorage.getItem(this.prefix + key);
    } catch (error) {
      return null;
    }
  }
  set(key, value) {
    try {
      localStorage.setItem(this.prefix + key, value);
      this.kept = true;
    } catch (error) {
      this.kept = false;
    }
  }
  remove(key) {
    try {
      localStorage.removeItem(this.prefix + key);
    } catch (error) {
      this.kept = false;
    }
  }
  keys(start) {
    try {
      const all = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix + start));
      return all.sort().map((key) => key.slice(this.prefix.length));
    } catch (error) {
      return [];
    }
  }
}

export class Outbox {
  // post(item) -> {ok, body} | {refused: sentence} | {stop: true} | {failed: sentence} | {} (no answer: try again);
  // changed() after every change; delivered(item, body) once the server has it.
  constructor({ shelf, post, changed, delivered }) {
    Object.assign(this, { shelf, post, changed, delivered });
    this.items = shelf.keys("out:").map((key) => this.read(key)).filter(Boolean);
    this.count = 0;
    this.failures = 0;
    this.busy = false;
    this.hurry = false;
    this.timer = 0;
  }

  read(key) {
    try {
      return { ...JSON.parse(this.shelf.get(key)), key };
    } catch (error) {
      return null;
    }
  }

  // ``show`` is what her bubble says; ``message`` is what the server gets beside the id.
  add(cid, message, show) {
    this.count += 1;
    const order = `${String(Date.now()).padStart(15, "0")}-${String(this.count).padStart(5, "0")}`;
    const item = { cid, message, show, at: Date.now(), key: `out:${order}-${cid}` };
    this.items.push(item);
    this.save(item);
    this.changed();
    this.pump();
  }

  save({ key, ...item }) {
    this.shelf.set(key, JSON.stringify(item));
  }

  remove(item) {
    this.items = this.items.filter((other) => other !== item);
    this.shelf.remove(item.key);
    this.changed();
  }

  // Another tab has delivered it, or holds one that this tab has not seen.
  follow(fullKey, value) {
    if (!fullKey || !fullKey.startsWith(`${this.shelf.prefix}out:`)) return;
    const key = fullKey.slice(this.shelf.prefix.length);
    const known = this.items.find((item) => item.key === key);
    if (value === null && known) this.items = this.items.filter((item) => item !== known);
    if (value !== null && !known) this.items = [...this.items, this.read(key)].filter(Boolean);
    this.changed();
  }

  // The network is back, or the page is looked at again: what hangs is dropped and sent anew.
  kick() {
    // A file that is half way is not begun anew because she looked at another page meanwhile.
    const abort = this.flight && !this.flight.heavy;
    this.hurry = Boolean(abort);
    if (abort) this.flight.abort();
    this.nudge();
  }

  nudge() {
    this.failures = 0;
    this.pump();
  }

  async pump() {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.timer);
    let item;
    // One at a time: messages arrive in the order in which they were written.
    while ((item = this.items.find((one) => !one.refused)) && (await this.sendOne(item)));
    this.busy = false;
  }

  async sendOne(item) {
    this.flight = new AbortController();
    this.flight.heavy = Boolean(item.message.file);
    const outcome = await this.post(item, this.flight.signal);
    this.flight = null;
    if (outcome.stop) return false;
    const { hurry } = this;
    this.hurry = false;
    if (outcome.failed) this.fails(item, outcome.failed);
    if (!outcome.ok && !outcome.refused) return hurry || this.later();
    this.failures = 0;
    if (outcome.ok) {
      this.remove(item);
      this.delivered(item, outcome.body);
    } else {
      item.refused = outcome.refused;
      this.save(item);
      this.changed();
    }
    return true;
  }

  // The server answers, but cannot take it. It is tried on and on; after a while she may also take it back.
  fails(item, sentence) {
    item.failures = (item.failures || 0) + 1;
    if (item.failures >= STUCK) item.stuck = sentence;
  }

  later() {
    const pause = RETRY[Math.min(this.failures, RETRY.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.pump(), pause * (0.8 + Math.random() * 0.4));
    this.changed();
    return false;
  }
}
