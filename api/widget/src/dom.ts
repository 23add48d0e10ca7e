// Making elements. Text is only ever set as text, never read as HTML.

type Attributes = Record<string, string | number | boolean | null | undefined>;
export type Child = Node | string | null | undefined | false;

/** An element with a class, attributes (true: empty; null or false: left out) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

export function button(text: string, className: string, press: (pressed: HTMLButtonElement) => void): HTMLButtonElement {
  const made = el("button", className, { type: "button" }, text);
  made.addEventListener("click", () => press(made));
  return made;
}

/** A link; to another site it opens without telling that site where the reader came from. */
export function link(text: string, href: string, className = ""): HTMLAnchorElement {
  return el("a", className, { href, rel: href.startsWith("http") ? "noreferrer" : null }, text);
}

/** The address as a URL when it is one of the web; null for anything else, such as `javascript:`. */
export function webAddress(text: string | null | undefined): URL | null {
  try {
    const address = new URL(text ?? "");
    return /^https?:$/.test(address.protocol) ? address : null;
  } catch {
    return null;
  }
}

/** A link to a site, named after its host; plain text when it is no address of the web. */
export function site(text: string, className = ""): HTMLElement {
  const address = webAddress(text);
  return address
    ? link(address.hostname.replace(/^www\./, ""), address.href, className)
    : el("span", className, {}, text);
}

/** The numbers in a cell of the catalogue, which may hold two with a slash between them. */
export function numbersIn(text: string | null | undefined): string[] {
  return (text ?? "").split(/\s*(?:\/|\bof\b)\s*/).filter((part) => /\d{3}|\d\s?\d/.test(part));
}

/** What a telephone dials for a number as written: the 0 of `+31 (0)50` is not dialled. */
export function dialled(number: string): string {
  return "tel:" + number.replace("(0)", "").replace(/[^\d+]/g, "");
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of one line, hidden from screen readers. */
export function sign(path: string): SVGSVGElement {
  const made = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  made.append(line);
  return made;
}
