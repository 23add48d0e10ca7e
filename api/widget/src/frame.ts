// The frame around the conversation: what stands there before the server has said a word.

import { dialled, el, link, sign } from "./dom";
import { T, fill } from "./texts";

const HELP_113 = "https://www.113.nl";
const LONGEST = 2000; // characters, as MAX_BERICHT_TEKENS
const FEW_LEFT = 200; // characters from which the counter shows
const STEPS = [200, 100, 50, 20, 0, -1]; // characters left at which it speaks

export interface Frame {
  root: HTMLElement;
  title: HTMLElement;
  scroller: HTMLElement;
  log: HTMLElement;
  status: HTMLElement;
  error: HTMLElement;
  field: HTMLTextAreaElement;
  keepers: HTMLElement[];
  /** Whether somebody pressed or typed something here: before that, the host page is not moved. */
  touched: boolean;
  /** Puts a text in the field. */
  write(text: string): void;
  /** Says something that a screen reader hears, where it can be seen. */
  say(text: string): void;
}

export interface Presses {
  exit: HTMLElement;
  close: HTMLElement | null;
  send(): void;
  human(): void;
  restart(): void;
  wipe(): void;
  print(): void;
  mail(): void;
}

/** The whole frame, empty. In a panel it is a dialog that leaves the page usable; inline it is a region. */
export function frame(panel: boolean, presses: Presses): Frame {
  const title = el("h2", "", { id: "titel", tabindex: -1 }, T.venster.titel);
  const log = el("div", "log", {
    role: "log",
    "aria-live": "polite",
    "aria-relevant": "additions",
    "aria-label": T.venster.gesprek,
  });
  const status = el("p", "status", { role: "status" });
  const error = el("div", "error", { role: "alert" });
  const scroller = el("div", "scroller", { tabindex: 0, role: "group", "aria-label": T.venster.berichten }, log, error, status);
  const keepers = [
    tool(T.knoppen.print.kort, T.knoppen.print.lang, presses.print),
    tool(T.knoppen.mail.kort, T.knoppen.mail.lang, presses.mail),
  ];
  keepers.forEach((keeper) => (keeper.hidden = true));
  const counter = el("p", "hint counter", { id: "teller" });
  const field = el("textarea", "", {
    id: "tekst",
    rows: 2,
    autocomplete: "off",
    enterkeyhint: "send",
    "aria-describedby": "uitleg teller",
  });
  const form = el(
    "form",
    "compose",
    { novalidate: true },
    el("label", "", { for: "tekst" }, T.invoer.label),
    el("p", "hint", { id: "uitleg" }, T.invoer.uitleg),
    field,
    counter,
    el(
      "p",
      "actions",
      {},
      el("button", "primary", { type: "submit" }, T.invoer.verstuur),
      tool(T.invoer.mens, "", presses.human, "secondary"),
    ),
  );
  const root: HTMLElement = el(
    panel ? "dialog" : "section",
    panel ? "root panel" : "root block",
    { role: panel ? null : "region", "aria-labelledby": "titel", lang: "nl", dir: "ltr" },
    el(
      "header",
      "",
      {},
      title,
      el("div", "leave", {}, presses.exit, presses.close),
      el("p", "hint", {}, sign("M4 4h16v12H4zM9 20h6M12 16v4"), T.venster.computer),
    ),
    alarm(),
    scroller,
    form,
    el(
      "div",
      "tools",
      {},
      tool(T.knoppen.opnieuw.kort, T.knoppen.opnieuw.lang, presses.restart),
      tool(T.knoppen.wis.kort, T.knoppen.wis.lang, presses.wipe),
      ...keepers,
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    presses.send();
  });
  field.addEventListener("input", () => count(field, counter));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    presses.send();
  });
  const made: Frame = {
    ...{ root, title, scroller, log, status, error, field, keepers, touched: false },
    write(text) {
      field.value = text;
      count(field, counter);
    },
    say(text) {
      status.textContent = text;
      if (text) bringToSight(made, status);
    },
  };
  for (const touch of ["pointerdown", "keydown"]) root.addEventListener(touch, () => (made.touched = true), true);
  return made;
}

/** 112 and 113 are there from the first moment, whatever the server does. */
function alarm(): HTMLElement {
  const call = (number: string) => link(fill(T.bel.bel, { nummer: number }), dialled(number));
  return el(
    "div",
    "alarm",
    { role: "group", "aria-label": T.alarm.naam },
    el("p", "", {}, T.alarm.gevaar + " ", call("112")),
    el("p", "", {}, T.alarm.zelfmoord + " ", call("113"), ` ${T.alarm.of} `, link("113.nl", HELP_113)),
  );
}

/** A button; what `more` says is out of sight on a narrow screen and always part of the name. */
function tool(text: string, more: string, press: () => void, className = "plain"): HTMLElement {
  const made = el("button", className, { type: "button" }, text, more && el("span", "more", {}, " " + more));
  made.addEventListener("click", press);
  return made;
}

/** The counter stands there for who sees it, and speaks at a few steps only. */
function count(field: HTMLTextAreaElement, counter: HTMLElement): void {
  const left = LONGEST - Array.from(field.value.trim()).length;
  const said = left < 0 ? T.invoer.teLang : left <= FEW_LEFT ? T.invoer.over : "";
  counter.setAttribute("aria-live", STEPS.includes(left) ? "polite" : "off");
  counter.classList.toggle("over", left < 0);
  counter.textContent = fill(said, { aantal: Math.abs(left) });
}

/**
 * Brings something in the conversation to sight, at once and without gliding: it must be there when the focus or a
 * screen reader comes. The host page only moves for somebody who did something here.
 */
export function bringToSight({ scroller, touched }: Frame, shown: HTMLElement): void {
  const own = getComputedStyle(scroller).overflowY !== "visible";
  if (own) scroller.scrollTop = shown.offsetTop - scroller.offsetTop - 12;
  if (touched) (own ? scroller : shown).scrollIntoView({ block: "nearest" });
}
