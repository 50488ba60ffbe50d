// Searching: passages with filters, to read and to collect.
import { h, problem, say } from "./dom.js";
import { post } from "./api.js";
import { hitView } from "./answer.js";
import { filterPanel } from "./filters.js";

const FIRST = 10;
const MOST = 100;

export async function view(main, _, parameters) {
  document.title = "Search · Pincite";
  const filters = await filterPanel(parameters.get("filing"), { opened: matchMedia("(min-width: 60rem)").matches });
  const box = h("input", { id: "query", type: "search", maxLength: 1000, required: true, placeholder: "words, a citation, or a “quoted phrase”" });
  box.value = parameters.get("q") || "";
  const found = h("div", { class: "found" });
  const run = async (k = FIRST) => {
    const query = box.value.trim();
    if (!query) return;
    history.replaceState(null, "", `#/search?q=${encodeURIComponent(query)}`);
    found.setAttribute("aria-busy", "true");
    try {
      const body = { query, k };
      const chosen = filters.value();
      if (chosen) body.filters = chosen;
      const { hits } = await post("/v1/search", body);
      const many = hits.length === k && k < MOST;
      found.replaceChildren(
        h("p", { class: "hint" }, hits.length ? `${hits.length} passages, best first` : "No passage found. Fewer words, or fewer filters, may find more."),
        h("ol", { class: "hits" }, hits.map((hit) => hitView(hit, query))),
        many ? h("p", {}, h("button", { type: "button", onclick: () => run(Math.min(k + 20, MOST)) }, "More passages")) : "");
      say(`${hits.length} passages found`);
    } catch (error) {
      found.replaceChildren(problem(error));
    }
    found.setAttribute("aria-busy", "false");
  };
  const form = h("form", { class: "ask", role: "search" }, h("label", { for: "query" }, "Find passages"), h("div", { class: "row" }, box, h("button", { class: "primary" }, "Search")), filters.panel);
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  main.replaceChildren(h("h1", {}, "Search"), form, found);
  if (box.value) await run();
}
