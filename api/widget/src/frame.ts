// The frame around the conversation: what stands there before the server has said a word.

import { dialled, el, link, sign } from "./dom";
import { T, fill } from "./texts";

const HELP_113 = "https://www.113.nl";

export interface Frame {
  root: HTMLElement;
  title: HTMLElement;
  scroller: HTMLElement;
  log: HTMLElement;
  status: HTMLElement;
  error: HTMLElement;
  form: HTMLFormElement;
  field: HTMLTextAreaElement;
  counter: HTMLElement;
  keepers: HTMLElement[];
}

export interface Presses {
  exit: HTMLElement;
  close: HTMLElement | null;
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
  const counter = el("p", "hint counter", { id: "teller", "aria-live": "polite" });
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
  const root = el(
    "section",
    panel ? "root panel" : "root block",
    { role: panel ? "dialog" : "region", "aria-labelledby": "titel", lang: "nl", dir: "ltr" },
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
  return { root, title, scroller, log, status, error, form, field, counter, keepers };
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
