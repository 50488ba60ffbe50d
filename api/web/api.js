// Requests to the server. A problem document becomes an Error with its title.
import { $, h } from "./dom.js";

async function failed(response) {
  let said = {};
  try { said = await response.json(); } catch { /* the server gave no document */ }
  if (response.status === 401) askForKey();
  const error = new Error(said.detail || `The server answered ${response.status}.`);
  error.title = said.title ? `${said.title}:` : "";
  error.status = response.status;
  error.type = said.type;
  return error;
}

async function send(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("The server does not answer. Is it still running?");
  }
  if (!response.ok) throw await failed(response);
  return response;
}

const asJson = (method, body) => ({
  method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
});

export const get = async (path) => (await send(path)).json();
export const post = async (path, body) => (await send(path, asJson("POST", body))).json();
export const patch = async (path, body) => (await send(path, asJson("PATCH", body))).json();
export const remove = async (path) => { await send(path, { method: "DELETE" }); };
export const fetchFile = async (path, body) => (await send(path, asJson("POST", body))).blob();

// Calls `told(name, data)` for each server-sent event of the answer.
export async function stream(path, body, told, signal) {
  const response = await send(path, { ...asJson("POST", body), signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    held += value;
    let end;
    while ((end = held.indexOf("\n\n")) >= 0) {
      const lines = held.slice(0, end).split("\n");
      held = held.slice(end + 2);
      const name = lines.find((line) => line.startsWith("event: "))?.slice(7);
      const data = lines.find((line) => line.startsWith("data: "))?.slice(6);
      if (name && data) told(name, JSON.parse(data));
    }
  }
}

// Uploads one file; `moved` is told the share sent, 0 to 1.
export function upload(file, matter, moved) {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append("files", file, file.name);
    if (matter) form.append("matter", matter);
    const request = new XMLHttpRequest();
    request.open("POST", "/v1/filings");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => event.lengthComputable && moved(event.loaded / event.total));
    request.addEventListener("error", () => reject(new Error("The upload was cut off.")));
    request.addEventListener("load", () => {
      if (request.status === 202) return resolve(request.response.job_id);
      const error = new Error(request.response?.detail || `The server answered ${request.status}.`);
      error.title = request.response?.title ? `${request.response.title}:` : "";
      return reject(error);
    });
    request.send(form);
  });
}

const listings = new Map();
export function listing(id) {
  if (!listings.has(id)) listings.set(id, get(`/v1/filings/${id}`).catch((error) => { listings.delete(id); throw error; }));
  return listings.get(id);
}
export const forgetListing = (id) => listings.delete(id);

let facetsKnown = null;
export function facets(anew = false) {
  if (!facetsKnown || anew) facetsKnown = get("/v1/facets").catch((error) => { facetsKnown = null; throw error; });
  return facetsKnown;
}

function askForKey() {
  const dialog = $("#dialog");
  if (dialog.open) return;
  const key = h("input", { type: "password", id: "key", autocomplete: "current-password", required: true });
  const wrong = h("p", { class: "problem", role: "alert", hidden: true });
  const form = h("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      const response = await fetch("/v1/session", asJson("POST", { key: key.value }));
      if (response.ok) return location.reload();
      wrong.hidden = false;
      wrong.textContent = "That is not this server’s key.";
      return key.select();
    },
  }, h("h2", { id: "dialog-title" }, "This library needs its key"), h("label", { for: "key" }, "API key"), key, wrong,
  h("div", { class: "row" }, h("button", { class: "primary" }, "Open")));
  dialog.replaceChildren(form);
  dialog.showModal();
}
