// Applying for Welzijn op Recept for a patient: after reading the text of consent aloud, with the least data.

import { button, el } from "../dom";
import { newKey } from "../key";
import { fill } from "../texts";
import { lines } from "./phone";
import { Refused, call } from "./server";
import { B } from "./texts";
import type { Consent, Fault, Icpc } from "./types";

const A = B.aanmelding;
const LONGEST = { naam: 100, telefoon: 30, email: 254, wens: 500 }; // characters, as api/referral/fields.py

let ids = 0;

/** A field with its label, an optional hint, and room for what is wrong with it. */
class Field<E extends HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement> {
  readonly box: HTMLElement;
  private readonly fault = el("p", "error", { id: `aanmelding-${++ids}-fout` });

  constructor(label: string, readonly input: E, hint = "") {
    input.id = `aanmelding-${ids}`;
    const hintId = `${input.id}-uitleg`;
    input.setAttribute("aria-describedby", hint ? `${hintId} ${this.fault.id}` : this.fault.id);
    const name = el("label", "", { for: input.id }, label);
    this.box = el("div", "", {}, name, hint && el("p", "hint", { id: hintId }, hint), input, this.fault);
  }

  get value(): string {
    return this.input.value.trim();
  }

  says(fault: string): void {
    this.fault.textContent = fault;
    this.input.setAttribute("aria-invalid", String(Boolean(fault)));
  }
}

const text = (maxlength: number, type = "text") => el("input", "", { type, maxlength, autocomplete: "off", spellcheck: "false" });

function choice(options: { code: string; tekst: string }[]): HTMLSelectElement {
  return el("select", "", {}, ...options.map(({ code, tekst }) => el("option", "", { value: code }, tekst)));
}

interface Owner {
  expired(): void;
  sent(): void;
  closed(): void;
  print(...leaflet: Node[]): void;
}

/** The form for one patient. */
export class ReferralForm {
  private readonly naam = new Field(A.naam, text(LONGEST.naam));
  private readonly telefoon = new Field(A.telefoon, text(LONGEST.telefoon, "tel"), A.eenVanBeide);
  private readonly email = new Field(A.email, text(LONGEST.email, "email"));
  private readonly wens = new Field(A.wens, el("textarea", "", { rows: 3, maxlength: LONGEST.wens }));
  private readonly moment: Field<HTMLSelectElement>;
  private readonly icpc: Field<HTMLSelectElement>;
  private readonly toestemming: Field<HTMLInputElement>;
  private code = "";
  private readonly error = el("div", "error", { role: "alert" });
  private readonly send = el("button", "primary", { type: "submit" }, A.verstuur);
  private key = newKey();

  constructor(
    private readonly box: HTMLElement,
    private readonly consent: Consent,
    suggested: Icpc[],
    private readonly owner: Owner,
  ) {
    const isSuggested = ({ code }: Icpc) => suggested.some((one) => one.code === code);
    const inOrder = [...consent.icpc.filter(isSuggested), ...consent.icpc.filter((one) => !isSuggested(one))];
    const codes = inOrder.map(({ code, omschrijving }) => ({ code, tekst: `${code} ${omschrijving}` }));
    this.moment = new Field(A.moment, choice(consent.momenten));
    this.icpc = new Field(A.icpc, choice([{ code: "", tekst: A.icpcGeen }, ...codes]));
    this.toestemming = new Field(A.akkoord, el("input", "", { type: "checkbox" }));
    this.toestemming.box.className = "agree";
    this.show();
  }

  private get fields(): Record<string, Field<any>> {
    const { naam, telefoon, email, moment, wens, icpc, toestemming } = this;
    return { naam, telefoon, email, moment, wens, icpc, toestemming };
  }

