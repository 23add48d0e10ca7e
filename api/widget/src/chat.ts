// The conversation: what is said, what the server answers, and what is shown when it does not.

import { callList } from "./calls";
import { button, el } from "./dom";
import { leaveFor } from "./exit";
import type { Frame } from "./frame";
import { mailAddress, print, worthKeeping } from "./keep";
import type { Memory, Remembered } from "./memory";
import { type Hands, isDanger, message } from "./message";
import { refusalParts } from "./report";
import { Refusal, type Server } from "./server";
import { T, fill } from "./texts";
import type { Answer, Choice, Entry, Municipality, Opening, Turn } from "./types";

const LONGEST = 2000; // characters, as MAX_BERICHT_TEKENS
const FEW_LEFT = 200; // characters from which the counter speaks
const MOMENT = 400; // milliseconds until the typing state
const SLOW = 4_000; // until a notice
const VERY_SLOW = 10_000; // until the numbers to call
const MOST_ENTRIES = 120;

const NOT_OPEN = new Refusal(0, T.fouten.openen.titel, T.fouten.openen.tekst);

/** The first messages without what the frame shows already: 112 and 113 above the log, suggestions below it. */
function greeting(messages: Answer[], suggested: boolean): Answer[] {
  return messages.map((answer) => ({ ...answer, bel: [], knoppen: suggested ? [] : answer.knoppen }));
}

export class Chat implements Hands {
  readonly server: Server;
  private id: string | null = null;
  private entries: Entry[] = [];
  private suggestions: string[] = [];
  private municipality: Municipality | null = null;
  private working: AbortController | null = null;
  private left = false;
  isOpen = false;

  constructor(
    private readonly frame: Frame,
    server: Server,
    private readonly memory: Memory,
    private readonly municipalityName: string | null,
    readonly exitTo: string,
    private readonly shadow: ShadowRoot,
    private readonly recolour: (own: Record<string, string>) => void,
  ) {
    this.server = server;
    frame.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    frame.field.addEventListener("input", () => this.count());
    frame.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
  }

  // --- begin, restart, wipe, leave -----------------------------------------------------------

  /** Shows the conversation that this tab remembers; gives false when there is none. */
  restore(remembered: Remembered | null): boolean {
    this.frame.field.value = remembered?.draft ?? "";
    this.count();
    if (!remembered?.entries.length) return false;
    this.id = remembered.id;
    this.entries = remembered.entries;
    this.suggestions = remembered.suggestions;
    this.meet(remembered.municipality);
    const { log } = this.frame;
    log.setAttribute("aria-live", "off"); // what was read before is not read again
    log.replaceChildren(...this.entries.slice(0, -1).map((entry) => message(entry, this)));
    this.closeChoices();
    log.append(...this.entries.slice(-1).map((entry) => message(entry, this)));
    this.offer();
    this.remember();
    requestAnimationFrame(() => {
      this.frame.scroller.scrollTop = this.frame.scroller.scrollHeight;
      log.setAttribute("aria-live", "polite");
    });
    return true;
  }

  /** Opens a conversation and shows its first messages. */
  begin(): Promise<void> {
    return this.during(
      async (signal) => {
        try {
          await this.open(signal);
        } catch (refusal) {
          throw refusal instanceof Refusal && refusal.needsNumbers ? NOT_OPEN : refusal;
        }
      },
      () => this.begin(),
    );
  }

  restart(): void {
    this.stop();
    if (this.id) this.server.forget(this.id).catch(() => {});
    this.clear();
    void this.begin();
  }

  async wipe(): Promise<void> {
    this.stop();
    const { id } = this;
    this.clear();
    this.frame.field.value = "";
    this.count();
    await this.during(async () => {
      const gone = await (id ? this.server.forget(id) : Promise.resolve()).then(
        () => true,
        () => false,
      );
      this.add({ soort: "melding", tekst: gone ? T.meldingen.gewist : T.meldingen.gewistHier });
    });
    this.frame.field.focus();
  }

  /** Quick exit: nothing remains here, the server is asked to forget, and a neutral page comes. */
  leave(event?: Event): void {
    event?.preventDefault();
    this.stop();
    if (this.id) this.server.forgetInPassing(this.id);
    this.clear();
    this.left = true;
    leaveFor(this.exitTo);
  }

