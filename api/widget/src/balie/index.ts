// The page of the front desk: type, read, tell, hand over. Everything works from the keyboard.

import { button, el } from "../dom";
import { fill } from "../texts";
import { answer, summary } from "./answer";
import { fillPaper, printPaper } from "./paper";
import { ReferralForm, consentFor } from "./referral";
import { Referrals } from "./referrals";
import { Refused, call } from "./server";
import { Session } from "./session";
import { B } from "./texts";
import { type Asked, Today } from "./today";
import type { Consent, Practice, Question } from "./types";

const PAUSE = 60; // milliseconds without a key: typing has stopped
const SETTLED = 1500; // milliseconds after which an answer is read, and worth remembering
const PLACE_KEY = "balie-plaats";

const part = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;

class Desk {
  private readonly field = part<HTMLTextAreaElement>("vraag");
  private readonly place = part<HTMLInputElement>("plaats");
  private readonly card = part("kaart");
  private readonly sheet = part("papier");
  private readonly error = part("fout");
  private readonly status = part("melding");
  private readonly readAloud = part("voorgelezen");
  private readonly today = new Today(part("vandaag"), (asked) => this.again(asked));
  private readonly session = new Session(
    (practice) => this.begin(practice),
    () => this.leave(),
  );
  private readonly referrals = new Referrals(part("aanmeldingen"), (text) => (this.status.textContent = text));
  private consent: Consent | null = null;
  private question: Question | null = null;
  private chosen = new Set<string>();
  private remembered: Asked | null = null;
  private signedIn = false;
  private pause = 0;
  private settling = 0;
  private asking: AbortController | null = null;

