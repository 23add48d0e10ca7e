// The conversation in this tab, so that "back" and "reload" show it again. Nowhere else, and at most half an hour.

import type { Entry, Municipality } from "./types";

const LONGEST = 30 * 60 * 1000; // milliseconds; the server forgets after CONVERSATION_TTL_MINUTES

export interface Remembered {
  id: string | null;
  entries: Entry[];
  suggestions: string[];
  municipality: Municipality | null;
  open: boolean;
  draft: string;
  at: number; // when something was last said
}

export class Memory {
  private readonly key: string;

  constructor(endpoint: string, municipality: string | null) {
    this.key = `sociale-triage ${endpoint} ${municipality ?? ""}`;
  }

  load(): Remembered | null {
    try {
      const found: Remembered = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
      if (found && Date.now() - found.at < LONGEST) return found;
      this.wipe();
    } catch {
      // Storage is refused or broken: the chat works without.
    }
    return null;
  }

  save(state: Remembered): void {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(state));
    } catch {
      // As above.
    }
  }

  wipe(): void {
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // As above.
    }
  }
}
