// One thing at a time with the server: the typing state, notices as time passes, and what to do when it fails.

import { callList } from "./calls";
import { button, el } from "./dom";
import { type Frame, bringToSight } from "./frame";
import { refusalParts } from "./report";
import { Refusal } from "./server";
import { T } from "./texts";
import type { Call, Municipality } from "./types";

const MOMENT = 400; // milliseconds until the typing state
const SLOW = 4_000; // until a notice
const VERY_SLOW = 10_000; // until the numbers to call

const NOT_OPEN = new Refusal(0, T.fouten.openen.titel, T.fouten.openen.tekst);

const digits = (text: string) => text.replace(/\D/g, "");

export class Work {
  private working: AbortController | null = null;
  private offline = false;
  /** What is known of the municipality by now. */
  municipalNumbers: () => Municipality | null = () => null;

  constructor(
    private readonly frame: Frame,
    private readonly host: Element,
  ) {}

  /**
   * Runs one thing at a time, with notices as time passes; what goes wrong is said, with what to do.
   * `again`: what to offer when the conversation could not be opened.
   */
  async run(work: (signal: AbortSignal) => Promise<void>, again?: () => void): Promise<void> {
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
      if (this.working === own) this.trouble(again && refusal.needsNumbers ? NOT_OPEN : refusal, again);
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

  /** Gives up what is going on; nothing of it is shown any more. */
  stop(): void {
    this.working?.abort();
    this.working = null;
  }

  /** The internet is back: what was refused for the lack of it can be sent again. */
  backOnline(): void {
    if (!this.offline || !this.frame.error.hasChildNodes()) return;
    this.frame.error.replaceChildren();
    this.frame.status.textContent = T.meldingen.online;
  }

  private busy(text: string): void {
    this.frame.status.textContent = text;
    this.frame.status.classList.add("busy");
    bringToSight(this.frame, this.frame.status);
  }

  /** What went wrong and what to do; with numbers to call when the server cannot help. */
  private trouble(refusal: Refusal, again?: () => void): void {
    const { error, status } = this.frame;
    status.textContent = "";
    status.classList.remove("busy");
    this.offline = refusal.status === 0;
    error.replaceChildren(...refusalParts(refusal));
    if (again) error.append(button(T.fouten.opnieuw, "secondary", again));
    if (refusal.needsNumbers) error.append(...this.numbers());
    bringToSight(this.frame, error);
    const said = error.firstChild;
    const waited = () => {
      if (error.firstChild !== said) return;
      error.replaceChildren();
      this.frame.status.textContent = T.meldingen.wachten;
    };
    if (refusal.wait) setTimeout(waited, refusal.wait * 1000);
  }

  /** The host page's own numbers (the children of the element), else the help lines; and the municipality's. */
  private numbers(): Node[] {
    const said = this.host.textContent ?? "";
    const lines: Call[] = said.trim() ? [] : [...T.hulplijnen];
    const { logotekst, naam, ...town } = this.municipalNumbers() ?? {};
    if (town.telefoon && !digits(said).includes(digits(town.telefoon))) {
      lines.push({ ...town, naam: logotekst || naam || "" });
    }
    return [...(said.trim() ? [el("slot")] : []), ...(lines.length ? [callList(lines)] : [])];
  }
}