  private show(): void {
    const aloud = el("blockquote", "", {}, ...(this.consent.tekst ?? "").split("\n\n").map((part) => el("p", "", {}, part)));
    const { naam, telefoon, email, moment, wens, icpc, toestemming } = this;
    const form = el(
      "form",
      "",
      { novalidate: true, autocomplete: "off" },
      el("h3", "", {}, A.leesVoor),
      aloud,
      toestemming.box,
      ...[naam, telefoon, email, moment, wens, icpc].map((field) => field.box),
      this.error,
      el("p", "actions", {}, this.send, button(A.sluit, "secondary", () => this.close())),
    );
    form.addEventListener("input", () => (this.key = newKey()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.send.disabled) void this.submit();
    });
    this.box.replaceChildren(el("h2", "", { id: "aanmelding-titel" }, A.titel), el("p", "hint", {}, A.uitleg), form);
    this.box.hidden = false;
    toestemming.input.focus(); // ask first, then fill in
  }

  private async submit(): Promise<void> {
    this.send.disabled = true;
    this.error.replaceChildren();
    for (const field of Object.values(this.fields)) field.says("");
    try {
      const { intrekcode } = await call<{ intrekcode: string }>("POST", "/v1/balie/aanmeldingen", this.body(), {
        headers: { "Idempotency-Key": this.key },
      });
      this.thank(intrekcode);
    } catch (refused) {
      this.refused(refused as Refused);
    } finally {
      this.send.disabled = false;
    }
  }

  /** Whether closing it would lose something: what was filled in, or the code to withdraw. */
  get isFilled(): boolean {
    const { naam, telefoon, email, wens } = this;
    return Boolean(this.code || [naam, telefoon, email, wens].some((field) => field.value));
  }

  holds(target: EventTarget | null): boolean {
    return target instanceof Node && this.box.contains(target);
  }

  focus(): void {
    this.box.querySelector<HTMLElement>("input, button")?.focus();
  }

  private body(): object {
    return {
      gemeente: this.consent.gemeente,
      naam: this.naam.value,
      telefoon: this.telefoon.value || null,
      email: this.email.value || null,
      moment: this.moment.value,
      wens: this.wens.value,
      icpc: this.icpc.value || null,
      toestemming: { gevraagdDoor: "praktijk", akkoord: this.toestemming.input.checked, versie: this.consent.versie },
    };
  }

  private refused({ status, detail, content }: Refused): void {
    if (status === 401) return this.owner.expired();
    const faults: Fault[] = content?.fouten ?? [];
    const warning = content?.waarschuwing;
    this.error.append(el("p", "", {}, faults.length ? A.nogNiet : status ? detail || B.fouten.leeg : B.fouten.weg));
    if (warning) this.error.append(lines(warning.bel));
    const wrong = faults.map(({ veld, melding }) => ({ field: this.fields[veld ?? ""], melding })).filter(({ field }) => field);
    for (const { field, melding } of wrong) field.says(melding);
    wrong[0]?.field.input.focus();
  }

  /** The code is shown once, so it can be printed, and the form does not close by itself. */
  private thank(code: string | null): void {
    const title = el("h2", "", { id: "aanmelding-titel", tabindex: -1 }, A.gelukt);
    const how = code ? fill(A.code, { code, adres: `${location.host}/aanmelden/intrekken` }) : "";
    const print = button(A.printCode, "secondary", () =>
      this.owner.print(el("h1", "", {}, A.codeTitel), el("p", "", {}, how)),
    );
    this.code = code ?? "";
    const ready = button(A.klaar, "secondary", () => this.close());
    this.box.replaceChildren(title, el("p", "code", {}, how), el("p", "actions", {}, code ? print : "", ready));
    title.focus();
    this.owner.sent();
  }

  close(): void {
    this.code = "";
    this.box.replaceChildren();
    this.box.hidden = true;
    this.owner.closed();
  }
}

/** Where a practice can refer now, the text to read aloud; null elsewhere. */
export async function consentFor(gemeente: string): Promise<Consent | null> {
  const query = new URLSearchParams({ gemeente, kanaal: "balie" });
  try {
    const consent = await call<Consent>("GET", `/v1/aanmeldingen/toestemming?${query}`);
    return consent.open ? consent : null;
  } catch {
    return null;
  }
}
