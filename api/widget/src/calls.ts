// Whom to call: names, when, and links that dial.

import { dialled, el, link, numbersIn, sign, site, webAddress } from "./dom";
import { T, fill } from "./texts";
import type { Call } from "./types";

/** One link for each number in the order of the lines, however many lines share it; `named`: with whose it is. */
function callLinks(lines: Call[], offered: Set<string>, named: boolean): HTMLElement[] {
  return lines.flatMap((line) =>
    numbersIn(line.telefoon)
      .filter((number) => !offered.has(number) && offered.add(number))
      .map((number) => {
        const made = link(fill(T.bel.bel, { nummer: number }), dialled(number), "call");
        if (named && line.naam !== number) made.append(" ", el("span", "", {}, line.naam));
        return made;
      }),
  );
}

/** The numbers alone, as big links: what somebody in danger needs first. */
export function callButtons(lines: Call[]): HTMLElement {
  return el("p", "call-links", {}, ...callLinks(lines, new Set(), true));
}

/** A list of help lines: who, when, and how; `linked` false where the numbers stand as links above it. */
export function callList(lines: Call[], linked = true): HTMLElement {
  const list = el("ul", "calls");
  const offered = new Set<string>();
  for (const line of lines) {
    const links = el("p", "call-links", {}, ...(linked ? callLinks([line], offered, false) : []));
    if (!linked && line.telefoon && line.telefoon !== line.naam) links.append(el("span", "", {}, line.telefoon));
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
