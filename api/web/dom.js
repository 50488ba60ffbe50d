// Making elements, speaking to screen readers, copying. Text always goes in as text: nothing is parsed as HTML.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = (selector, within = document) => within.querySelector(selector);

export function say(text) {
  const place = $("#said");
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 50);
}

let toastTimer = 0;
export function toast(text) {
  say(text);
  $(".toast")?.remove();
  const shown = h("div", { class: "toast", "aria-hidden": "true" }, text);
  document.body.append(shown);
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => shown.remove(), 2600);
}

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = h("textarea", { class: "unseen", "aria-hidden": "true" });
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  toast(`${what} copied`);
}

export function download(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function problem(error) {
  return h("div", { class: "problem", role: "alert" }, h("strong", {}, error.title || "Something went wrong"), " ", error.message);
}

export function words(text) {
  return (text || "").replaceAll("_", " ");
}

export function capital(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : "";
}

export function day(iso) {
  if (!iso) return "";
  const date = new Date(`${iso.slice(0, 10)}T12:00:00`);
  return Number.isNaN(date.valueOf()) ? iso : date.toLocaleDateString("en-US", { year: "numeric", month: "short", day: "numeric" });
}

// A title set in capitals is unpleasant to read in a list; each word keeps its capital.
const SMALL = new Set(["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "v."]);
const FORMS = new Set(["LLC", "LLP", "LP", "U.S.", "N.V.", "S.A.", "PC", "D.C."]);
const ROMAN = /^[IVXLC]+[.,;:)]?$/;
export function titled(text) {
  if (!text || /\p{Ll}/u.test(text)) return text || "";
  let begins = true;
  return text.split(" ").map((word) => {
    const first = begins;
    begins = /[.:;]$/.test(word) && word !== "V.";
    if (word === "V." && !first) return "v.";
    if (ROMAN.test(word) || FORMS.has(word.replace(/[,;]$/, ""))) return word;
    const low = word.toLowerCase();
    return !first && SMALL.has(low) ? low : low.replace(/\p{L}/u, (letter) => letter.toUpperCase());
  }).join(" ");
}
