// An answer as positions side by side, each quotation with its citation; passages as cards.
import { copy, h, titled } from "./dom.js";
import { actions } from "./collection.js";
import { open } from "./viewer.js";
import { cautions, roleWord, sideOf, voice } from "./voices.js";

export function answerView(answer) {
  const numbered = numberQuotes(answer.claims);
  const body = answer.abstained ? [silence(answer)] : positionsView(answer, numbered);
  const read = answer.standalone_question && answer.standalone_question !== answer.question
    && h("p", { class: "hint" }, `Read as: ${answer.standalone_question}`);
  return [read, body, answer.warnings.map((warning) => h("p", { class: "warning" }, warning)), sources(answer), under(answer, numbered)];
}

// [[{number, quote}, …] for each claim]
function numberQuotes(claims) {
  let number = 0;
  return claims.map((claim) => claim.quotes.map((quote) => ({ number: (number += 1), quote })));
}

function positionsView(answer, numbered) {
  const leads = leadsByNumber(answer.answer);
  const placed = new Set(answer.positions.flatMap((position) => position.claims));
  const groups = answer.positions.map((position) => positionView(position, answer, numbered, leads));
  widenLoners(groups);
  const rest = answer.claims.map((_, i) => i).filter((i) => !placed.has(i));
  const loose = rest.length ? h("section", { class: "position side-other wide" }, claimList(rest, answer, numbered)) : null;
  return h("div", { class: groups.length === 1 ? "positions single" : "positions" }, groups, loose);
}

// Parties stand side by side, whatever court stands between them; one with nobody beside it takes the whole width.
function widenLoners(groups) {
  const parties = groups.filter((group) => !group.classList.contains("wide"));
  if (parties.length % 2) parties.at(-1).classList.add("wide");
}

function positionView(position, answer, numbered, leads) {
  const first = position.claims.map((i) => numbered[i]?.[0]).find(Boolean);
  const writing = first?.quote.writing;
  const side = sideOf(position.role, writing);
  const lead = (first && leads.get(first.number)) || `${position.name || roleWord(position.role)} ${position.stance}`;
  const who = [roleWord(position.role), writing && writing.replaceAll("_", " ")].filter(Boolean).join(" · ");
  return h("section", { class: `position side-${side}${position.role === "court" ? " wide" : ""}`, "aria-label": `${lead} ${who}` },
    h("header", {}, h("span", { class: `voice side-${side}` }, who), h("h3", {}, lead)),
    claimList(position.claims, answer, numbered));
}

const claimList = (claims, answer, numbered) => h("div", { class: "claims" }, claims.filter((i) => answer.claims[i]).map((i) => claimView(answer.claims[i], numbered[i])));

// The bold words that open each paragraph of the answer, by the number of its first quotation.
function leadsByNumber(markdown) {
  const leads = new Map();
  for (const paragraph of markdown.split(/\n{2,}/)) {
    const lead = paragraph.match(/^\s*(?:>\s*)?\*\*(.+?)\*\*/s)?.[1].replace(/\.$/, "");
    const number = Number(paragraph.match(/\[(\d+)[\],]/)?.[1]);
    if (lead && number) leads.set(number, lead);
  }
  return leads;
}

export function claimView(claim, quotes) {
  return h("div", { class: "claim" }, h("p", { class: "sentence" }, sentence(claim.text, quotes)), quotes.map(({ number, quote }) => quoteLine(number, quote)));
}

// The claim's sentence: words in quotation marks are the record's and set in its type; the rest is ours.
function sentence(text, quotes) {
  const parts = [];
  let at = 0;
  for (const [start, end] of quotedSpans(text)) {
    parts.push(text.slice(at, start), h("span", { class: "record" }, text.slice(start, end)));
    at = end;
  }
  parts.push(text.slice(at));
  if (quotes.length) parts.push(h("sup", {}, quotes.map(({ number }) => number).join(", ")));
  return parts;
}

function quotedSpans(text) {
  const spans = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === "“" && depth++ === 0) from = i;
    else if (text[i] === "”" && depth > 0 && --depth === 0) spans.push([from, i + 1]);
  }
  return spans;
}

const asItem = (quote) => ({
  filing_id: quote.filing_id, start: quote.start, end: quote.end, text: quote.text, citation: quote.citation, file: quote.file,
  page: quote.page, boxes: quote.boxes, speaker: quote.speaker, restates: quote.restates, writing: quote.writing,
});

