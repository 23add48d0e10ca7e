// What became of the referrals of this practice: picked up or not, and nothing else.

import { readableDate } from "../card";
import { button, el } from "../dom";
import { fill } from "../texts";
import { Refused, call } from "./server";
import { B } from "./texts";
import type { Referral } from "./types";

const M = B.aanmeldingen;

export class Referrals {
  constructor(private readonly box: HTMLElement, private readonly say: (text: string) => void) {}

  async show(): Promise<void> {
    let all: Referral[];
    try {
      all = await call<Referral[]>("GET", "/v1/balie/aanmeldingen");
    } catch {
      return; // the rest of the desk works without this list
    }
    const list = el("ul", "", {}, ...all.map((one) => this.line(one)));
    this.box.replaceChildren(el("h2", "", {}, M.titel), all.length ? list : el("p", "hint", {}, M.leeg));
    this.box.hidden = false;
  }

  hide(): void {
    this.box.hidden = true;
    this.box.replaceChildren();
  }

  private line({ aanmeldingId, gemaaktOp, opgepakt }: Referral): HTMLElement {
    const nummer = aanmeldingId.slice(-6);
    const datum = readableDate(gemaaktOp.slice(0, 10));
    const stand = opgepakt ? M.opgepakt : M.nietOpgepakt;
    const withdraw = button(M.trekIn, "plain", () => void this.withdraw(aanmeldingId, nummer));
    withdraw.setAttribute("aria-label", `${M.trekIn}: ${nummer}`);
    return el("li", "", {}, el("span", "", {}, fill(M.regel, { datum, nummer, stand })), " ", withdraw);
  }

  private async withdraw(id: string, nummer: string): Promise<void> {
    if (!window.confirm(fill(M.zeker, { nummer }))) return;
    try {
      await call("DELETE", `/v1/balie/aanmeldingen/${encodeURIComponent(id)}`);
      this.say(M.ingetrokken);
    } catch (refused) {
      this.say((refused as Refused).detail || B.fouten.weg);
    }
    await this.show();
  }
}
