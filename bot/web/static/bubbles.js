// From a line of the conversation to what is seen. Text from anybody enters the page as text, never as markup.

import { T } from "./texts.js";

export const make = (tag, className = "", text = "") => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
};

const LONG = 1200;
const NARROW = 32; // Columns that fit a 360 px phone in letters of the usual size.
const COLUMNS = /\S {2,}\S|│/;
const GAP = / {2,}\S|│/;
const FIGURE_SPACE = /\u2007/g; // As wide as a digit: lines figures up where letters have different widths.
const BAR = /([▓█]*)([░▒]*)/g;

// Two or more lines in a row that hold columns, made with spaces or a bar, are a table; everything else is prose.
export const blocks = (text) => {
  const found = [];
  for (const line of text.split("\n")) {
    const last = found[found.length - 1];
    const table = GAP.test(line.replace(FIGURE_SPACE, " "));
    if (last && last.table === table) last.lines.push(line);
    else found.push({ table, lines: [line] });
  }
  return found.reduce(joinProse, []);
};

const joinProse = (done, block) => {
  const columns = (line) => COLUMNS.test(line.replace(FIGURE_SPACE, " "));
  const table = block.table && block.lines.length > 1 && block.lines.some(columns);
  const last = done[done.length - 1];
  if (last && !last.table && !table) last.lines.push(...block.lines);
  else done.push({ table, lines: block.lines });
  return done;
};

// Three kinds of lines are told apart by eye: what was just stored, what is doubtful, and where in the report she is.
const kind = (line, bars) => {
  if (line.startsWith("✓")) return "done";
  if (line.startsWith("⚠")) return "doubt";
  return bars ? "where" : "";
};

const prose = (text) => {
  const paragraph = make("div", "prose");
  text.split("\n").forEach((line, index) => {
    const parts = withBars(line);
    const piece = make("span", kind(line, parts.length > 1));
    piece.append(...parts);
    paragraph.append(index ? "\n" : "", piece);
  });
  return paragraph;
};

// A bar of shade characters is drawn; the figures beside it say the same to those who listen.
const withBars = (line) => {
  const parts = [];
  let from = 0;
  for (const match of line.matchAll(BAR)) {
    if (match[0].length < 4) continue;
    parts.push(line.slice(from, match.index), bar(match[1].length / match[0].length));
    from = match.index + match[0].length;
  }
  return [...parts, line.slice(from)].filter((part) => part !== "");
};

const bar = (share) => {
  const outer = make("span", "bar");
  outer.setAttribute("aria-hidden", "true");
  const inner = make("span");
  inner.style.width = `${Math.round(share * 100)}%`;
  outer.append(inner);
  return outer;
};

const table = (text) => {
  const narrow = text.split("\n").every((line) => line.length <= NARROW);
  const block = make("pre", narrow ? "narrow" : "", text.replace(FIGURE_SPACE, " "));
  block.tabIndex = 0;
  block.setAttribute("role", "region");
  block.setAttribute("aria-label", T.table);
  return block;
};

const body = (text) => {
  const element = make("div", "text");
  for (const block of blocks(text)) {
    // A table brings its own distance, so the empty lines around it would double it.
    const joined = block.lines.join("\n").replace(/^\n+|\n+$/g, "");
    if (block.table) element.append(table(joined));
    else if (joined) element.append(prose(joined));
  }
  return element;
};

const fold = (text) => {
  const details = make("details", "long");
  const summary = make("summary");
  const start = make("span", "start", `${text.slice(0, 400).trimEnd()}…`);
  const open = make("span", "whole", T.whole(new Intl.NumberFormat("vi-VN").format(text.length)));
  summary.append(start, open, make("span", "less", T.less));
  details.append(summary, make("div", "text", text));
  return details;
};

export const doorName = ({ channel, door }) => (channel === "web" ? "" : T.from(T.doors[channel] || door || T.otherDoor));

// Her own message. ``notes`` are the small words under it; ``controls`` the buttons beside them.
export const mine = ({ text, notes = [], controls = [] }) => {
  const bubble = make("div", "msg me");
  const said = text.length > LONG ? fold(text) : make("div", "text", text);
  bubble.append(make("span", "hidden", T.you), said);
  const meta = make("div", "meta", notes.filter(Boolean).join(" · "));
  meta.append(...controls);
  bubble.append(meta);
  return bubble;
};

// The answer of the bot, with its files; the buttons stand under it on their own.
export const theirs = (line, time) => {
  const bubble = make("div", line.text ? "msg bot" : "msg bot bare");
  bubble.classList.toggle("wide", line.files.some((file) => file.photo));
  bubble.append(make("span", "hidden", T.bot));
  if (line.text) bubble.append(body(line.text));
  if (line.files.length) bubble.append(files(line.files));
  bubble.append(make("div", "meta", time));
  return bubble;
};

export const choices = (list, press) => {
  const group = make("div", "choices");
  group.setAttribute("role", "group");
  for (const choice of list) {
    const button = make("button", "choice");
    button.type = "button";
    if (choice.key && choice.key !== choice.label.toLowerCase()) button.append(make("kbd", "", choice.key), " ");
    button.append(make("span", "", choice.label));
    button.addEventListener("click", (event) => press(choice, button, event));
    group.append(button);
  }
  return group;
};

const files = (list) => {
  const shelf = make("ul", "files");
  for (const file of list) {
    const item = make("li");
    item.append(file.photo ? photo(file) : chip(file));
    shelf.append(item);
  }
  return shelf;
};

// A picture of ours is shown in the conversation; a press opens it as large as it is.
const photo = (file) => {
  const link = make("a", "photo");
  link.href = `/files/${encodeURIComponent(file.id)}`;
  link.target = "_blank";
  link.rel = "noopener";
  const image = make("img");
  image.src = link.href;
  image.alt = T.photo;
  [image.width, image.height] = file.photo;
  image.loading = "lazy";
  link.append(image);
  return link;
};

const chip = (file) => {
  const ending = (/\.([A-Za-z0-9]+)$/.exec(file.name) || ["", ""])[1].toLowerCase();
  const kind = T.kinds[ending] || T.otherKind;
  const link = make("a", `file ${ending}`);
  link.href = `/files/${encodeURIComponent(file.id)}`;
  link.setAttribute("download", file.name);
  link.setAttribute("aria-label", `${T.download(file.name)}, ${T.file(kind, size(file.size))}`);
  const icon = make("span", "icon", kind === T.otherKind ? "↓" : kind[0]);
  icon.setAttribute("aria-hidden", "true");
  const words = make("span", "words");
  words.append(fileName(file.name), make("span", "kind", T.file(kind, size(file.size))));
  link.append(icon, words);
  return link;
};

// A long name may break after its underscores, rather than anywhere.
const fileName = (name) => {
  const element = make("span", "name");
  (name.match(/[^_]*_|[^_]+$/g) || []).forEach((part, index) => element.append(index ? document.createElement("wbr") : "", part));
  return element;
};

const size = (bytes) => {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
};
