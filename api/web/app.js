// The page: one view a hash.
import { $, problem } from "./dom.js";
import * as ask from "./ask.js";
import * as search from "./search.js";
import * as filings from "./filings.js";
import * as collection from "./collection.js";

const VIEWS = { ask, search, filings, collection };
let first = true;

async function show() {
  if (location.hash === "#main") return;
  const [, path, query] = (location.hash.replace(/^#\/?/, "") || "ask").match(/^([^?]*)\??(.*)$/s);
  const [name, id] = path.split("/");
  const view = VIEWS[name] || ask;
  for (const link of document.querySelectorAll("header nav a")) {
    if (link.hash === `#/${name || "ask"}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const main = $("#main");
  try {
    await view.view(main, id && decodeURIComponent(id), new URLSearchParams(query));
  } catch (error) {
    main.replaceChildren(problem(error));
  }
  if (!first) { main.focus({ preventScroll: true }); scrollTo(0, 0); }
  first = false;
}

addEventListener("hashchange", show);
collection.showCount();
show();
