// The conversation in this tab, so that "back" and "reload" show it again. Nowhere else, and at most half an hour.

import type { Entry, Municipality } from "./types";

const LONGEST = 30 * 60 * 1000; // milliseconds; the server forgets after CONVERSATION_TTL_MINUTES

// The number in the key is the version of this form: what an older script kept is not read.
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
  private expiry = 0;

  constructor(endpoint: string, municipality: string | null) {
    this.key = `sociale-triage/1 ${endpoint} ${municipality ?? ""}`;
  }

  /** What this tab remembers; null when there is nothing, or it is too old. */
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

  /** Remembers until half an hour after the last message, also when the page stays open. */
  save(state: Remembered): void {
    clearTimeout(this.expiry);
    this.expiry = window.setTimeout(() => this.wipe(), state.at + LONGEST - Date.now());
    try {
      sessionStorage.setItem(this.key, JSON.stringify(state));
    } catch {
      // As above.
    }
  }

  /** Nothing of the conversation remains in this tab's storage. */
  wipe(): void {
    clearTimeout(this.expiry);
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // As above.
    }
  }
}
