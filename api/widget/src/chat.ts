// The conversation: what is said, what the server answers, and what is shown when it does not.

import { button, el } from "./dom";
import { leaveFor } from "./exit";
import { type Frame, bringToSight } from "./frame";
import { anyToKeep, mailAddress, print, unprint, worthKeeping } from "./keep";
import { newKey } from "./key";
import type { Memory, Remembered } from "./memory";
import { type Hands, isUnsafe, message } from "./message";
import { Refusal, type Server } from "./server";
import { T } from "./texts";
import type { Answer, Choice, Entry, Municipality, Opening, Said, Turn } from "./types";
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
  private unsafe = false;
  private lastSaid = Date.now();
  private unseen: HTMLElement | null = null;
  private unanswered: { words: string; key: string } | null = null;
  isOpen = false;
  /** Called when an answer came that nobody can see, because the panel is closed. */
  onNews: () => void = () => {};

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

  /** Shows the conversation that this tab remembers; gives false when there is none that can be read. */
  restore(remembered: Remembered | null): boolean {
    this.frame.write(String(remembered?.draft ?? ""));
    if (!remembered?.entries?.length) return false;
    try {
      this.recall(remembered);
      return true;
    } catch {
      this.clear();
      return false;
    }
  }

  private recall(remembered: Remembered): void {
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
  }

  /** Opens a conversation and shows its first messages. */
  begin(): Promise<void> {
    return this.work.run(
      (signal) => this.open(signal),
      () => this.begin(),
    );
  }

  /** Opens a new conversation in the place of this one, which the server forgets. */
  restart(): void {
    this.work.stop();
    if (this.id) this.server.forget(this.id).catch(() => {});
    this.clear();
    void this.begin();
  }

  /** Wipes everything here at once, and asks the server to forget; where that fails, it says so. */
  wipe(): void {
    const { id } = this;
    this.work.stop();
    this.clear();
    this.frame.write("");
    this.add({ soort: "melding", tekst: T.meldingen.gewist });
    this.frame.field.focus();
    const notHere = () => {
      if (!this.id && this.entries.length === 1) this.add({ soort: "melding", tekst: T.meldingen.gewistHier });
    };
    if (id) this.server.forget(id).catch(notHere);
  }

  /** Quick exit: nothing remains of any chat on this page, the server is asked to forget, and a neutral page comes. */
  leave(event?: Event): void {
    event?.preventDefault();
    leaveFor(this.exitTo);
  }

  /** What leaving in haste asks of each chat on the page. */
  vanish(): void {
    this.work.stop();
    if (this.id) this.server.forgetInPassing(this.id);
    this.left = true;
    this.frame.write("");
    this.clear();
  }

  /** The page goes out of sight. Of a talk about danger at home, "back" must not show anything. */
  goAway(): void {
    if (this.unsafe) {
      this.frame.write("");
      this.clear();
    } else this.remember();
  }

  /** The page came back as it was. */
  comeBack(): void {
    if (!this.frame.log.hasChildNodes() && !this.frame.root.closest("dialog:not([open])")) void this.begin();
  }

  private clear(): void {
    this.id = this.unanswered = null;
    this.unsafe = false;
    this.unseen = null;
    unprint(this.shadow);
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
      this.frame.say(T.invoer.leeg);
      this.frame.field.focus();
    }
  }

  /** Asks for a human being; that does not wait for an answer that is still to come. */
  human(): void {
    this.work.stop();
    void this.say(T.invoer.mens, false);
  }

  /** Presses a button of the last answer. */
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

  /** A thumb under an answer. */
  judge(good: boolean, entry: Entry): void {
    if (entry.soort === "computer") entry.oordeel = good;
    this.remember();
    if (this.id) this.server.judge(this.id, good).catch(() => {}); // a lost thumb harms nobody
  }

  /** Prints what was found. */
  print(): void {
    print(worthKeeping(this.entries), this.shadow);
  }

  /** Opens the reader's own mail program with what was found. */
  mail(): void {
    window.location.href = mailAddress(worthKeeping(this.entries));
  }

  private say(text: string, typed: boolean): Promise<void> {
    return this.work.run(async (signal) => {
      const turn = await this.ask({ tekst: text }, signal);
      if (!turn) return;
      this.show(text, turn);
      if (typed && this.frame.field.value.trim() === text) this.frame.write("");
      this.remember();
    });
  }

  /** The answer of the server. Where the conversation is gone it opens another and says a text again. */
  private async ask(said: Said, signal: AbortSignal): Promise<Turn | null> {
    if (!this.id) await this.open(signal);
    try {
      return await this.tell(said, signal);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.status !== 404) throw refusal;
    }
    this.id = null;
    this.add({ soort: "melding", tekst: T.meldingen.verlopen });
    await this.open(signal);
    return "tekst" in said ? this.tell(said, signal) : null;
  }

  /** Says it under a key that stays the same until an answer came: who sends it again says it once. */
  private async tell(said: Said, signal: AbortSignal): Promise<Turn> {
    const words = JSON.stringify(said);
    if (this.unanswered?.words !== words) this.unanswered = { words, key: newKey() };
    const turn = await this.server.say(this.id!, said, this.unanswered.key, signal);
    this.unanswered = null;
    return turn;
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
    const onveilig = isUnsafe(turn);
    this.unsafe ||= onveilig;
    this.add({ soort: "u", tekst: said });
    this.add({ soort: "computer", berichten: turn.berichten, uitkomst: turn.triage?.uitkomst ?? null, onveilig });
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
    if (this.frame.root.matches("dialog:not([open])")) {
      this.unseen = shown;
      this.onNews();
    } else if (this.entries.length > 1) this.bringForward(shown);
    this.remember();
  }

  /** What came while the panel was closed; gives false when there is nothing. */
  showUnseen(): boolean {
    const { unseen } = this;
    this.unseen = null;
    if (unseen) this.bringForward(unseen);
    return Boolean(unseen);
  }

  /** Brings an entry to sight; an answer to danger takes the focus. */
  private bringForward(shown: HTMLElement): void {
    bringToSight(this.frame, shown);
    shown.querySelector<HTMLElement>(".danger-title")?.focus({ preventScroll: true });
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
    this.frame.log.querySelector(".suggestions")?.remove();
    const group = el("div", "choices suggestions", { role: "group", "aria-labelledby": "waarover" });
    group.append(el("p", "who", { id: "waarover" }, T.suggesties), ...buttons);
    this.frame.log.append(group);
  }

  /**
   * Keeps the conversation in this tab, unless somebody is not safe at home. Print and mail are offered once there
   * is something to keep.
   */
  remember(): void {
    const something = !this.unsafe && anyToKeep(this.entries);
    this.frame.keepers.forEach((keeper) => (keeper.hidden = !something));
    const draft = this.frame.field.value;
    if (this.left || this.unsafe || !(this.id || draft)) this.memory.wipe();
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
