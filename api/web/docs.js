// The reference of the interface, drawn from its own description.
import { $, h } from "./dom.js";

const main = $("#main");
const api = await (await fetch("/openapi.json")).json();

function resolved(schema) {
  return schema?.$ref ? api.components.schemas[schema.$ref.split("/").pop()] : schema;
}

function example(schema) {
  return resolved(schema)?.examples?.[0];
}

function curl(method, path, operation) {
  const body = operation.requestBody?.content;
  const address = `${location.origin}${path}`;
  if (body?.["multipart/form-data"]) return `curl -F files=@brief.pdf ${address}`;
  const sent = body?.["application/json"] && example(body["application/json"].schema);
  return sent ? `curl ${address} \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(sent)}'` : `curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}${address}`;
}

function operationView(path, method, operation) {
  const parameters = (operation.parameters || []).map((one) => h("li", {}, h("code", {}, one.name), ` (${one.in}${one.required ? ", required" : ""}) `, one.description || ""));
  const answers = Object.keys(operation.responses).filter((status) => status < "400").map((status) => `${status} ${Object.keys(operation.responses[status].content || {}).join(", ")}`);
  return h("details", { class: "passage" }, h("summary", {}, h("strong", {}, method.toUpperCase()), ` ${path} – ${operation.description?.split("\n")[0] || operation.summary}`),
    parameters.length ? h("ul", {}, parameters) : "", h("pre", {}, curl(method, path, operation)), h("p", { class: "hint" }, `Answers ${answers.join(" · ")}`));
}

main.append(h("p", {}, api.info.description));
for (const { name } of api.tags) {
  const mine = Object.entries(api.paths).flatMap(([path, operations]) => Object.entries(operations).filter(([, one]) => one.tags?.includes(name)).map(([method, one]) => operationView(path, method, one)));
  if (mine.length) main.append(h("section", {}, h("h2", {}, name), mine));
}
