// Who speaks: a colour and always a word.
import { capital, h, words } from "./dom.js";

const SIDES = {
  court: "court", plaintiff: "plaintiff", appellee: "plaintiff", respondent: "plaintiff",
  defendant: "defendant", appellant: "defendant", petitioner: "defendant",
  amicus: "amicus", government: "government",
};
const SEPARATE = new Set(["dissent", "concurrence", "concurrence_in_part"]);
const ROLE_WORDS = { amicus: "Amicus curiae", unknown: "Speaker not read" };

export function sideOf(role, writing) {
  if (writing === "dissent") return "dissent";
  return SIDES[role] || "other";
}

export const roleWord = (role) => ROLE_WORDS[role] || capital(words(role));

// "Court · dissent · Brandt, J."; a restated view is named, for it is not the speaker's own.
export function voice(speaker, restates, writing) {
  const parts = [roleWord(speaker.role)];
  if (writing) parts.push(words(writing));
  if (speaker.name && speaker.name.toLowerCase() !== speaker.role) parts.push(speaker.name);
  const tag = h("span", { class: `voice side-${sideOf(speaker.role, writing)}` }, parts.join(" · "));
  return h("span", { class: "voices" }, tag, cautions(restates, writing));
}

// What keeps words from being taken for the speaker's own view, or for the court's.
export function cautions(restates, writing) {
  return [restates && h("span", { class: "restates" }, `restating ${restates.name || words(restates.role)}`),
    SEPARATE.has(writing) && h("span", { class: "restates" }, "not the court’s ruling")];
}
