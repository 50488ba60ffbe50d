// The filings: list, upload with live progress, and one filing with what was read off it.
import { $, capital, day, h, problem, say, titled, toast, words } from "./dom.js";
import { facets, forgetListing, get, listing, patch, remove, upload } from "./api.js";
import { courtName, learnCourts } from "./filters.js";
import { open } from "./viewer.js";
import { roleWord, sideOf } from "./voices.js";

const PAGE = 50;
const KINDS = "complaint answer motion memorandum opposition reply petition brief amicus_brief opinion order judgment transcript declaration affidavit exhibit notice letter other".split(" ");
const ROLES = "court plaintiff defendant appellant appellee petitioner respondent amicus government witness counsel unknown".split(" ");
const FIELDS = [["title", "Title"], ["case_name", "Case"], ["court", "Court (courts-db id)"], ["docket", "Docket number"], ["entry", "Docket entry"], ["attachment", "Attachment"],
  ["kind", "Kind"], ["side", "Side"], ["filer", "Filer"], ["supports", "Supports"], ["judge", "Judge"], ["date", "Filed"], ["reporter", "Reported at"], ["matter", "Matter"]];
const STAGES = { queued: "Waiting", read: "Reading pages", store: "Storing", embed: "Indexing passages", index: "Indexing", done: "Done" };

export async function view(main, id) {
  if (id) return showFiling(main, id);
  document.title = "Filings · Pincite";
  const list = h("div", { class: "listing" });
  const jobs = h("ul", { class: "jobs", "aria-live": "polite" });
  const state = { shown: PAGE };
  const draw = () => drawList(list, state);
  main.replaceChildren(h("h1", {}, "Filings"), dropZone(jobs, draw), jobs, list);
  return draw();
}

function dropZone(jobs, draw) {
  const input = h("input", { type: "file", id: "files", accept: "application/pdf,.pdf", multiple: true, class: "unseen" });
  const matter = h("input", { id: "matter", maxLength: 300, placeholder: "none", autocomplete: "off" });
  const zone = h("div", { class: "drop" },
    h("p", {}, h("label", { for: "files", class: "button primary" }, "Choose PDFs"), input, h("span", {}, " or drop them here. They stay on the machine that serves this page.")),
    h("p", { class: "row" }, h("label", { for: "matter" }, "File under matter"), matter));
  const take = async (files) => {
    for (const file of files) await uploadOne(file, matter.value.trim(), jobs, draw);
  };
  input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    take([...event.dataTransfer.files]);
  });
  return zone;
}

async function uploadOne(file, matter, jobs, draw) {
  const bar = h("progress", { max: 1, "aria-label": `Progress of ${file.name}` });
  const says = h("span", { class: "hint" }, "Sending");
  const row = h("li", { class: "job" }, h("strong", {}, file.name), " ", says, bar);
  jobs.prepend(row);
  try {
    const id = await upload(file, matter, (share) => { bar.value = share * 0.1; });
    follow(id, row, bar, says, draw);
  } catch (error) {
    bar.remove();
    says.replaceWith(problem(error));
  }
}

