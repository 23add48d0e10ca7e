// Whom to call, in as few lines as can be: the number first.

import { dialled, el, link, numbersIn, webAddress, site } from "../dom";
import type { Call } from "../types";
import { B } from "./texts";

function line({ naam, telefoon, url, wanneer, openingstijden }: Call): HTMLElement {
  const numbers = numbersIn(telefoon).map((number) => link(number, dialled(number)));
  return el(
    "li",
    "",
    {},
    el("p", "", {}, ...numbers, el("strong", "", {}, naam), webAddress(url) && site(url!)),
    wanneer && el("p", "", {}, wanneer),
    openingstijden && el("p", "", {}, `${B.uitkomst.open} ${openingstijden}`),
  );
}

/** The help lines as a list. */
export function lines(calls: Call[]): HTMLElement {
  return el("ul", "", {}, ...calls.map(line));
}