function show(item) {
  return (event) => {
    document.querySelectorAll(".cite[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    event.currentTarget.setAttribute("aria-current", "true");
    open(item, event.currentTarget);
  };
}

function quoteLine(number, quote) {
  const item = asItem(quote);
  if (!quote.verified) {
    return h("p", { class: "meta unverified" }, h("strong", {}, `[${number}] Not found in the filing. `), quote.citation, quote.note && ` ${quote.note}`);
  }
  return h("p", { class: "meta" },
    h("button", { type: "button", class: "cite", onclick: show(item), title: "Show the page with these words highlighted" },
      h("span", { class: "number" }, number), h("span", {}, quote.citation)),
    h("span", { class: "checked", title: "These words were found in the filing, character for character." }, "✓ verified"),
    cautions(quote.restates, quote.writing),
    actions(item));
}

function silence(answer) {
  return h("div", { class: "silence" }, answer.answer.split(/\n{2,}/).slice(0, 1).map((text) => h("p", {}, text.replace(/\s*Nearest passages:?.*$/is, "").replaceAll("**", ""))));
}

function sources(answer) {
  if (!answer.sources.length) return null;
  const label = answer.abstained ? "Nearest passages" : "Passages read";
  const list = h("ol", { class: "hits" }, answer.sources.map((hit) => hitView(hit, answer.standalone_question || answer.question)));
  return h("details", { class: "sources", open: answer.abstained }, h("summary", {}, `${label} (${answer.sources.length})`), list);
}

function under(answer, numbered) {
  const quotes = numbered.flat();
  const cited = quotes.map(({ number, quote }) => `[${number}] ${quote.citation}${quote.verified ? "" : " (not verified)"}`).join("\n");
  const seconds = Object.values(answer.timings_ms).reduce((sum, ms) => sum + ms, 0) / 1000;
  const filings = new Set(quotes.map(({ quote }) => quote.filing_id)).size;
  return h("p", { class: "under" },
    quotes.length ? `${quotes.length} ${quotes.length === 1 ? "quotation" : "quotations"} from ${filings} ${filings === 1 ? "filing" : "filings"}, ` : "",
    `${seconds.toFixed(1)} s `,
    h("button", { type: "button", class: "small", onclick: () => copy(`${answer.answer.replaceAll("**", "")}\n\n${cited}`.trim(), "Answer with citations") }, "Copy answer"));
}

export function summary(answer) {
  if (answer.abstained) return "The filings searched do not answer this. Nearest passages follow.";
  const count = answer.claims.reduce((sum, claim) => sum + claim.quotes.length, 0);
  return `Answered with ${count} ${count === 1 ? "quotation" : "quotations"}.`;
}

export function hitView(hit, query) {
  const item = {
    filing_id: hit.filing.id, start: hit.start, end: hit.end, text: hit.text, citation: hit.citation, file: hit.filing.file,
    page: hit.page, boxes: hit.boxes, speaker: hit.speaker, restates: hit.restates, writing: hit.writing,
  };
  return h("li", { class: `passage side-${sideOf(hit.speaker.role, hit.writing)}` },
    h("p", { class: "meta" }, voice(hit.speaker, hit.restates, hit.writing),
      hit.section.length > 0 && h("span", { class: "path" }, hit.section.map(titled).join(" › "))),
    h("blockquote", {}, highlighted(hit.text, query)),
    h("p", { class: "meta" }, h("button", { type: "button", class: "cite", onclick: show(item), title: "Show the page with this passage highlighted" }, hit.citation),
      hit.footnote && h("span", { class: "path" }, `footnote ${hit.footnote}`), actions(item)));
}

const SMALL_WORDS = new Set(("a an and are as at be by did do does for from had has have how in is it its of on or that the their this to was were what "
  + "when where which who whom whose why will with").split(" "));

function highlighted(text, query) {
  const stems = [...new Set((query.toLowerCase().match(/[\p{L}\p{N}§]+/gu) || []).filter((word) => !SMALL_WORDS.has(word) && word.length > 1))]
    .map((word) => (word.length > 5 ? word.slice(0, Math.max(4, word.length - 3)) : word).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!stems.length) return text;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.join("|")})[\\p{L}\\p{N}]{0,4}(?![\\p{L}\\p{N}])`, "giu");
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(at, match.index), h("b", {}, match[0]));
    at = match.index + match[0].length;
  }
  return [...parts, text.slice(at)];
}

