// The filters that Ask and Search share.
import { capital, h, words } from "./dom.js";
import { facets, listing } from "./api.js";
import { roleWord } from "./voices.js";

const LABELS = { matter: "Matter", court: "Court", kind: "Kind of filing", side: "Side", filer: "Filer", writing: "Writing" };
let names = {};
export const courtName = (id) => (id ? names[id] || id : "");

const shown = (name, value) => {
  if (name === "court") return courtName(value);
  if (name === "side") return roleWord(value);
  return name === "kind" || name === "writing" ? capital(words(value)) : value;
};

export async function learnCourts() {
  const known = await facets();
  names = known.court_names;
  return known;
}

export async function filterPanel(filingId, { opened = false } = {}) {
  const known = await learnCourts();
  const selects = Object.keys(LABELS).filter((name) => known[name]?.length).map((name) => {
    const select = h("select", { id: `filter-${name}`, name }, h("option", { value: "" }, "Any"),
      known[name].map((value) => h("option", { value }, shown(name, value))));
    return h("div", {}, h("label", { for: select.id }, LABELS[name]), select);
  });
  const date = (name, label) => h("div", {}, h("label", { for: `filter-${name}` }, label), h("input", { type: "date", id: `filter-${name}`, name }));
  const summary = h("summary", {}, "All filings");
  const fields = h("div", { class: "filters" }, selects, date("filed_after", "Filed on or after"), date("filed_before", "Filed on or before"));
  const only = h("p", { class: "only", hidden: true });
  const panel = h("details", { class: "narrow", open: opened }, summary, only, fields);
  let filing = null;
  const value = () => {
    const chosen = {};
    for (const field of fields.querySelectorAll("select, input")) if (field.value) chosen[field.name] = field.value;
    if (filing) chosen.filing_ids = [filing.id];
    return Object.keys(chosen).length ? chosen : null;
  };
  const describe = () => {
    const chosen = [...fields.querySelectorAll("select, input")].filter((field) => field.value)
      .map((field) => (field.tagName === "SELECT" ? field.selectedOptions[0].textContent : `${field.name === "filed_after" ? "from" : "to"} ${field.value}`));
    if (filing) chosen.unshift(filing.file);
    summary.textContent = chosen.length ? `Only: ${chosen.join(", ")}` : "All filings";
  };
  fields.addEventListener("change", describe);
  if (filingId) {
    filing = await listing(filingId).catch(() => null);
    if (filing) {
      only.hidden = false;
      only.append(`Only ${filing.file} `, h("button", { type: "button", class: "small", onclick: () => { filing = null; only.hidden = true; describe(); } }, "Search all filings"));
    }
    describe();
  }
  return { panel, value };
}
