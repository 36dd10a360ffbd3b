// Where she types: grows with the text, keeps the draft across a reload, and doubles as the editor of an earlier message.

import { make } from "./bubbles.js";
import { T } from "./texts.js";

const MAX_TEXT = 100000; // As the server has it.

const touch = () => window.matchMedia("(pointer: coarse)").matches;
const number = new Intl.NumberFormat("vi-VN");

export class Composer {
  // send(text), sendEdit(cid, text)
  constructor({ form, field, problem, bar, shelf, send, sendEdit }) {
    Object.assign(this, { form, field, problem, bar, shelf, send, sendEdit });
    this.editing = null;
    this.put(shelf.get("draft") || "");
    field.addEventListener("input", () => this.typed());
    field.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => this.submit(event));
    bar.keep.addEventListener("click", () => this.keep());
    // The button must not take the focus from the field, or the phone's keyboard would close with every message.
    form.querySelector("[type=submit]").addEventListener("mousedown", (event) => event.preventDefault());
    window.addEventListener("resize", () => this.grow());
    this.focus();
  }

  // On a phone, focus would raise the keyboard over what there is to read.
  focus() {
    if (!touch()) this.field.focus();
  }

  typed() {
    this.problem.textContent = "";
    if (!this.editing) this.shelf.set("draft", this.field.value);
    this.grow();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }

  put(text) {
    this.field.value = text;
    this.grow();
  }

  // Enter sends where there is a real keyboard; on a phone it is a new line. While a Vietnamese input method is
  // still composing a word, Enter belongs to it.
  key(event) {
    if (event.key === "Escape" && this.editing) this.keep();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229 || touch()) return;
    event.preventDefault();
    this.submit(event);
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value;
    if (!text.trim()) return this.field.focus();
    // The server counts characters, JavaScript UTF-16 units: an emoji is one of the former, two of the latter.
    const length = text.length > MAX_TEXT ? Array.from(text).length : 0;
    if (length > MAX_TEXT) {
      this.problem.textContent = T.tooLong(number.format(MAX_TEXT), number.format(length));
      return undefined;
    }
    const { editing } = this;
    if (editing) this.keep();
    else this.clear();
    return editing ? this.sendEdit(editing, text) : this.send(text);
  }

  clear() {
    this.shelf.remove("draft");
    this.put("");
    this.typed();
  }

  edit(cid, text) {
    this.editing = cid;
    this.bar.box.hidden = false;
    this.bar.text.textContent = text.length > 80 ? `${text.slice(0, 80)}…` : text;
    this.put(text);
    this.field.focus();
  }

  // Back to the draft that was there before the edit.
  keep() {
    this.editing = null;
    this.bar.box.hidden = true;
    this.problem.textContent = "";
    this.put(this.shelf.get("draft") || "");
    this.field.focus();
  }

  takeBack(text) {
    if (this.editing) this.keep();
    this.put(this.field.value ? `${this.field.value}\n${text}` : text);
    this.typed();
    this.field.focus();
  }
}

export class Menu {
  constructor({ button, list, send, load }) {
    Object.assign(this, { button, list, send, load });
    this.fill(T.commands);
    button.addEventListener("click", () => {
      this.show(list.hidden);
      if (!list.hidden) this.refresh();
    });
    document.addEventListener("click", (event) => {
      if (!list.hidden && !list.parentElement.contains(event.target)) this.show(false);
    });
    list.parentElement.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || list.hidden) return;
      this.show(false);
      button.focus();
    });
  }

  // What a person may do changes with their roles, so the server is asked; without it the last known menu stays.
  async refresh() {
    const commands = await this.load();
    if (!commands || JSON.stringify(commands) === this.shown) return;
    const focused = this.list.contains(document.activeElement);
    this.fill(commands);
    if (focused && !this.list.hidden) this.list.querySelector("button").focus();
  }

  fill(commands) {
    this.shown = JSON.stringify(commands);
    this.list.replaceChildren(...commands.map(([command, label]) => this.entry(command, label, this.send)));
  }

  entry(command, label, send) {
    const item = make("li");
    const button = make("button", "", label);
    button.type = "button";
    button.append(make("span", "", command));
    button.addEventListener("click", () => {
      this.show(false);
      this.button.focus();
      send(command);
    });
    item.append(button);
    return item;
  }

  show(open) {
    this.list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.list.querySelector("button").focus();
  }
}