async function follow(id, row, bar, says, draw) {
  let pages = 0;
  for (;;) {
    const job = await get(`/v1/jobs/${id}`).catch(() => null);
    if (!job) { says.textContent = "The server does not say how far it is."; return; }
    const at = job.progress;
    if (job.state === "done" || job.state === "failed") return ended(job, row, bar, says, draw);
    pages = Math.max(pages, at.pages || 0);
    says.textContent = `${STAGES[at.stage] || at.stage}${pages ? `, ${pages} pages` : ""}${at.passages ? `, ${at.passages} passages` : ""}`;
    if (pages) bar.value = Math.min(0.1 + 0.8 * (1 - Math.exp(-pages / 25)), 0.9);
    else bar.removeAttribute("value");
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
}

function ended(job, row, bar, says, draw) {
  bar.remove();
  const { failed = [], unchanged = 0, pages = 0, passages = 0, files = [], message } = job.result || {};
  const id = files[0]?.filing_id;
  if (job.state === "failed" || failed.length) {
    says.replaceWith(problem(new Error(message || failed.map((one) => one.message).join(" "))));
    return;
  }
  const done = unchanged ? "was in the library already." : `read: ${pages} pages, ${passages} passages.`;
  says.replaceWith(h("span", { class: "done" }, `${done} `, h("a", { href: `#/filings/${id}` }, "What was read"), " · ", h("a", { href: `#/ask?filing=${id}` }, "Ask about it")));
  say(`${files[0]?.file || "The file"} ${done}`);
  facets(true);
  draw();
}

async function drawList(place, state) {
  try {
    await learnCourts();
    const { filings, total } = await get(`/v1/filings?limit=${state.shown}`);
    const more = total > filings.length && h("button", { type: "button", onclick: () => { state.shown += 200; drawList(place, state); } }, `Show more (${total - filings.length} left)`);
    const head = h("thead", {}, h("tr", {}, ["Filing", "Court", "No.", "Kind", "By", "Filed", "Pages"].map((name) => h("th", { scope: "col" }, name))));
    place.replaceChildren(h("p", { class: "hint" }, total === 1 ? "1 filing" : `${total} filings`), total ? h("table", { class: "filings" }, head, h("tbody", {}, filings.map(row))) : "", more || "");
  } catch (error) {
    place.replaceChildren(problem(error));
  }
}

function row(filing) {
  const entry = [filing.entry, filing.attachment === "0" ? null : filing.attachment].filter(Boolean).join("-");
  const cell = (label, value, attributes = {}) => h("td", { "data-label": label, ...attributes }, value || "–");
  return h("tr", {},
    h("th", { scope: "row" }, h("a", { href: `#/filings/${filing.id}` }, titled(filing.title) || filing.file), h("span", { class: "case" }, filing.case_name || filing.file),
      filing.warnings.length ? h("span", { class: "warn", title: filing.warnings.join("\n") }, `${filing.warnings.length} to check`) : ""),
    cell("Court", courtName(filing.court), { class: "nowrap" }), cell("No.", entry), cell("Kind", capital(words(filing.kind))),
    cell("By", filing.side && h("span", { class: `voice side-${sideOf(filing.side)}` }, roleWord(filing.side))),
    cell("Filed", day(filing.date), { class: "nowrap" }), cell("Pages", String(filing.pages), { class: "number" }));
}

async function showFiling(main, id) {
  let filing;
  try {
    filing = await listing(id);
  } catch (error) {
    main.replaceChildren(problem(error));
    return;
  }
  document.title = `${titled(filing.title) || filing.file} · Pincite`;
  const show = (page) => (event) => open({ filing_id: id, page, boxes: [] }, event.currentTarget);
  main.replaceChildren(
    h("p", {}, h("a", { href: "#/filings" }, "‹ All filings")),
    h("h1", {}, titled(filing.title) || filing.file),
    h("p", { class: "hint" }, `${filing.file} · ${filing.pages} pages · ${filing.passages} passages`),
    h("p", { class: "row" },
      h("a", { class: "button primary", href: `#/ask?filing=${id}` }, "Ask about this filing"),
      h("a", { class: "button", href: `#/search?filing=${id}` }, "Search it"),
      h("button", { type: "button", onclick: show(1) }, "Look at its pages"),
      h("a", { class: "button", href: `/v1/filings/${id}/pdf`, target: "_blank", rel: "noopener" }, "Open PDF"),
      h("button", { type: "button", class: "danger", onclick: () => confirmRemoval(filing) }, "Remove …")),
    filing.warnings.length ? h("section", { class: "warnings" }, h("h2", {}, "To check"), h("ul", {}, filing.warnings.map((warning) => h("li", {}, warning)))) : "",
    facts(main, filing),
    filing.writings.length ? h("section", {}, h("h2", {}, "Writings"), h("ul", { class: "writings" }, filing.writings.map((one) => h("li", {},
      h("span", { class: `voice side-${sideOf("court", one.kind)}` }, capital(words(one.kind))), one.author ? ` ${one.author}, ` : " ",
      h("button", { type: "button", class: "cite", onclick: show(one.first_page) }, `PDF pages ${one.first_page}–${one.last_page}`))))) : "",
    cites(filing, show));
}

function facts(main, filing) {
  const corrected = new Set(filing.corrected);
  const inputs = FIELDS.map(([name, label]) => {
    const options = { kind: KINDS, side: ["", ...ROLES] }[name];
    const input = options
      ? h("select", { id: `fact-${name}`, name }, options.map((value) => h("option", { value, selected: (filing[name] || "") === value }, value ? capital(words(value)) : "–")))
      : h("input", { id: `fact-${name}`, name, type: name === "date" ? "date" : "text", autocomplete: "off" });
    if (!options) input.value = filing[name] || "";
    return h("div", { class: corrected.has(name) ? "fact corrected" : "fact" }, h("label", { for: input.id }, label, corrected.has(name) && h("em", {}, " corrected")), input);
  });
  const trouble = h("div");
  const form = h("form", { class: "facts" }, h("h2", {}, "What was read off this filing"), h("p", { class: "hint" }, "Citations are made of these. Correct what is wrong; a correction survives being read again."),
    h("div", { class: "fields" }, inputs), trouble, h("p", { class: "row" }, h("button", { class: "primary" }, "Save corrections")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const changes = {};
    for (const [name] of FIELDS) {
      const value = form.elements[name].value.trim();
      if (value !== (filing[name] || "")) changes[name] = value || null;
    }
    if (!Object.keys(changes).length) { toast("Nothing was changed"); return; }
    try {
      await patch(`/v1/filings/${filing.id}`, changes);
      forgetListing(filing.id);
      facets(true);
      toast("Corrected");
      await showFiling(main, filing.id);
    } catch (error) {
      trouble.replaceChildren(problem(error));
    }
  });
  return form;
}

function cites(filing, show) {
  const details = h("details", { class: "authorities" }, h("summary", {}, "Authorities it cites"));
  details.addEventListener("toggle", async () => {
    if (!details.open || details.childElementCount > 1) return;
    const waiting = h("p", { class: "hint" }, "Reading …");
    details.append(waiting);
    try {
      const { authorities } = await get(`/v1/filings/${filing.id}/authorities`);
      waiting.replaceWith(authorities.length ? h("ul", {}, authorities.map((one) => h("li", {}, one.name && h("i", {}, `${one.name}, `), one.citation, " ",
        one.pages.slice(0, 12).map((page) => [h("button", { type: "button", class: "small", "aria-label": `PDF page ${page}`, onclick: show(page) }, String(page)), " "])))) : h("p", { class: "hint" }, "None found."));
    } catch (error) {
      waiting.replaceWith(problem(error));
    }
  });
  return details;
}

function confirmRemoval(filing) {
  const dialog = $("#dialog");
  const trouble = h("div");
  dialog.replaceChildren(h("h2", { id: "dialog-title" }, "Remove this filing?"),
    h("p", {}, `${filing.file} leaves the library and its indexes. The PDF you gave stays where it is.`), trouble,
    h("div", { class: "row" }, h("button", { type: "button", onclick: () => dialog.close() }, "Keep it"),
      h("button", { type: "button", class: "danger", onclick: async () => {
        try {
          await remove(`/v1/filings/${filing.id}`);
          forgetListing(filing.id);
          facets(true);
          dialog.close();
          toast("Removed");
          location.hash = "#/filings";
        } catch (error) {
          trouble.replaceChildren(problem(error));
        }
      } }, "Remove")));
  dialog.showModal();
}
