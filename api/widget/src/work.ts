// One thing at a time with the server: the typing state, notices as time passes, and what to do when it fails.

import { callList } from "./calls";
import { button, el } from "./dom";
import { type Frame, bringToSight } from "./frame";
import { refusalParts } from "./report";
import { Refusal, asOpening } from "./server";
import { T } from "./texts";
import type { Call, Municipality } from "./types";

const MOMENT = 400; // milliseconds until the typing state
const SLOW = 4_000; // until a notice
const VERY_SLOW = 10_000; // until the numbers to call

const TAKES_LONG = new Refusal(0, T.duurtHeelLang.titel, T.duurtHeelLang.tekst);
const BROKEN = new Refusal(500, T.fouten.storing.titel, T.fouten.storing.tekst);

const digits = (text: string) => text.replace(/\D/g, "");

export class Work {
  private working: AbortController | null = null;
  private offline = false;
  private retry: (() => void) | undefined;
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
    if (this.working) {
      this.frame.say(T.wacht);
      return;
    }
    const { frame } = this;
    const own = new AbortController();
    this.working = own;
    frame.error.replaceChildren();
    frame.say("");
    frame.root.classList.add("waiting");
    const timers = [
      setTimeout(() => this.busy(T.bezig), MOMENT),
      setTimeout(() => this.busy(T.duurtLang), SLOW),
      setTimeout(() => this.trouble(TAKES_LONG), VERY_SLOW),
    ];
    own.signal.addEventListener("abort", () => timers.forEach(clearTimeout));
    try {
      await work(own.signal);
      if (this.working === own) frame.error.replaceChildren();
    } catch (problem) {
      const refusal = problem instanceof Refusal ? problem : BROKEN;
      if (this.working === own) this.trouble(again ? asOpening(refusal) : refusal, again);
      if (refusal === BROKEN) throw problem;
    } finally {
      timers.forEach(clearTimeout);
      if (this.working === own) this.rest();
    }
  }

  /** Gives up what is going on; nothing of it is shown any more. */
  stop(): void {
    this.working?.abort();
    this.rest();
  }

  /** The internet is back: what was refused for the lack of it can be done again. */
  backOnline(): void {
    if (!this.offline) return;
    this.offline = false;
    this.frame.error.replaceChildren();
    if (this.retry) this.retry();
    else this.frame.say(T.meldingen.online);
  }

  private rest(): void {
    this.working = null;
    this.frame.root.classList.remove("waiting");
    this.frame.status.classList.remove("busy");
    this.frame.say("");
  }

  private busy(text: string): void {
    this.frame.status.classList.add("busy");
    this.frame.say(text);
  }

  /** What went wrong and what to do; with numbers to call when the server cannot help. */
  private trouble(refusal: Refusal, again?: () => void): void {
    const { error, field } = this.frame;
    this.frame.say("");
    this.frame.status.classList.remove("busy");
    this.offline = refusal.offline;
    this.retry = again;
    error.replaceChildren(...refusalParts(refusal));
    const retry = () => {
      field.focus(); // the button goes away
      again!();
    };
    if (again) error.append(button(T.fouten.opnieuw, "secondary", retry));
    if (refusal.needsNumbers) error.append(...this.numbers());
    bringToSight(this.frame, error);
    const said = error.firstChild;
    const waited = () => {
      if (error.firstChild !== said) return;
      error.replaceChildren();
      this.frame.say(T.meldingen.wachten);
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