  private clear(): void {
    this.id = null;
    this.entries = [];
    this.suggestions = [];
    this.frame.log.replaceChildren();
    this.frame.error.replaceChildren();
    this.remember();
  }

  private stop(): void {
    this.working?.abort();
    this.working = null;
  }

  // --- turns ----------------------------------------------------------------------------------

  /** Says what stands in the field. It stays there until an answer came. */
  send(): void {
    const text = this.frame.field.value.trim();
    if (text) void this.say(text, true);
    else {
      this.frame.status.textContent = T.invoer.leeg;
      this.frame.field.focus();
    }
  }

  human(): void {
    void this.say(T.invoer.mens, false);
  }

  choose(choice: Choice, entry: Entry, pressed: HTMLElement): void {
    if (entry !== this.entries.at(-1)) return;
    void this.during(async (signal) => {
      const turn = await this.ask({ keuze: choice.id }, signal);
      if (!turn) return;
      if (entry.soort === "computer") entry.gekozen = choice.id;
      pressed.append(" " + T.gekozen);
      this.show(choice.tekst, turn);
    });
  }

  judge(good: boolean, entry: Entry): void {
    if (entry.soort === "computer") entry.oordeel = good;
    this.remember();
    if (this.id) this.server.judge(this.id, good).catch(() => {}); // a lost thumb harms nobody
  }

  print(): void {
    print(worthKeeping(this.entries), this.shadow);
  }

  mail(): void {
    window.location.href = mailAddress(worthKeeping(this.entries));
  }

  private say(text: string, typed: boolean): Promise<void> {
    return this.during(async (signal) => {
      const turn = await this.ask({ tekst: text }, signal);
      if (!turn) return;
      if (typed && this.frame.field.value.trim() === text) this.frame.field.value = "";
      this.count();
      this.show(text, turn);
    });
  }

