// Passages collected in this browser, and their export. The server takes the words from the filings anew.
import { copy, download, h, problem, toast, $ } from "./dom.js";
import { fetchFile } from "./api.js";
import { open } from "./viewer.js";
import { sideOf, voice } from "./voices.js";

const KEY = "pincite.collection";

function read() {
  try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; }
}

function write(items) {
  localStorage.setItem(KEY, JSON.stringify(items));
  showCount();
}

export function showCount() {
  const count = read().length;
  const place = $("#count");
  place.hidden = count === 0;
  place.textContent = count;
  place.setAttribute("aria-label", `${count} collected`);
}

const same = (a, b) => a.filing_id === b.filing_id && a.start === b.start && a.end === b.end;
export const isCollected = (item) => read().some((one) => same(one, item));

function toggle(item) {
  const items = read();
  const without = items.filter((one) => !same(one, item));
  write(without.length < items.length ? without : [...items, item]);
  return without.length === items.length;
}

// Words as a quotation in a sentence: double marks around, single within. Pasted text has no indent, so that even a
// long passage keeps its marks here.
export function quotation(text) {
  const folded = text.replace(/\s+/g, " ").trim();
  return `“${folded.replace(/"([^"]*)"/g, "‘$1’").replaceAll("“", "‘").replaceAll("”", "’")}”`;
}

export const withCitation = (item) => `${quotation(item.text)} ${item.citation}${/[.)]$/.test(item.citation) ? "" : "."}`;

export function actions(item) {
  const collect = h("button", { class: "small", type: "button", "aria-pressed": String(isCollected(item)) });
  const show = () => {
    const on = isCollected(item);
    collect.setAttribute("aria-pressed", String(on));
    collect.textContent = on ? "Collected ✓" : "Collect";
  };
  collect.addEventListener("click", () => {
    toast(toggle(item) ? "Collected" : "Taken out of the collection");
    show();
  });
  show();
  const copyIt = h("button", { class: "small", type: "button", onclick: () => copy(withCitation(item), "Quotation with citation") }, "Copy");
  copyIt.setAttribute("aria-label", `Copy quotation with citation: ${item.citation}`);
  collect.setAttribute("aria-description", item.citation);
  return h("span", { class: "actions" }, copyIt, collect);
}

export function view(main) {
  document.title = "Collection · Pincite";
  const list = h("ol", { class: "collection" });
  const trouble = h("div");
  const draw = () => {
    const items = read();
    list.replaceChildren(...items.map((item, at) => entry(item, at, items, draw)));
    tools.hidden = items.length === 0;
    empty.hidden = items.length > 0;
  };
  const exportAs = async (format, button) => {
    button.disabled = true;
    trouble.replaceChildren();
    const passages = read().map(({ filing_id, start, end, note }) => ({ filing_id, start, end, note: note || "" }));
    try {
      download(await fetchFile("/v1/export", { format, title: title.value.trim() || "Passages", passages }), `passages.${format}`);
      toast(`${passages.length} passages exported`);
    } catch (error) {
      trouble.replaceChildren(problem(error));
    }
    button.disabled = false;
  };
  const title = h("input", { id: "export-title", value: "Passages", maxLength: 300 });
  const button = (format, label) => h("button", { type: "button", id: `export-${format}`, onclick: (e) => exportAs(format, e.currentTarget) }, label);
  const tools = h("div", { class: "tools" },
    h("label", { for: "export-title" }, "Title of the export"), title,
    h("div", { class: "row" }, button("docx", "Word (DOCX)"), button("md", "Markdown"), button("csv", "CSV"),
      h("button", { type: "button", onclick: () => copy(read().map(withCitation).join("\n\n"), "All passages") }, "Copy all"),
      h("button", { type: "button", onclick: () => { if (confirm("Empty the collection?")) { write([]); draw(); } } }, "Empty")));
  const empty = h("p", { class: "hint" }, "Nothing collected yet. “Collect” beside any quotation or passage puts it here, with its citation.");
  main.replaceChildren(h("h1", {}, "Collection"), tools, trouble, empty, list);
  draw();
}

function entry(item, at, items, draw) {
  const move = (by) => {
    const other = [...items];
    [other[at], other[at + by]] = [other[at + by], other[at]];
    write(other);
    draw();
  };
  const note = h("textarea", {
    rows: 1, placeholder: "A note of yours", "aria-label": `Note on passage ${at + 1}`,
    onchange: (event) => write(read().map((one) => (same(one, item) ? { ...one, note: event.target.value } : one))),
  });
  note.value = item.note || "";
  return h("li", { class: `passage side-${sideOf(item.speaker.role, item.writing)}` },
    h("blockquote", {}, item.text),
    h("p", { class: "meta" }, h("button", { class: "cite", type: "button", onclick: (e) => open(item, e.currentTarget) }, item.citation),
      voice(item.speaker, item.restates, item.writing)),
    note,
    h("p", { class: "row" },
      h("button", { class: "small", type: "button", onclick: () => copy(withCitation(item), "Quotation with citation") }, "Copy"),
      h("button", { class: "small", type: "button", disabled: at === 0, "aria-label": `Move passage ${at + 1} up`, onclick: () => move(-1) }, "↑"),
      h("button", { class: "small", type: "button", disabled: at === items.length - 1, "aria-label": `Move passage ${at + 1} down`, onclick: () => move(1) }, "↓"),
      h("button", { class: "small", type: "button", "aria-label": `Remove passage ${at + 1}`, onclick: () => { write(items.filter((one) => one !== item)); draw(); } }, "Remove")));
}
