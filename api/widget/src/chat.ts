// The conversation: what is said, what the server answers, and what is shown when it does not.

import { button, el } from "./dom";
import { leaveFor } from "./exit";
import { type Frame, bringToSight } from "./frame";
import { mailAddress, print, worthKeeping } from "./keep";
import type { Memory, Remembered } from "./memory";
import { type Hands, isDanger, message } from "./message";
import { Refusal, type Server } from "./server";
import { T } from "./texts";
import type { Answer, Choice, Entry, Municipality, Opening, Turn } from "./types";
import type { Work } from "./work";

const MOST_ENTRIES = 120; // so that a long talk does not fill the memory of a cheap phone

/** The first messages without what the frame shows already: 112 and 113 above the log, suggestions below it. */
function greeting(messages: Answer[], suggested: boolean): Answer[] {
  return messages.map((answer) => ({ ...answer, bel: [], knoppen: suggested ? [] : answer.knoppen }));
}

export class Chat implements Hands {
  private id: string | null = null;
  private entries: Entry[] = [];
  private suggestions: string[] = [];
  private municipality: Municipality | null = null;
  private left = false;
  private lastSaid = Date.now();
  isOpen = false;

  constructor(
    private readonly frame: Frame,
    private readonly work: Work,
    readonly server: Server,
    private readonly memory: Memory,
    private readonly municipalityName: string | null,
    readonly exitTo: string,
    private readonly shadow: ShadowRoot,
    private readonly recolour: (own: Record<string, string>) => void,
  ) {
    work.municipalNumbers = () => this.municipality;
  }

  // --- begin, restart, wipe, leave -----------------------------------------------------------

  /** Shows the conversation that this tab remembers; gives false when there is none. */
  restore(remembered: Remembered | null): boolean {
    this.frame.write(remembered?.draft ?? "");
    if (!remembered?.entries.length) return false;
    this.id = remembered.id;
    this.entries = remembered.entries;
    this.lastSaid = remembered.at;
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
    return this.work.run(
      (signal) => this.open(signal),
      () => this.begin(),
    );
  }

  restart(): void {
    this.work.stop();
    if (this.id) this.server.forget(this.id).catch(() => {});
    this.clear();
    void this.begin();
  }

  async wipe(): Promise<void> {
    this.work.stop();
    const { id } = this;
    this.clear();
    this.frame.write("");
    await this.work.run(async () => {
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
    this.work.stop();
    if (this.id) this.server.forgetInPassing(this.id);
    this.left = true;
    this.clear();
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
    void this.work.run(async (signal) => {
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
    return this.work.run(async (signal) => {
      const turn = await this.ask({ tekst: text }, signal);
      if (!turn) return;
      if (typed && this.frame.field.value.trim() === text) this.frame.write("");
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

  // --- what is shown --------------------------------------------------------------------------

  private add(entry: Entry): void {
    const { log } = this.frame;
    this.entries.push(entry);
    this.lastSaid = Date.now();
    const shown = message(entry, this);
    this.closeChoices();
    log.append(shown);
    if (this.entries.length > MOST_ENTRIES) this.forgetOldest();
    if (this.entries.length > 1) bringToSight(this.frame, shown);
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

  /** Keeps the conversation in this tab, unless somebody is not safe at home; print and mail are offered once there is something to keep. */
  remember(): void {
    this.frame.keepers.forEach((keeper) => (keeper.hidden = !worthKeeping(this.entries).length));
    const draft = this.frame.field.value;
    const unsafe = this.entries.some((entry) => entry.soort === "computer" && entry.uitkomst === "onveilig");
    if (this.left || unsafe || !(this.id || draft)) this.memory.wipe();
    else {
      this.memory.save({
        id: this.id,
        entries: this.entries,
        suggestions: this.suggestions,
        municipality: this.municipality,
        open: this.isOpen,
        draft,
        at: this.lastSaid,
      });
    }
  }
}
