// Print and mail to oneself: what was found, made in the browser. What the person typed is left out.

import { distance, readableDate } from "./card";
import { el } from "./dom";
import { T, fill } from "./texts";
import type { Answer, Call, Entry, Initiative } from "./types";

const LONGEST_MAIL = 1900; // characters of the address; mail programs cut longer ones

const lines = (parts: (string | null | undefined | false)[]) => parts.filter(Boolean).join("\n");
const named = (name: string, value?: string | null) => value && `${name}: ${value}`;

function place(one: Initiative): string {
  return lines([
    one.naam,
    one.watIsHet,
    one.letOp,
    one.adres || one.plaats,
    distance(one.afstandKm),
    named(T.kaart.open, one.openingstijden),
    named(T.kaart.telefoon, one.telefoon),
    one.website || one.websiteLandelijk,
    one.hoeVraagtU,
    named(T.kaart.gezien, one.gecontroleerdOp && readableDate(one.gecontroleerdOp)),
  ]);
}

function helpLine({ naam, telefoon, openingstijden }: Call): string {
  return telefoon ? `${naam}: ${telefoon}${openingstijden ? ` (${openingstijden})` : ""}` : naam;
}

/** Whether there is anything worth keeping yet. */
export function anyToKeep(entries: Entry[]): boolean {
  return entries.some((entry) => entry.soort === "computer" && entry.berichten.some((m) => m.initiatieven.length || m.bel.length));
}

/** What is worth keeping, as paragraphs: each place and each help line once. */
export function worthKeeping(entries: Entry[]): string[] {
  const answers: Answer[] = entries.flatMap((entry) => (entry.soort === "computer" ? entry.berichten : []));
  const places = answers.flatMap((answer) => answer.initiatieven.map(place));
  const calls = answers.flatMap((answer) => answer.bel.map(helpLine));
  return [...new Set([...places, ...(calls.length ? [lines([...new Set(calls)])] : [])])];
}

function introduction(): string {
  return fill(T.bewaren.inleiding, { datum: new Date().toLocaleDateString("nl-NL", { dateStyle: "long" }) });
}

/** The address that opens the reader's own mail program with the text in it; it says how many places did not fit. */
export function mailAddress(kept: string[]): string {
  const start = `mailto:?subject=${encodeURIComponent(T.bewaren.titel)}&body=`;
  const body = (count: number) => {
    const left = kept.length - count;
    const more = left ? fill(T.bewaren.pastNiet, { aantal: left }) : "";
    const parts = [introduction(), ...kept.slice(0, count), more, T.bewaren.veranderen].filter(Boolean);
    return encodeURIComponent(parts.join("\n\n").replace(/\n/g, "\r\n"));
  };
  let count = kept.length;
  while (count > 1 && start.length + body(count).length > LONGEST_MAIL) count -= 1;
  return start + body(count);
}

/** Prints in a frame of its own, so that nothing of the host page comes along. `into` holds it meanwhile. */
export function print(kept: string[], into: ShadowRoot): void {
  unprint(into);
  const frame = el("iframe", "unseen", { title: T.bewaren.titel, "aria-hidden": "true", tabindex: -1 });
  into.append(frame);
  const page = frame.contentDocument!;
  page.documentElement.lang = "nl";
  page.title = T.bewaren.titel;
  page.body.append(el("h1", "", {}, T.bewaren.titel), el("p", "", {}, introduction()));
  for (const part of [...kept, T.bewaren.veranderen]) {
    const [first, ...rest] = part.split("\n");
    const paragraph = el("p", "", {}, rest.length ? el("strong", "", {}, first) : first);
    rest.forEach((line) => paragraph.append(el("br"), line));
    page.body.append(paragraph);
  }
  frame.contentWindow!.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow!.print();
}

/** Takes away what was made for printing. */
export function unprint(into: ShadowRoot): void {
  into.querySelector("iframe")?.remove();
}
