// Asking: the question box, suggested questions, the thread of a conversation, earlier conversations.
import { day, h, problem, say } from "./dom.js";
import { get, post, remove, stream } from "./api.js";
import { answerView, claimView, summary } from "./answer.js";
import { filterPanel } from "./filters.js";

export async function view(main, conversation, parameters) {
  document.title = "Ask · Pincite";
  const filters = await filterPanel(parameters.get("filing"));
  const thread = h("div", { class: "thread" });
  const box = h("textarea", { id: "question", rows: 2, maxLength: 4000, required: true, placeholder: "On what basis …, and did the court accept it?" });
  const button = h("button", { class: "primary", id: "ask" }, "Ask");
  const label = h("label", { for: "question" }, "Ask a follow-up, or something new");
  const form = h("form", { class: "ask" }, label, box,
    h("div", { class: "row" }, filters.panel, button));
  const beginning = h("div");
  const earlier = h("nav", { class: "earlier", "aria-label": "Earlier questions" });
  const state = { conversation };

  const ask = async (question) => {
    beginning.replaceChildren();
    button.disabled = true;
    settle();
    await askOnce(question, thread, state, filters.value());
    button.disabled = false;
    box.value = "";
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.value.trim() && !button.disabled) ask(box.value.trim());
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
  });

  const heading = h("h1", {}, "Ask the record");
  const settle = () => {  // once something was asked, the answers come first and the box stands below them
    heading.className = "unseen";
    label.className = "";
    if (thread.nextElementSibling !== form) form.before(thread);
  };
  label.className = "unseen";
  main.replaceChildren(heading, form, thread, beginning, earlier);
  if (conversation) settle();
  if (conversation) await showTurns(conversation, thread);
  else await suggest(beginning, ask, box);
  listEarlier(earlier, conversation);
  if (parameters.get("q")) ask(parameters.get("q"));
}

async function suggest(place, ask, box) {
  const { questions } = await get("/v1/suggestions");
  if (!questions.length) {
    place.replaceChildren(h("p", { class: "hint" }, "The library is empty. ", h("a", { href: "#/filings" }, "Add filings"), " to ask about them."));
    return;
  }
  place.replaceChildren(h("h2", { class: "label" }, "Questions this library can answer"), h("ul", { class: "suggestions" }, questions.map((question) => h("li", {},
    h("button", { type: "button", class: "suggestion", onclick: () => { box.value = question; ask(question); } }, question)))));
}

async function askOnce(question, thread, state, filters) {
  const steps = h("p", { class: "steps", "aria-hidden": "true" }, "Searching …");
  const body = h("div", { class: "answer", "aria-busy": "true" }, steps);
  const turn = h("article", { class: "turn" }, h("h2", { class: "question" }, question), body);
  thread.append(turn);
  turn.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  let count = 0;
  try {
    if (!state.conversation) {
      state.conversation = (await post("/v1/conversations", {})).id;
      history.replaceState(null, "", `#/ask/${state.conversation}`);
    }
    const request = { question, conversation_id: state.conversation, stream: true };
    if (filters) request.filters = filters;
    await stream("/v1/ask", request, (name, data) => {
      if (name === "step") { steps.textContent = `${data.says} …`; say(data.says); }
      if (name === "claim") {
        const quotes = data.claim.quotes.map((quote) => ({ number: (count += 1), quote }));
        body.insertBefore(claimView(data.claim, quotes), steps);
      }
      if (name === "answer") {
        body.replaceChildren(...answerView(data).flat(Infinity).filter(Boolean));
        say(summary(data));
      }
      if (name === "problem") throw Object.assign(new Error(data.detail), { title: `${data.title}:` });
    });
  } catch (error) {
    body.replaceChildren(problem(error));
  }
  body.setAttribute("aria-busy", "false");
}

async function showTurns(conversation, thread) {
  try {
    const { turns } = await get(`/v1/conversations/${encodeURIComponent(conversation)}`);
    thread.replaceChildren(...turns.map(({ question, answer }) => h("article", { class: "turn" }, h("h2", { class: "question" }, question),
      h("div", { class: "answer" }, answer.claims ? answerView(answer) : h("p", {}, answer.answer || "")))));
  } catch (error) {
    thread.replaceChildren(problem(error));
  }
}

async function listEarlier(place, current) {
  const { conversations } = await get("/v1/conversations?limit=30");
  const others = conversations.filter((one) => one.id !== current);
  if (!others.length && !current) return;
  const entry = (one) => {
    const item = h("li", {}, h("a", { href: `#/ask/${one.id}` }, one.question), h("span", { class: "hint" }, ` ${day(one.started)}${one.turns > 1 ? `, ${one.turns} questions` : ""} `),
      h("button", { type: "button", class: "small", "aria-label": `Forget: ${one.question}`, onclick: async () => { await remove(`/v1/conversations/${one.id}`); item.remove(); } }, "Forget"));
    return item;
  };
  place.replaceChildren(current ? h("p", {}, h("a", { href: "#/ask", class: "button" }, "New conversation")) : "",
    others.length ? h("details", { class: "earlier-list" }, h("summary", {}, `Earlier questions (${others.length})`), h("ul", {}, others.map(entry))) : "");
}