  /** The answer of the server. Where the conversation is gone it opens another and says a text again. */
  private async ask(said: { tekst: string } | { keuze: string }, signal: AbortSignal): Promise<Turn | null> {
    if (!this.id) await this.open(signal);
    try {
      return await this.server.say(this.id!, said, signal);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.status !== 404) throw refusal;
    }
    this.id = null;
    this.add({ soort: "melding", tekst: T.meldingen.verlopen });
    await this.open(signal);
    return "tekst" in said ? this.server.say(this.id!, said, signal) : null;
  }

  private async open(signal: AbortSignal): Promise<void> {
    const opened: Opening = await this.server.open(this.municipalityName, signal);
    this.id = opened.gesprekId;
    this.suggestions = opened.suggesties ?? [];
    this.meet(opened.gemeente ?? null);
    this.add({ soort: "computer", berichten: greeting(opened.berichten, this.suggestions.length > 0), uitkomst: null });
    this.offer();
  }

  /** Whose chat this is, as people see it. */
  get owner(): string {
    return this.municipality?.logotekst || "";
  }

  private meet(municipality: Municipality | null): void {
    this.municipality = municipality;
    if (municipality?.kleuren) this.recolour(municipality.kleuren);
  }

  private show(said: string, turn: Turn): void {
    this.suggestions = [];
    this.add({ soort: "u", tekst: said });
    this.add({ soort: "computer", berichten: turn.berichten, uitkomst: turn.triage?.uitkomst ?? null });
  }

  /** Runs one thing at a time, with notices as time passes; what goes wrong is said, with what to do. */
  private async during(work: (signal: AbortSignal) => Promise<void>, again?: () => void): Promise<void> {
    if (this.working) return;
    const { frame } = this;
    const own = new AbortController();
    this.working = own;
    frame.error.replaceChildren();
    frame.status.textContent = "";
    frame.root.setAttribute("aria-busy", "true");
    const timers = [
      setTimeout(() => this.busy(T.bezig), MOMENT),
      setTimeout(() => this.busy(T.duurtLang), SLOW),
      setTimeout(() => this.trouble(new Refusal(0, T.duurtHeelLang.titel, T.duurtHeelLang.tekst)), VERY_SLOW),
    ];
    try {
      await work(own.signal);
      if (this.working === own) frame.error.replaceChildren();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (this.working === own) this.trouble(refusal, again);
    } finally {
      timers.forEach(clearTimeout);
      if (this.working === own) {
        this.working = null;
        frame.root.removeAttribute("aria-busy");
        frame.status.textContent = "";
        frame.status.classList.remove("busy");
      }
    }
  }

  // --- what is shown --------------------------------------------------------------------------

  private add(entry: Entry): void {
    const { log } = this.frame;
    this.entries.push(entry);
    const shown = message(entry, this);
    this.closeChoices();
    log.append(shown);
    if (this.entries.length > MOST_ENTRIES) this.forgetOldest();
    if (this.entries.length > 1) this.bringToSight(shown);
    if (isDanger(entry)) shown.querySelector<HTMLElement>(".danger-title")?.focus({ preventScroll: true });
    this.remember();
  }

  private forgetOldest(): void {
    const { log } = this.frame;
    this.entries.shift();
    log.querySelector(".message")?.remove();
    if (!log.querySelector(".older")) log.prepend(el("p", "hint older", {}, T.meldingen.ouder));
  }

  /** Buttons of earlier answers stay readable and no longer do anything. */
  private closeChoices(): void {
    for (const choice of this.frame.log.querySelectorAll(".choice")) choice.setAttribute("aria-disabled", "true");
  }

  private offer(): void {
    if (!this.suggestions.length) return;
    const press = (text: string) => () => {
      if (this.suggestions.length) void this.say(text, false);
    };
    const buttons = this.suggestions.map((text) => button(text, "choice", press(text)));
    const group = el("div", "choices suggestions", { role: "group", "aria-labelledby": "waarover" });
    group.append(el("p", "who", { id: "waarover" }, T.suggesties), ...buttons);
    this.frame.log.append(group);
  }

  /** At once, without gliding: what is new must be there when the focus or a screen reader comes. */
  private bringToSight(shown: HTMLElement): void {
    const { scroller } = this.frame;
    if (getComputedStyle(scroller).overflowY !== "visible") {
      scroller.scrollTop = shown.offsetTop - scroller.offsetTop - 12;
      scroller.scrollIntoView({ block: "nearest" });
    } else shown.scrollIntoView({ block: "nearest" });
  }

  private busy(text: string): void {
    this.frame.status.textContent = text;
    this.frame.status.classList.add("busy");
    this.bringToSight(this.frame.status);
  }

  /** What went wrong and what to do; with numbers to call when the server cannot help. */
  private trouble(refusal: Refusal, again?: () => void): void {
    const { error, status } = this.frame;
    status.textContent = "";
    status.classList.remove("busy");
    error.replaceChildren(...refusalParts(refusal));
    if (again) error.append(button(T.fouten.opnieuw, "secondary", again));
    if (refusal.needsNumbers) error.append(...this.numbers());
    this.bringToSight(error);
    const said = error.firstChild;
    const waited = () => {
      if (error.firstChild !== said) return;
      error.replaceChildren();
      this.frame.status.textContent = T.meldingen.wachten;
    };
    if (refusal.wait) setTimeout(waited, refusal.wait * 1000);
  }

  /** The host page's own numbers (the children of the element), else the help lines and the municipality. */
  private numbers(): Node[] {
    const host = this.shadow.host;
    if (host.textContent?.trim()) return [el("slot")];
    const own = this.municipality;
    const town = own?.telefoon
      ? [{ naam: own.logotekst || own.naam || "", telefoon: own.telefoon, url: own.website, openingstijden: own.openingstijden }]
      : [];
    return [callList([...T.hulplijnen, ...town])];
  }

  private count(): void {
    const { field, counter } = this.frame;
    const left = LONGEST - Array.from(field.value.trim()).length;
    const said = left < 0 ? T.invoer.teLang : left <= FEW_LEFT ? T.invoer.over : "";
    counter.classList.toggle("over", left < 0);
    counter.textContent = fill(said, { aantal: Math.abs(left) });
  }

  backOnline(): void {
    if (!this.frame.error.hasChildNodes()) return;
    this.frame.error.replaceChildren();
    this.frame.status.textContent = T.meldingen.online;
  }

  /** Keeps the conversation in this tab; print and mail are offered once there is something to keep. */
  remember(): void {
    this.frame.keepers.forEach((keeper) => (keeper.hidden = !worthKeeping(this.entries).length));
    const draft = this.frame.field.value;
    if (this.left || !(this.id || draft)) this.memory.wipe();
    else {
      this.memory.save({
        id: this.id,
        entries: this.entries,
        suggestions: this.suggestions,
        municipality: this.municipality,
        open: this.isOpen,
        draft,
      });
    }
  }
}
