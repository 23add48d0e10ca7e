// What was said, as elements: who speaks, the bubbles, the cards, whom to call, the buttons.

import { callButtons, callList, dangerHeading } from "./calls";
import { card } from "./card";
import { type Child, button, el, link } from "./dom";
import { reportBox } from "./report";
import type { Server } from "./server";
import { T } from "./texts";
import type { Answer, Choice, Entry, Turn } from "./types";

const DANGER = ["spoed_112", "crisis_113", "onveilig", "huisarts_vandaag"];
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ps", "ur"];

export interface Hands {
  server: Server;
  owner: string;
  exitTo: string;
  leave(event: Event): void;
  choose(choice: Choice, entry: Entry, pressed: HTMLElement): void;
  judge(good: boolean, entry: Entry): void;
}

type Said = Extract<Entry, { soort: "computer" }>;

/** Whether an entry is an answer to danger: it stands out and takes the focus. */
function isDanger(entry: Entry): boolean {
  return entry.soort === "computer" && DANGER.includes(entry.uitkomst ?? "") && entry.berichten.some((m) => m.bel.length);
}

/** Whether an answer is about danger at home, alone or beside other danger: nothing of that talk may be found later. */
export function isUnsafe(turn: Turn): boolean {
  const reasons = (turn.triage?.redenen ?? []).map((reason) => reason.wijstOp);
  const names = turn.berichten.flatMap((answer) => answer.bel.map((line) => line.naam));
  return turn.triage?.uitkomst === "onveilig" || reasons.includes("onveilig") || names.includes(T.veiligThuis);
}

/** One entry of the conversation as an element for the log. */
export function message(entry: Entry, hands: Hands): HTMLElement {
  if (entry.soort === "u") {
    return speech(T.wie.u, "mine", el("p", "bubble text", { dir: "auto" }, entry.tekst));
  }
  const computer = hands.owner ? `${T.wie.computer} (${hands.owner})` : T.wie.computer;
  if (entry.soort === "melding") return speech(computer, "theirs", el("p", "bubble text", {}, entry.tekst));
  const danger = isDanger(entry);
  const parts = entry.berichten.flatMap((answer) => bubbles(answer, entry, hands, !danger));
  if (!danger) return speech(computer, "theirs", ...parts, thumb(entry, hands));
  const heading = dangerHeading();
  const exit = entry.onveilig && el("p", "", {}, T.gevaar.weg + " ", exitLink(hands));
  const numbers = callButtons(entry.berichten.flatMap((answer) => answer.bel));
  const box = el("div", "bubble danger", { role: "group" }, heading, numbers, exit, ...parts);
  heading.id = "gevaar-" + ++dangers;
  box.setAttribute("aria-labelledby", heading.id);
  return speech(computer, "theirs", box);
}

let dangers = 0;

function speech(who: string, className: string, ...parts: Child[]): HTMLElement {
  return el("div", "message " + className, {}, el("p", "who", {}, who), ...parts);
}

function bubbles(answer: Answer, entry: Said, hands: Hands, linked: boolean): HTMLElement[] {
  const { taal } = answer;
  const rtl = RIGHT_TO_LEFT.includes(taal ?? "");
  const text = answer.kort || answer.tekst;
  const bubble = el("p", "bubble text", { lang: taal, dir: rtl && "rtl" }, ...(rtl ? numbersAsDialled(text) : [text]));
  const made: HTMLElement[] = [bubble];
  if (answer.initiatieven.length) {
    const cards = answer.initiatieven.map((one) => card(one, reportBox(one, hands.server)));
    made.push(el("div", "cards", {}, ...cards));
  }
  if (answer.bel.length) made.push(callList(answer.bel, linked));
  for (const { tekst, url } of answer.links ?? []) {
    made.push(el("p", "call-links", {}, link(tekst, new URL(url, hands.server.endpoint).href)));
  }
  if (answer.knoppen.length) made.push(choices(answer.knoppen, entry, hands));
  return made;
}

/** The text with each number from left to right: in Arabic, `0800-2000` would stand there the other way round. */
function numbersAsDialled(text: string): Child[] {
  return text.split(/(\d[\d -]*\d)/).map((part, index) => (index % 2 ? el("bdi", "", { dir: "ltr" }, part) : part));
}

function choices(offered: Choice[], entry: Said, hands: Hands): HTMLElement {
  const buttons = offered.map((choice) => {
    const made = button(choice.tekst, "choice", (pressed) => hands.choose(choice, entry, pressed));
    if (entry.gekozen === choice.id) made.append(" " + T.gekozen);
    return made;
  });
  return el("div", "choices", { role: "group", "aria-label": T.keuzes }, ...buttons);
}

/** After an answer with places: was it of use? No text is sent with it. */
function thumb(entry: Said, hands: Hands): HTMLElement | null {
  if (!entry.berichten.some((answer) => answer.initiatieven.length)) return null;
  if (entry.oordeel !== undefined) return el("p", "thumb", {}, T.meldingen.bedankt);
  const group = el("div", "thumb", { role: "group", "aria-label": T.oordeel.vraag }, el("span", "", {}, T.oordeel.vraag));
  const judge = (good: boolean) => {
    const thanks: HTMLElement = el("p", "thumb", { tabindex: -1 }, T.meldingen.bedankt);
    group.replaceWith(thanks);
    thanks.focus();
    hands.judge(good, entry);
  };
  group.append(
    button(T.oordeel.ja, "secondary", () => judge(true)),
    button(T.oordeel.nee, "secondary", () => judge(false)),
  );
  return group;
}

/** The link of the quick exit; without the script it would still leave the page. */
export function exitLink(hands: Pick<Hands, "exitTo" | "leave">): HTMLAnchorElement {
  const made = link(T.venster.weg, hands.exitTo, "exit");
  made.addEventListener("click", (event) => hands.leave(event));
  return made;
}
