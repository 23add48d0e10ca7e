// Signing in and out. The script never sees the session: that is a cookie which only the server reads.

import { B } from "./texts";
import { Refused, call } from "./server";
import type { Practice, Who } from "./types";

const part = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;

export class Session {
  private readonly form = part<HTMLFormElement>("inlogformulier");
  private readonly token = part<HTMLInputElement>("token");
  private readonly error = part("inlogfout");
  private readonly out = part<HTMLButtonElement>("uitloggen");

  /** `entered`: work can begin or go on; `left`: nothing of today may stay. */
  constructor(private readonly entered: (practice: Practice | null) => void, private readonly left: () => void) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.signIn();
    });
    this.out.addEventListener("click", () => void this.signOut());
  }

  /** Shows the form or the work, as the server says that this browser may. */
  async begin(): Promise<void> {
    try {
      this.enter(await call<Who>("GET", "/v1/balie/sessies/huidige"));
    } catch {
      this.ask();
    }
  }

  /** The session ended while somebody was typing: the text stays where it is. */
  expired(): void {
    this.ask(B.inloggen.verlopen);
  }

  /** Without `message`, what the server wrote there stays: why signing in through a provider failed. */
  private ask(message?: string): void {
    part("werk").hidden = true;
    part("inloggen").hidden = false;
    this.out.hidden = true;
    part("praktijk").textContent = "";
    if (message !== undefined) this.error.textContent = message;
    this.token.focus();
  }

  private enter({ praktijk }: Who): void {
    part("inloggen").hidden = true;
    part("werk").hidden = false;
    this.out.hidden = !praktijk;
    part("praktijk").textContent = praktijk?.naam ?? "";
    this.entered(praktijk);
  }

  private async signIn(): Promise<void> {
    this.error.textContent = "";
    try {
      const who = await call<Who>("POST", "/v1/balie/sessies", { token: this.token.value.trim() });
      this.token.value = "";
      this.enter(who);
    } catch (refused) {
      const { status, detail } = refused as Refused;
      this.error.textContent = status === 401 || !detail ? (status ? B.inloggen.mislukt : B.fouten.weg) : detail;
      this.token.select();
    }
  }

  private async signOut(): Promise<void> {
    try {
      await call("DELETE", "/v1/balie/sessies/huidige");
    } catch {
      // the cookie may be gone already; what this tab holds goes in any case
    }
    this.left();
    this.ask("");
  }
}
