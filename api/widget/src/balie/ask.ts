// Asking the server what was typed: after a short pause, never showing an older answer over a newer one.

import { Refused, call } from "./server";
import type { Question } from "./types";

const PAUSE = 60; // milliseconds without a key: typing has stopped
const DOUBT = 700; // milliseconds more before a doubt is shown as danger: half a word often looks like one
const SHORTEST = 2; // characters

export interface Typed {
  tekst: string;
  plaats: string;
}

export class Asking {
  private timer = 0;
  private running: AbortController | null = null;
  private answered: Typed | null = null;

  /** `now` gives what stands in the fields. `busy` is called before each question, the others after it. */
  constructor(
    private readonly now: () => Typed,
    private readonly busy: () => void,
    private readonly show: (question: Question | null) => void,
    private readonly refused: (refusal: Refused) => void,
  ) {}

  /** Somebody typed: ask when the keys have been still for a moment. */
  soon(): void {
    this.stop();
    this.timer = window.setTimeout(() => void this.ask(true), PAUSE);
  }

  /** Resolves when what is shown is the answer to what is typed now, or when there is none. */
  async current(): Promise<void> {
    const typed = this.now();
    if (this.answered?.tekst !== typed.tekst || this.answered.plaats !== typed.plaats) await this.ask(false);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = this.answered = null;
  }

  private async ask(patiently: boolean): Promise<void> {
    this.stop();
    const typed = this.now();
    if (typed.tekst.length < SHORTEST) return this.show(null);
    const asking = (this.running = new AbortController());
    this.busy();
    try {
      const body = { tekst: typed.tekst, plaats: typed.plaats || null };
      const question = await call<Question>("POST", "/v1/balie/vragen", body, { signal: asking.signal });
      if (patiently && question.isGevaar && !question.zeker) await pause(DOUBT);
      if (asking.signal.aborted) return;
      this.answered = typed;
      this.show(question);
    } catch (refusal) {
      if (!asking.signal.aborted) this.refused(refusal as Refused);
    }
  }
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
