// Whom to call: names, when, and links that dial.

import { dialled, el, link, numbersIn, sign, site, webAddress } from "./dom";
import { T, fill } from "./texts";
import type { Call } from "./types";

/** A list of help lines. One link for each number, however many lines share it. */
export function callList(lines: Call[]): HTMLElement {
  const list = el("ul", "calls");
  const offered = new Set<string>();
  for (const line of lines) {
    const links = el("p", "call-links");
    for (const number of numbersIn(line.telefoon)) {
      if (offered.has(number)) continue;
      offered.add(number);
      links.append(link(fill(T.bel.bel, { nummer: number }), dialled(number), "call"));
    }
    if (webAddress(line.url)) links.append(site(line.url!, "site"));
    list.append(
      el(
        "li",
        "",
        {},
        el("p", "", {}, el("strong", "", {}, line.naam)),
        line.wanneer && el("p", "", {}, line.wanneer),
        line.openingstijden && el("p", "", {}, `${T.bel.open} ${line.openingstijden}`),
        links.hasChildNodes() && links,
      ),
    );
  }
  return list;
}

/** The heading of an answer to danger. It can take the focus, so that a screen reader says it at once. */
export function dangerHeading(): HTMLElement {
  return el("h3", "danger-title", { tabindex: -1 }, sign("M12 3 22 20H2zM12 9v5M12 17v.5"), T.gevaar.titel);
}