  start(): void {
    this.place.value = localStorage.getItem(PLACE_KEY) ?? "";
    for (const input of [this.field, this.place]) {
      input.addEventListener("input", (event) => (event as InputEvent).isComposing || this.typed());
      input.addEventListener("compositionend", () => this.typed());
    }
    this.place.addEventListener("change", () => localStorage.setItem(PLACE_KEY, this.place.value.trim()));
    part("vraagformulier").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.ask();
    });
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("beforeprint", () => this.layOut());
    this.show();
    void this.session.begin();
  }

  private begin(practice: Practice | null): void {
    this.signedIn = Boolean(practice);
    if (practice) void this.openReferrals(practice);
    if (!this.place.value) this.place.value = practice?.gemeente ?? "";
    this.field.focus();
    void this.ask();
  }

  private async openReferrals({ gemeente }: Practice): Promise<void> {
    this.consent = await consentFor(gemeente ?? "");
    if (this.consent) await this.referrals.show();
    if (this.question) this.show();
  }

  private leave(): void {
    this.consent = null;
    this.referrals.hide();
    this.renew();
    this.today.clear();
  }

  private key(event: KeyboardEvent): void {
    const command = event.ctrlKey || event.metaKey;
    if (event.key === "Escape" && !event.isComposing) this.renew();
    else if (command && event.key === "Enter") void this.copy();
    else if (command && event.key.toLowerCase() === "p") void this.print();
    else return;
    event.preventDefault();
  }

  private typed(): void {
    clearTimeout(this.pause);
    clearTimeout(this.settling);
    this.asking?.abort();
    this.pause = window.setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    clearTimeout(this.pause);
    const tekst = this.field.value.trim();
    this.asking?.abort();
    if (tekst.length < 2) {
      this.question = null;
      this.show();
      return;
    }
    const asking = (this.asking = new AbortController());
    this.card.setAttribute("aria-busy", "true");
    try {
      const body = { tekst, plaats: this.place.value.trim() || null };
      const question = await call<Question>("POST", "/v1/balie/vragen", body, { signal: asking.signal });
      if (asking.signal.aborted) return;
      this.question = question;
      this.chosen = new Set(question.initiatieven.map((one) => one.id));
      this.error.textContent = "";
      this.show();
      this.settling = window.setTimeout(() => this.settle(), SETTLED);
    } catch (refused) {
      if (!asking.signal.aborted) this.refused(refused as Refused);
    }
  }

  /** The typed text stays; an older answer does not stand beside newer words. */
  private refused({ status, detail, wait }: Refused): void {
    if (status === 401) return this.session.expired();
    this.question = null;
    this.show();
    this.error.textContent =
      status === 429 ? fill(B.fouten.wacht, { seconden: wait || 60 }) : status ? detail || B.fouten.leeg : B.fouten.weg;
  }

  private show(): void {
    const { question } = this;
    this.status.textContent = this.readAloud.textContent = "";
    this.sheet.replaceChildren();
    this.card.setAttribute("aria-busy", "false");
    if (!question) {
      this.card.replaceChildren(el("p", "hint", {}, B.uitkomst.wachtend));
      return;
    }
    this.card.replaceChildren(answer(question, this.chosen, () => this.layOut(), this.actions(question)));
    if (question.isGevaar) this.readAloud.textContent = summary(question);
  }

  /** Typing has stopped for a while: say it to a screen reader, lay the paper ready, remember it in this tab. */
  private settle(): void {
    clearTimeout(this.settling);
    if (!this.question) return;
    this.readAloud.textContent = summary(this.question);
    this.layOut();
    const { kop } = this.question;
    const question = { tekst: this.field.value.trim(), plaats: this.place.value.trim(), kop };
    this.remembered = this.today.remember(question, this.remembered);
  }

  private actions({ isGevaar, initiatieven }: Question): HTMLElement {
    const print = !isGevaar && initiatieven.length > 0 && button(B.acties.print, "secondary", () => void this.print());
    return el(
      "p",
      "actions",
      {},
      button(B.acties.kopieer, "primary", () => void this.copy()),
      print,
      this.consent && !isGevaar && button(B.aanmelding.knop, "secondary", () => this.refer()),
      button(B.acties.nieuw, "secondary", () => this.renew()),
    );
  }

  private async copy(): Promise<void> {
    if (!this.question) return;
    this.settle();
    try {
      await navigator.clipboard.writeText(this.question.hisTekst);
      this.status.textContent = B.acties.gekopieerd;
      this.note("his_gekopieerd");
    } catch {
      this.status.textContent = B.acties.nietGekopieerd;
      this.offerText(this.question.hisTekst);
    }
  }

  /** Where the browser may not write to the clipboard: the text itself, selected. */
  private offerText(text: string): void {
    const box = el("textarea", "record", { rows: 6, readonly: true, "aria-label": B.acties.kopieer });
    box.value = text;
    this.card.querySelector(".record")?.remove();
    this.card.append(box);
    box.select();
  }

  private layOut(): void {
    const shown = this.question && !this.question.isGevaar ? this.question.initiatieven : [];
    const wanted = shown.filter((one) => this.chosen.has(one.id));
    const laid = wanted.map((one) => one.id).join();
    if (this.sheet.dataset.laid === laid && this.sheet.hasChildNodes()) return;
    this.sheet.dataset.laid = laid;
    fillPaper(this.sheet, wanted);
  }

  private async print(): Promise<void> {
    this.layOut();
    if (!this.sheet.hasChildNodes()) {
      this.status.textContent = B.acties.nietsOpPapier;
      return;
    }
    this.settle();
    await printPaper(this.sheet);
    this.note("meegegeven");
  }

  private refer(): void {
    const { consent, question } = this;
    if (!consent || !question) return;
    new ReferralForm(part("aanmelding"), consent, consent.gemeente ?? "", question.icpc, (sent) => {
      if (sent) void this.referrals.show();
      this.field.focus();
    });
  }

  private note(handeling: string): void {
    if (this.signedIn) call("POST", "/v1/balie/handelingen", { handeling }).catch(() => {});
  }

  private renew(): void {
    if (this.question) this.settle();
    clearTimeout(this.pause);
    clearTimeout(this.settling);
    this.asking?.abort();
    this.question = null;
    this.remembered = null;
    this.field.value = "";
    this.error.textContent = "";
    this.show();
    this.field.focus();
  }

  private again(asked: Asked): void {
    this.renew();
    this.field.value = asked.tekst;
    if (asked.plaats) this.place.value = asked.plaats;
    this.remembered = asked;
    void this.ask();
  }
}

new Desk().start();
