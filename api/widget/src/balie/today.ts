// The questions of today: in this tab only, gone with the tab, with the day, and with signing out.

import { button, el } from "../dom";
import { fill } from "../texts";
import { B } from "./texts";

const KEY = "balie-vandaag";
const OWNER_KEY = "balie-praktijk";
const MOST = 100;

export interface Asked {
  tijd: string;
  tekst: string;
  plaats: string;
  kop: string;
}

const today = () => new Date().toLocaleDateString("sv-SE"); // 2026-11-22

function read(): Asked[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return kept?.dag === today() && Array.isArray(kept.vragen) ? kept.vragen : [];
  } catch {
    return [];
  }
}

function write(vragen: Asked[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ dag: today(), vragen }));
  } catch {
    // a browser that keeps nothing: the list is simply empty after a reload
  }
}

/** The list as it is shown in `box`. `again` puts a question back in the field. */
export class Today {
  private asked = read();

  constructor(
    private readonly box: HTMLElement,
    private readonly again: (asked: Asked) => void,
    private readonly wiped: () => void,
  ) {
    this.show();
  }

  /** Remembers a question; the one being typed replaces its own earlier forms. */
  remember(question: Omit<Asked, "tijd">, replaces: Asked | null): Asked {
    const tijd = new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
    const asked = { tijd: replaces?.tijd ?? tijd, ...question };
    this.asked = [asked, ...this.asked.filter((one) => one !== replaces)].slice(0, MOST);
    write(this.asked);
    this.show();
    return asked;
  }

  /** Whether this tab was used by `practice` last; from now on it is. */
  belongsTo(practice: string): boolean {
    const before = sessionStorage.getItem(OWNER_KEY);
    sessionStorage.setItem(OWNER_KEY, practice);
    return before === null || before === practice;
  }

  clear(): void {
    this.asked = [];
    sessionStorage.removeItem(KEY);
    this.show();
  }

  private show(): void {
    if (!this.asked.length) {
      this.box.replaceChildren(el("p", "hint", {}, B.vandaag.leeg));
      return;
    }
    const list = el("ul");
    for (const asked of this.asked) {
      const text = fill(B.vandaag.open, { ...asked });
      list.append(el("li", "", {}, button(text, "plain", () => this.again(asked))));
    }
    const wipe = button(B.vandaag.wis, "secondary", () => {
      this.clear();
      this.wiped();
    });
    this.box.replaceChildren(el("p", "hint", {}, B.vandaag.uitleg), list, wipe);
  }
}
