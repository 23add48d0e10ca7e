// "Dit klopt niet": the form with which a reader says that a card is wrong.

import { callButtons, callList, dangerHeading } from "./calls";
import { button, el } from "./dom";
import { Refusal, type Server } from "./server";
import { T } from "./texts";
import type { Initiative, Warning } from "./types";

const M = T.melding;
const LONGEST_NOTE = 300; // characters, as api/report_desk.py

let forms = 0;

function warningBox(warning: Warning): HTMLElement {
  return el(
    "div",
    "bubble danger",
    {},
    dangerHeading(),
    callButtons(warning.bel),
    el("p", "text", {}, warning.antwoord),
    callList(warning.bel, false),
  );
}

/** What a refusal says: danger that was typed first, then what is wrong and what to do. */
export function refusalParts({ warning, title, detail }: Refusal): Node[] {
  const rest = warning ? detail.replace(warning.antwoord, "").trim() : detail;
  const said = [el("p", "", {}, el("strong", "", {}, title)), el("p", "", {}, rest)];
  return warning ? [warningBox(warning), ...said] : said;
}

function reasons(group: string): HTMLElement {
  const made = el("fieldset", "", {}, el("legend", "", {}, M.vraag));
  for (const [value, text] of Object.entries(M.redenen)) {
    made.append(el("label", "", {}, el("input", "", { type: "radio", name: group, value }), text));
  }
  return made;
}

/** A button that opens the form. What is sent stands apart from the conversation. */
export function reportBox(initiative: Initiative, server: Server): HTMLElement {
  const id = `melding-${++forms}`;
  const choices = reasons(id);
  const note = el("textarea", "", {
    id: `${id}-tekst`,
    rows: 2,
    maxlength: LONGEST_NOTE,
    autocomplete: "off",
    "aria-describedby": `${id}-uitleg`,
  });
  const error = el("div", "error", { role: "alert" });
  const send = el("button", "primary", { type: "submit" }, M.stuur);
  const cancel = button(M.annuleer, "secondary", () => show(false));
  const form = el(
    "form",
    "",
    { id, hidden: true, novalidate: true },
    choices,
    el("label", "", { for: note.id }, M.toelichting),
    el("p", "hint", { id: `${id}-uitleg` }, M.uitleg),
    note,
    error,
    el("p", "actions", {}, send, cancel),
  );
  const open = button(M.open, "plain", () => show(form.hidden === true));
  open.setAttribute("aria-label", `${M.open}: ${initiative.naam}`);
  open.setAttribute("aria-expanded", "false");
  open.setAttribute("aria-controls", id);
  const box = el("div", "report", { "aria-live": "off" }, open, form); // the log must not read the form aloud

  const firstChoice = () => choices.querySelector("input")!;

  function show(now: boolean): void {
    form.hidden = !now;
    open.setAttribute("aria-expanded", String(now));
    (now ? firstChoice() : open).focus();
  }

  async function submit(): Promise<void> {
    const chosen = choices.querySelector<HTMLInputElement>("input:checked");
    error.replaceChildren();
    if (!chosen) {
      error.append(M.kies);
      firstChoice().focus();
      return;
    }
    send.disabled = true;
    try {
      const body = { wat: chosen.value, toelichting: note.value.trim() || null, kanaal: "bewoner" };
      thank((await server.report(initiative.id, body)).waarschuwing);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      error.append(...refusalParts(refusal));
      send.disabled = false;
    }
  }

  /** Danger that was typed comes before the thanks. */
  function thank(warning?: Warning | null): void {
    const said = el("div", "", { tabindex: -1 }, warning && warningBox(warning), el("p", "", {}, M.bedankt));
    box.replaceChildren(said);
    said.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!send.disabled) void submit();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    show(false);
  });
  return box;
}
