// The page of the front desk: type, read, tell, hand over. Everything works from the keyboard.

import { button, el } from "../dom";
import { fill } from "../texts";
import { answer, openPlaces, reopenPlaces, summary } from "./answer";
import { Asking, type Typed } from "./ask";
import { fillPaper, printPaper } from "./paper";
import { ReferralForm, consentFor } from "./referral";
import { Referrals } from "./referrals";
import { type Refused, call } from "./server";
import { Session } from "./session";
import { B } from "./texts";
import { type Asked, Today } from "./today";
import type { Practice, Question } from "./types";

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
  private readonly today = new Today(part("vandaag"), (asked) => this.again(asked), () => this.field.focus());
  private readonly session = new Session(
    (practice) => void this.begin(practice),
    () => this.wipe(),
  );
  private readonly referrals = new Referrals(part("aanmeldingen"), (text) => (this.status.textContent = text));
  private readonly asking = new Asking(
    () => this.typed(),
    () => this.card.setAttribute("aria-busy", "true"),
    (question) => this.show(question),
    (refusal) => this.refused(refusal),
  );
  private form: ReferralForm | null = null;
  private practice: Practice | null = null;
  private canRefer = false;
  private question: Question | null = null;
  private unticked = new Set<string>();
  private remembered: Asked | null = null;
  private settling = 0;

  start(): void {
    this.place.value = localStorage.getItem(PLACE_KEY) ?? "";
    for (const input of [this.field, this.place]) {
      input.addEventListener("input", (event) => (event as InputEvent).isComposing || this.changed());
      input.addEventListener("compositionend", () => this.changed());
    }
    this.place.addEventListener("change", () => localStorage.setItem(PLACE_KEY, this.place.value.trim()));
    part("vraagformulier").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.asking.current();
    });
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("beforeprint", () => this.layOut());
    this.show(null);
    void this.session.begin();
  }

  /** Somebody may work, or may go on. What another practice left in this tab goes first. */
  private async begin(practice: Practice | null): Promise<void> {
    if (this.today.belongsTo(practice?.naam ?? "")) this.form?.focus();
    else this.wipe();
    if (!this.form) this.field.focus();
    this.practice = practice;
    if (!this.place.value) this.place.value = practice?.gemeente ?? "";
    this.canRefer = Boolean(practice && (await consentFor(practice.gemeente ?? "")));
    if (this.canRefer) await this.referrals.show();
    await this.asking.current();
    this.show(this.question);
  }

  private typed(): Typed {
    return { tekst: this.field.value.trim(), plaats: this.place.value.trim() };
  }

  private changed(): void {
    clearTimeout(this.settling);
    const start = this.remembered?.tekst.slice(0, 5) ?? "";
    if (!this.field.value.trim().startsWith(start)) this.remembered = null; // another question, not more of this one
    this.asking.soon();
  }

  private key(event: KeyboardEvent): void {
    const command = event.ctrlKey || event.metaKey;
    if (event.key === "Escape" && !event.isComposing) this.renew();
    else if (command && event.key === "Enter" && !this.form?.holds(event.target)) void this.copy();
    else if (command && event.key.toLowerCase() === "p") void this.print();
    else return;
    event.preventDefault();
  }

  /** The typed text stays; an older answer does not stand beside newer words. */
  private refused({ status, detail, wait }: Refused): void {
    if (status === 401) return this.session.expired();
    this.show(null);
    this.error.textContent =
      status === 429 ? fill(B.fouten.wacht, { seconden: wait || 60 }) : status ? detail || B.fouten.leeg : B.fouten.weg;
  }

  private show(question: Question | null): void {
    const open = openPlaces(this.card);
    this.question = question;
    clearTimeout(this.settling);
    this.status.textContent = this.error.textContent = "";
    this.sheet.replaceChildren();
    this.card.setAttribute("aria-busy", "false");
    if (!question) {
      this.card.replaceChildren(el("p", "hint", {}, B.uitkomst.wachtend));
      return;
    }
    this.card.replaceChildren(answer(question, this.unticked, () => this.layOut(), this.actions(question)));
    reopenPlaces(this.card, open);
    if (question.isGevaar && question.zeker) this.say(question);
    this.settling = window.setTimeout(() => this.settle(), SETTLED);
  }

  /** Tells a screen reader what stands there, once. */
  private say(question: Question): void {
    const said = summary(question);
    if (this.readAloud.textContent !== said) this.readAloud.textContent = said;
  }

  /** Typing has stopped for a while: say it, lay the paper ready, remember it in this tab. */
  private settle(): void {
    clearTimeout(this.settling);
    if (!this.question) return;
    this.say(this.question);
    this.layOut();
    this.remembered = this.today.remember({ ...this.typed(), kop: this.question.kop }, this.remembered);
  }

  private actions({ isGevaar, uitkomst, initiatieven }: Question): HTMLElement {
    const social = uitkomst === "sociaal" || uitkomst === "gemengd";
    return el(
      "p",
      "actions",
      {},
      button(B.acties.kopieer, "primary", () => void this.copy()),
      !isGevaar && initiatieven.length > 0 && button(B.acties.print, "secondary", () => void this.print()),
      this.canRefer && social && button(B.aanmelding.knop, "secondary", () => void this.refer()),
      button(B.acties.nieuw, "secondary", () => this.renew()),
    );
  }

  private async copy(): Promise<void> {
    await this.asking.current();
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
    const wanted = shown.filter((one) => !this.unticked.has(one.id));
    const laid = wanted.map((one) => one.id).join();
    if (this.sheet.dataset.laid === laid && this.sheet.hasChildNodes()) return;
    this.sheet.dataset.laid = laid;
    fillPaper(this.sheet, wanted);
  }

  /** Something else on paper than the places, once. */
  private printInstead(leaflet: Node[]): void {
    this.layOut(); // what stands laid is not laid again by the event of printing
    this.sheet.replaceChildren(...leaflet);
    window.print();
    this.sheet.replaceChildren();
  }

  private async print(): Promise<void> {
    await this.asking.current();
    this.layOut();
    if (!this.sheet.hasChildNodes()) {
      this.status.textContent = B.acties.nietsOpPapier;
      return;
    }
    this.settle();
    await printPaper(this.sheet);
    this.note("meegegeven");
  }

  private async refer(): Promise<void> {
    const { question, practice } = this;
    if (!question) return;
    const gemeente = question.plaats?.gemeente ?? practice?.gemeente ?? "";
    const consent = await consentFor(gemeente);
    if (!consent) {
      this.status.textContent = fill(B.aanmelding.nietHier, { gemeente });
      return;
    }
    this.form = new ReferralForm(part("aanmelding"), consent, question.icpc, {
      expired: () => this.session.expired(),
      sent: () => void this.referrals.show(),
      print: (...leaflet) => this.printInstead(leaflet),
      closed: () => {
        this.form = null;
        this.field.focus();
      },
    });
  }

  private note(handeling: string): void {
    if (this.practice) call("POST", "/v1/balie/handelingen", { handeling }).catch(() => {});
  }

  /** A new question. What stands in the form of a referral is not thrown away without asking. */
  private renew(): void {
    if (this.form?.isFilled && !window.confirm(B.aanmelding.weggooien)) return;
    this.form?.close();
    if (this.question) this.settle();
    this.clear();
    this.field.focus();
  }

  private clear(): void {
    this.asking.stop();
    this.remembered = null;
    this.unticked.clear();
    this.field.value = this.readAloud.textContent = "";
    this.show(null);
  }

  /** Leaves nothing of one practice or one day behind in this tab. */
  private wipe(): void {
    this.form?.close();
    this.clear();
    this.today.clear();
    this.referrals.hide();
    this.canRefer = false;
  }

  private again(asked: Asked): void {
    this.renew();
    this.field.value = asked.tekst;
    if (asked.plaats) this.place.value = asked.plaats;
    this.remembered = asked;
    void this.asking.current();
  }
}

new Desk().start();
