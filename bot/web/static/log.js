// The conversation on the screen: lines in the server's order, each once; below them what is still on its way.

import { choices, doorName, make, mine, theirs } from "./bubbles.js";
import { editedBy, isOpening, isTyped } from "./outbox.js";
import { T } from "./texts.js";

const NEAR = 80; // Pixels from the bottom that still count as being there.
const GAP = 8; // Pixels above a reply that is read from its beginning.

export class Log {
  // press(choice, button, event), edit(cid, text), takeBack(item), discard(item): what her buttons do.
  constructor({ scroll, log, waiting, down, times, actions }) {
    Object.assign(this, { scroll, log, waiting, down, times, actions });
    this.lines = [];
    this.shown = new Map();
    this.said = new Map();
    this.edits = new Map();
    this.stuck = true;
    scroll.addEventListener("scroll", () => this.look(), { passive: true });
    down.addEventListener("click", () => this.toBottom());
    if ("ResizeObserver" in window) new ResizeObserver(() => this.stuck && this.toBottom()).observe(scroll);
  }

  get last() {
    return this.lines.length ? this.lines[this.lines.length - 1].id : 0;
  }

  get first() {
    return this.lines.length ? this.lines[0].id : 0;
  }

  has(cid) {
    return this.said.has(cid);
  }

  // Reading older lines must not jump, so the bottom is followed only by those who are there already.
  add(lines) {
    const fresh = lines.filter((line) => !this.shown.has(line.id));
    if (!fresh.length) return;
    const older = fresh[fresh.length - 1].id < this.first;
    const height = this.scroll.scrollHeight;
    fresh.forEach((line) => this.insert(line));
    this.settle();
    if (older) this.scroll.scrollTop += this.scroll.scrollHeight - height;
    else if (this.stuck) this.toStart(fresh[0]);
    else this.down.hidden = false;
  }

  // A reply taller than the screen is read from its beginning: a warning must not be scrolled away unseen.
  toStart(line) {
    const reply = this.shown.get(line.id).querySelector(".msg.bot");
    const top = reply.getBoundingClientRect().top - this.scroll.getBoundingClientRect().top + this.scroll.scrollTop;
    if (this.scroll.scrollHeight - top <= this.scroll.clientHeight) {
      this.toBottom();
      return;
    }
    this.scroll.scrollTop = top - GAP;
    this.stuck = false;
    this.down.hidden = true;
  }

  insert(line) {
    const at = this.lines.findIndex((other) => other.id > line.id);
    const next = at < 0 ? null : this.shown.get(this.lines[at].id);
    const element = this.element(line);
    this.lines.splice(at < 0 ? this.lines.length : at, 0, line);
    this.shown.set(line.id, element);
    this.log.insertBefore(element, next);
    this.markDay(element);
    if (next) this.markDay(next);
  }

  element(line) {
    const element = make("div", "line");
    element.dataset.id = line.id;
    element.dataset.day = this.times.day(line.at);
    element.append(make("p", "day", this.times.dayName(line.at)));
    if (this.speaks(line)) element.append(this.own(line));
    element.append(theirs(line, this.times.time(line.at)));
    if (line.choices.length) element.append(choices(line.choices, this.actions.press));
    return element;
  }

  // Several lines may answer one message of hers; it is shown over the first of them that is here.
  speaks(line) {
    const before = this.said.get(line.said_id);
    if (before && before.line.id < line.id) return false;
    if (before && before.bubble) before.bubble.remove();
    if (line.said_id) this.said.set(line.said_id, { line });
    return Boolean(line.said) && !(line.channel === "web" && isOpening(line.said_id));
  }

  own(line) {
    const original = line.channel === "web" ? editedBy(line.said_id) : "";
    if (original) return this.change(line, original);
    const edit = this.edits.get(line.said_id);
    const bubble = this.bubble(line, edit ? edit.text : line.said, Boolean(edit));
    this.said.set(line.said_id, { bubble, line });
    return bubble;
  }

  bubble(line, text, edited) {
    const notes = [edited && T.editedMark, doorName(line), this.times.time(line.at)];
    const editable = line.channel === "web" && isTyped(line.said_id);
    const bubble = mine({ text, notes, controls: editable ? [this.editButton(line.said_id, text)] : [] });
    if (editable) bubble.addEventListener("click", () => bubble.classList.toggle("open"));
    return bubble;
  }

  editButton(cid, text) {
    const button = make("button", "plain edit", T.edit);
    button.type = "button";
    button.setAttribute("aria-label", T.editLabel(text.slice(0, 60)));
    button.addEventListener("click", () => this.actions.edit(cid, text));
    return button;
  }

  // An edit shows in the message that it changed; where it was made stands a note.
  change(line, original) {
    const known = this.edits.get(original);
    if (!known || known.id < line.id) this.edits.set(original, { id: line.id, text: line.said });
    const before = this.said.get(original);
    if (!before || !before.bubble) return mine({ text: line.said, notes: [T.editedElse, this.times.time(line.at)] });
    const bubble = this.bubble(before.line, this.edits.get(original).text, true);
    before.bubble.replaceWith(bubble);
    before.bubble = bubble;
    return make("p", "note", T.editedNote(this.times.time(before.line.at)));
  }

  markDay(element) {
    const before = element.previousElementSibling;
    const same = before && before.dataset.day === element.dataset.day;
    element.querySelector(".day").hidden = Boolean(same);
    const next = element.nextElementSibling;
    if (next) next.querySelector(".day").hidden = next.dataset.day === element.dataset.day;
  }

  // Buttons stay current until another turn has been taken; older ones are greyed, and the server answers them.
  settle() {
    let current = null;
    let turn = "";
    for (let at = this.lines.length - 1; at >= 0 && !current; at -= 1) {
      const { id, said_id: said } = this.lines[at];
      if (said && turn && said !== turn) break;
      turn = turn || said;
      current = this.shown.get(id).querySelector(".choices");
    }
    for (const group of this.log.querySelectorAll(".choices")) {
      group.classList.toggle("old", group !== current);
      group.setAttribute("aria-label", group === current ? T.choices : T.oldChoices);
    }
  }

  // The messages that are not acknowledged, or acknowledged and not yet among the lines.
  wait(items, online) {
    this.waiting.replaceChildren(...items.filter((item) => item.show).map((item) => this.pending(item, online)));
    if (this.stuck) this.toBottom();
  }

  pending(item, online) {
    const entry = make("li");
    const why = item.refused ? T.refused + item.refused : item.stuck;
    const state = item.sent || item.refused ? "" : online ? T.sending : T.queued;
    const bubble = mine({
      text: item.show,
      notes: [state, this.times.time(item.at)],
      controls: why ? this.repairs(item) : [],
    });
    if (why) bubble.classList.add("refused");
    else if (!item.sent) bubble.classList.add("pending");
    if (why) bubble.insertBefore(make("p", "why", why), bubble.lastChild);
    entry.append(bubble);
    return entry;
  }

  repairs(item) {
    // The words of a file are its name: nothing to be put back into the field.
    const again = item.message.file ? [T.chooseAgain, this.actions.chooseAgain] : [T.takeBack, this.actions.takeBack];
    return [again, [T.discard, this.actions.discard]].map(([label, act]) => {
      const button = make("button", "plain", label);
      button.type = "button";
      button.addEventListener("click", () => act(item));
      return button;
    });
  }

  look() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroll;
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.stuck) this.down.hidden = true;
  }

  toBottom() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.stuck = true;
    this.down.hidden = true;
  }
}
