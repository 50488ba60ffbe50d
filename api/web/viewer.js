// The page of a filing beside the answer: its image, the quoted words highlighted, and its text for those who listen.
import { h, $, say, titled } from "./dom.js";
import { get, listing } from "./api.js";

const ZOOMS = [0.6, 0.8, 1, 1.25, 1.5, 2, 2.5];
let shown = null;
let opener = null;

const imageUrl = (id, page, zoom) => `/v1/filings/${id}/pages/${page}/image?scale=${zoom > 1.5 ? 3 : 2}`;

// `item`: {filing_id, page, boxes, citation, start, end}. Focus goes to the viewer and returns to `from` on closing.
export async function open(item, from) {
  opener = from || null;
  const viewer = $("#viewer");
  viewer.hidden = false;
  $("#desk").classList.add("with-viewer");
  const filing = await listing(item.filing_id).catch(() => null);
  if (!filing) return say("This filing is no longer in the library.");
  shown = { item, filing, page: item.page || 1, zoom: shown?.zoom || (matchMedia("(max-width: 45rem)").matches ? 1.5 : 1) };
  draw(true);
  document.dispatchEvent(new CustomEvent("viewer-opened"));
  return undefined;
}

export function close() {
  const viewer = $("#viewer");
  if (viewer.hidden) return;
  viewer.hidden = true;
  viewer.replaceChildren();
  $("#desk").classList.remove("with-viewer");
  document.querySelectorAll(".cite[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
  opener?.focus();
}

function go(by) {
  const page = shown.page + by;
  if (page < 1 || page > shown.filing.pages) return;
  shown.page = page;
  draw(false);
}

function zoom(by) {
  const at = ZOOMS.indexOf(shown.zoom) + by;
  if (at < 0 || at >= ZOOMS.length) return;
  shown.zoom = ZOOMS[at];
  draw(false);
}

function draw(focus) {
  const { item, filing, page } = shown;
  const viewer = $("#viewer");
  const title = h("h2", { tabindex: "-1" }, titled(filing.title) || filing.file);
  const button = (label, text, action, disabled) => h("button", { type: "button", class: "small", "aria-label": label, title: label, disabled, onclick: action }, text);
  const marks = (item.boxes || []).filter((box) => box.page === page);
  const image = h("img", { alt: `Page ${page} of ${filing.title || filing.file}, as filed. Its text is below.` });
  const sheet = h("div", { class: "sheet" }, image, marks.map(mark));
  sheet.style.width = `${shown.zoom * 100}%`;
  const body = h("div", { class: "sheets", tabindex: "0", role: "group", "aria-label": "Page image" }, sheet);
  image.addEventListener("load", () => { if (marks.length) reveal(body, sheet); });
  image.addEventListener("error", () => sheet.replaceChildren(h("p", { class: "problem" }, "This page could not be drawn.")));
  image.src = imageUrl(filing.id, page, shown.zoom);
  const text = h("details", { class: "pagetext" }, h("summary", {}, "Text of this page"));
  text.addEventListener("toggle", () => text.open && readPage(text));
  viewer.replaceChildren(
    h("div", { class: "viewer-top" },
      h("div", { class: "viewer-title" }, title, item.citation && h("p", { class: "cited" }, item.citation)),
      button("Close the page", "✕", close)),
    h("div", { class: "viewer-tools" },
      button("Previous page", "‹", () => go(-1), page <= 1),
      h("span", { class: "where" }, `PDF page ${page} of ${filing.pages}`),
      button("Next page", "›", () => go(1), page >= filing.pages),
      item.page && item.page !== page && button("Back to the quoted page", "↩", () => { shown.page = item.page; draw(false); }),
      h("span", { class: "gap" }),
      button("Smaller", "−", () => zoom(-1), shown.zoom === ZOOMS[0]),
      button("Larger", "+", () => zoom(1), shown.zoom === ZOOMS.at(-1)),
      h("a", { class: "button small", href: `/v1/filings/${filing.id}/pdf#page=${page}`, target: "_blank", rel: "noopener" }, "Open PDF")),
    body, text);
  if (focus) title.focus({ preventScroll: true });
  say(`Page ${page} of ${filing.pages}${marks.length ? ", quoted words highlighted" : ""}`);
  if (page < filing.pages) new Image().src = imageUrl(filing.id, page + 1, shown.zoom);
}

function mark(box) {
  const element = h("div", { class: "mark" });
  element.style.left = `${box.x0 * 100}%`;
  element.style.top = `${box.y0 * 100}%`;
  element.style.width = `${(box.x1 - box.x0) * 100}%`;
  element.style.height = `${(box.y1 - box.y0) * 100}%`;
  return element;
}

// Scrolls to the highlight: its first line a third of the way down, its left end in view.
function reveal(body, sheet) {
  const marks = [...sheet.querySelectorAll(".mark")];
  const top = Math.min(...marks.map((one) => one.offsetTop)) - body.clientHeight / 3;
  const left = Math.min(...marks.map((one) => one.offsetLeft)) - 12;
  body.scrollTo({ top: Math.max(top, 0), left: Math.max(left, 0) });
}

async function readPage(details) {
  if ($("p,div", details)) return;
  const { item, filing, page } = shown;
  try {
    const found = await get(`/v1/filings/${filing.id}/pages/${page}`);
    details.append(marked(found.text, found.start, item), ...found.footnotes.map((note) => h("div", { class: "record note" },
      h("sup", {}, note.number), " ", marked(note.text, note.start, item))));
    if (!found.text && !found.footnotes.length) details.append(h("p", { class: "hint" }, "No text was read on this page."));
  } catch (error) {
    details.append(h("p", { class: "problem" }, error.message));
  }
}

// Text that begins at `offset` of the filing, with the quoted part marked.
function marked(text, offset, item) {
  const from = Math.max(Math.min((item.start || 0) - offset, text.length), 0);
  const to = Math.max(Math.min((item.end || 0) - offset, text.length), from);
  if (from === to) return h("div", { class: "record" }, text);
  return h("div", { class: "record" }, text.slice(0, from), h("mark", {}, text.slice(from, to)), text.slice(to));
}

document.addEventListener("keydown", (event) => {
  const viewer = $("#viewer");
  if (viewer.hidden || $("#dialog").open) return;
  if (event.key === "Escape") close();
  if (!viewer.contains(document.activeElement) || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowRight" || event.key === "PageDown") { event.preventDefault(); go(1); }
  if (event.key === "ArrowLeft" || event.key === "PageUp") { event.preventDefault(); go(-1); }
  if (event.key === "+") zoom(1);
  if (event.key === "-") zoom(-1);
});
