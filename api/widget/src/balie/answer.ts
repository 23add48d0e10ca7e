// The card: outcome, the words that gave it, what to say, what to do, and the best places.

import { card as details, distance } from "../card";
import { type Child, dialled, el, link, numbersIn, site } from "../dom";
import { fill } from "../texts";
import type { Initiative } from "../types";
import { lines } from "./phone";
import { B } from "./texts";
import type { Part, Question } from "./types";

const U = B.uitkomst;

/** What the reader is told in one breath. */
export function summary({ kop, initiatieven }: Question): string {
  const number = initiatieven.length;
  const aantal = number === 1 ? U.plekkenEen : number ? fill(U.plekkenMeer, { aantal: number }) : "";
  return fill(U.samenvatting, { kop, aantal }).trim();
}

/** The typed text with the words that gave the outcome marked; their meaning stands below it in words, too. */
function readText(parts: Part[]): HTMLElement {
  const text = el("p", "read");
  const meanings = el("ul", "reasons");
  for (const { tekst, betekenis } of parts) {
    text.append(betekenis ? el("mark", "", {}, tekst) : tekst);
    if (betekenis) meanings.append(el("li", "", {}, fill(U.waarom, { fragment: tekst, betekenis })));
  }
  return el("div", "", {}, text, meanings.hasChildNodes() && meanings);
}

function section(title: string, className: string, ...content: Child[]): HTMLElement {
  return el("section", className, {}, el("h3", "", {}, title), ...content);
}

function place(one: Initiative, unticked: Set<string>, changed: () => void): HTMLElement {
  const box = el("input", "", { type: "checkbox", checked: !unticked.has(one.id), "aria-label": `${U.opPapier}: ${one.naam}` });
  box.addEventListener("change", () => {
    if (box.checked) unticked.delete(one.id);
    else unticked.add(one.id);
    changed();
  });
  const numbers = numbersIn(one.telefoon).map((number) => link(number, dialled(number)));
  const where = [one.adres || one.plaats, distance(one.afstandKm)?.toLowerCase()].filter(Boolean).join(", ");
  return el(
    "li",
    "place",
    {},
    el("label", "paper-choice", {}, box, el("span", "", {}, U.opPapier)),
    el("h4", "", {}, one.naam),
    one.letOp && el("p", "check", {}, one.letOp),
    where && el("p", "", {}, where),
    one.openingstijden && el("p", "", {}, one.openingstijden),
    numbers.length > 0 && el("p", "numbers", {}, ...numbers.flatMap((number, index) => (index ? [" ", number] : [number]))),
    el("details", "", { "data-id": one.id }, el("summary", "", {}, U.meer), details(one)),
  );
}

function places(question: Question, unticked: Set<string>, changed: () => void): HTMLElement | null {
  const { initiatieven, plaats, triage } = question;
  if (!triage.routes.length) return null;
  if (!initiatieven.length) {
    return section(U.plekkenZonder, "places", el("p", "", {}, plaats ? U.geenPlek : U.vraagPlaats), elsewhere(question));
  }
  const near = initiatieven.some((one) => one.adres || one.plaats);
  const title = !near ? U.plekkenLand : plaats ? fill(U.plekken, { plaats: plaats.naam }) : U.plekkenZonder;
  return section(title, "places", el("ol", "", {}, ...initiatieven.map((one) => place(one, unticked, changed))));
}

/** The site of the whole country, for where no place is known. */
function elsewhere({ landelijk }: Question): HTMLElement | null {
  return landelijk?.website ? el("p", "", {}, `${U.landelijk} `, site(landelijk.website)) : null;
}

function codes({ icpc }: Question): HTMLElement | null {
  if (!icpc.length) return null;
  const list = icpc.map(({ code, omschrijving }) => el("li", "", {}, el("strong", "", {}, code), ` ${omschrijving}`));
  return section(U.icpc, "codes", el("ul", "", {}, ...list), el("p", "hint", {}, U.icpcUitleg));
}

/** The ids of the places of which more is shown now. */
export function openPlaces(card: HTMLElement): Set<string> {
  return new Set(Array.from(card.querySelectorAll<HTMLElement>("details[data-id][open]"), (one) => one.dataset.id ?? ""));
}

/** Shows more of the same places in a new card. */
export function reopenPlaces(card: HTMLElement, ids: Set<string>): void {
  for (const one of card.querySelectorAll<HTMLDetailsElement>("details[data-id]")) one.open = ids.has(one.dataset.id ?? "");
}

/** The whole card. `unticked`: ids of what does not go on paper; `changed` is called when that changes. */
export function answer(question: Question, unticked: Set<string>, changed: () => void, actions: HTMLElement): HTMLElement {
  const { kop, isGevaar, gelezen, zeg, doen, andereTalen, bel } = question;
  const phone = bel.length > 0 && section(U.bel, "phone", lines(bel));
  return el(
    "div",
    isGevaar ? "card danger" : `card ${question.uitkomst}`,
    {},
    el("h2", "", {}, kop),
    readText(gelezen),
    el(
      "div",
      "parts",
      {},
      el(
        "div",
        "",
        {},
        zeg.length > 0 && section(B.uitkomst.zeg, "say", ...zeg.map((sentence) => el("p", "", {}, sentence))),
        section(U.doen, "next", el("ul", "", {}, ...doen.filter(Boolean).map((step) => el("li", "", {}, step)))),
        ...andereTalen.map(({ taal, tekst }) => el("p", "", { lang: taal }, tekst)),
        !isGevaar && phone,
        codes(question),
      ),
      isGevaar ? phone : places(question, unticked, changed),
    ),
    actions,
  );
}
