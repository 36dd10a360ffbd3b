// Files she sends. The outbox keeps a file's name; its bytes cannot be kept when the page is closed, so a file that had
// not arrived by then is said so and can be chosen again.

import { T } from "./texts.js";

const MAX_BYTES = 20 * 1024 * 1024; // As the server has it.
const MB = 1024 * 1024;

export class Files {
  // add(name, file) puts one into the outbox; say(words) shows why one was not taken.
  constructor({ button, input, add, say }) {
    Object.assign(this, { input, add, say });
    this.held = new Map();
    button.addEventListener("click", () => this.choose());
    input.addEventListener("change", () => this.chosen());
  }

  choose() {
    this.input.value = "";
    this.input.click();
  }

  chosen() {
    this.say("");
    for (const file of this.input.files) {
      if (file.size > MAX_BYTES) this.say(T.fileTooLarge(file.name, Math.round(file.size / MB)));
      else this.add(file);
    }
  }

  keep(cid, file) {
    this.held.set(cid, file);
  }

  // What is to be posted for an item of the outbox; null: the page was closed meanwhile.
  request(item) {
    const file = this.held.get(item.cid);
    if (!file) return null;
    const headers = { "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(item.message.file) };
    return { method: "POST", headers, body: file };
  }

  forget(cid) {
    this.held.delete(cid);
  }
}
