// One initiative: what it is, where, when, what it costs, how to reach it, and who says so.

import { type Child, dialled, el, link, numbersIn, site } from "./dom";
import { T, fill } from "./texts";
import type { Initiative } from "./types";

const K = T.kaart;

/** "2024-06-01", "2024-06" or "2024" in words: a date is as precise as its source. */
export function readableDate(text: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text) ?? [];
  if (!month) return text;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  return date.toLocaleDateString("nl-NL", {
    day: day ? "numeric" : undefined,
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
}

/** How far away, in words; nothing within one place, where distances are not known. */
export function distance(kilometres: number | null | undefined): string | null {
  if (!kilometres || kilometres < 1) return null;
  return fill(K.ongeveer, { km: kilometres.toLocaleString("nl-NL", { maximumFractionDigits: 1 }) });
}

function ages({ leeftijdVan: van, leeftijdTot: tot }: Initiative): string | null {
  if (van && tot) return fill(K.vanTot, { van, tot });
  if (van) return fill(K.vanaf, { van });
  return tot ? fill(K.tot, { tot }) : null;
}

/** The map opens only when it is clicked: until then nobody else learns what was looked for. */
function mapLink(initiative: Initiative): Child {
  if (!initiative.adres) return null;
  const { adres, plaats } = initiative;
  const where = plaats && !adres.includes(plaats) ? `${adres}, ${plaats}` : adres;
  return link(K.kaart, "https://www.openstreetmap.org/search?query=" + encodeURIComponent(where));
}

/** The facts of a card in the order of reading, as [name, parts]; what is not known is left out. */
function facts(one: Initiative): [string, Child[]][] {
  const website = one.website || one.websiteLandelijk;
  const needed = one.verwijzingNodig;
  const all: [string, Child[]][] = [
    [K.letOp, [one.letOp]],
    [K.van, [one.organisatie !== one.naam && one.organisatie]],
    [one.adres ? K.adres : K.plaats, [one.adres || one.plaats, mapLink(one)]],
    [K.afstand, [distance(one.afstandKm)]],
    [K.leeftijd, [ages(one)]],
    [K.open, [one.openingstijden]],
    [K.kosten, [one.kosten]],
    [K.verwijzing, [needed === true ? K.nodig : needed === false && K.nietNodig]],
    [K.aanmelden, [one.hoeVraagtU]],
    [K.toegang, [one.toegankelijkheid]],
    [K.telefoon, numbersIn(one.telefoon).map((number) => link(number, dialled(number)))],
    [K.mail, [one.email && link(one.email, "mailto:" + encodeURIComponent(one.email).replace("%40", "@"))]],
    [K.website, [website && site(website)]],
    [K.gezien, [one.gecontroleerdOp && readableDate(one.gecontroleerdOp)]],
    [K.bron, [one.bron && site(one.bron)]],
  ];
  return all.filter(([, parts]) => parts.some(Boolean));
}

/** The card as an article. `extra` (the report form) stands at its end. */
export function card(one: Initiative, ...extra: Node[]): HTMLElement {
  const list = el("dl");
  for (const [name, parts] of facts(one)) {
    const shown = parts.filter(Boolean).flatMap((part, index) => (index ? [" ", part] : [part]));
    list.append(el("div", "", {}, el("dt", "", {}, name), el("dd", "", {}, ...shown)));
  }
  return el(
    "article",
    "card",
    {},
    el("h3", "", {}, one.naam),
    one.watIsHet && el("p", "", {}, one.watIsHet),
    list,
    one.actueel === false && el("p", "check", {}, K.controleer),
    one.waarom && el("details", "", {}, el("summary", "", {}, K.waarom), el("p", "", {}, one.waarom)),
    ...extra,
  );
}
