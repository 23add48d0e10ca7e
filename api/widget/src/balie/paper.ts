// What goes home on paper, in large type: places and nothing about the person.

import { readableDate } from "../card";
import { type Child, el } from "../dom";
import { fill } from "../texts";
import type { Initiative } from "../types";
import { B } from "./texts";

const P = B.papier;

function facts(one: Initiative): [string, Child][] {
  const website = one.website || one.websiteLandelijk;
  const all: [string, Child][] = [
    [P.letOp, one.letOp],
    [P.bij, one.adres || one.plaats],
    [P.open, one.openingstijden],
    [P.telefoon, one.telefoon],
    [P.website, website && website.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "")],
    [P.kosten, one.kosten],
    [P.aanmelden, one.hoeVraagtU],
  ];
  return all.filter(([, value]) => value);
}

function code(one: Initiative, naar: "route" | "website", caption: string): HTMLElement {
  const src = `/v1/initiatieven/${encodeURIComponent(one.id)}/qr-code?naar=${naar}`;
  return el("figure", "", {}, el("img", "", { src, alt: "", width: 150, height: 150 }), el("figcaption", "", {}, caption));
}

function leaflet(one: Initiative): HTMLElement {
  const list = el("dl");
  for (const [name, value] of facts(one)) list.append(el("div", "", {}, el("dt", "", {}, name), el("dd", "", {}, value)));
  const checked = one.gecontroleerdOp ? fill(P.gezien, { datum: readableDate(one.gecontroleerdOp) }) : P.geenDatum;
  return el(
    "section",
    "",
    {},
    el("h2", "", {}, one.naam),
    one.watIsHet && el("p", "", {}, one.watIsHet),
    list,
    el(
      "div",
      "codes",
      {},
      one.adres && code(one, "route", P.routeCode),
      (one.website || one.websiteLandelijk) && code(one, "website", P.siteCode),
    ),
    el("p", "checked", {}, checked),
  );
}

/** Puts the leaflet in `sheet`, which only paper shows. */
export function fillPaper(sheet: HTMLElement, initiatives: Initiative[]): void {
  sheet.replaceChildren();
  if (!initiatives.length) return;
  sheet.append(el("h1", "", {}, P.titel), ...initiatives.map(leaflet), el("p", "", {}, P.onder));
}

/** Prints when every image of the sheet is there; a code that cannot be had is left out. */
export async function printPaper(sheet: HTMLElement): Promise<void> {
  const images = Array.from(sheet.querySelectorAll("img"));
  await Promise.all(images.map((image) => image.decode().catch(() => image.closest("figure")!.remove())));
  window.print();
}
