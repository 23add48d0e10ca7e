// Colours and letter: the host page's NL Design System tokens, else the municipality's, else ours.
// See data/widget/tokens.yml.

import TOKENS from "../../../data/widget/tokens.yml";
import type { Role } from "./types";

const MOST = 7; // from this contrast, a softer shade of the text still has 4.5
const COLOUR = /^#[0-9a-f]{6}$/i;

function value({ token, terugval, donker }: Role, own: Record<string, string>): string {
  const chosen = token.map((name) => own[`--${name}`]).find((colour) => colour && COLOUR.test(colour));
  const light = chosen ?? terugval;
  const last = donker ? `light-dark(${light},${donker})` : light;
  return token.reduceRight((inner, name) => `var(--${name},${inner})`, last);
}

/** The rules that give each role its colour. `own`: the municipality's colours; `refused`: roles that must be ours. */
export function themeRules(own: Record<string, string> = {}, refused: string[] = []): string {
  const roles = Object.entries(TOKENS.rollen).map(([name, role]) => {
    const known = refused.includes(name) ? { ...role, token: [] } : role;
    const plain = value({ ...known, donker: undefined }, own);
    return { plain: `--${name}:${plain};`, full: `--${name}:${value(known, own)};` };
  });
  const plain = roles.map((role) => role.plain).join("");
  const full = roles.map((role) => role.full).join("");
  return `.root{${plain}}@supports (color:light-dark(red,red)){.root{${full}}}`;
}

/** The contrast of two roles as the page shows them; null when a colour is not written as rgb. */
function contrast(root: HTMLElement, one: string, other: string): number | null {
  const probe = document.createElement("span");
  root.append(probe);
  const [a, b] = [one, other].map((role) => {
    probe.style.color = `var(--${role})`;
    return relativeLuminance(getComputedStyle(probe).color);
  });
  probe.remove();
  return a === null || b === null ? null : (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/**
 * The roles whose colours are too much alike to read, with all that share a background with them:
 * those get our own colours. `root` shows the theme.
 */
export function unreadable(root: HTMLElement): string[] {
  const roles = ([one, other]: [string, string, number]) => [one, other];
  const wrong = TOKENS.samen.filter(([one, other, least]) => (contrast(root, one, other) ?? least) < least).flatMap(roles);
  return TOKENS.samen.map(roles).filter((pair) => pair.some((role) => wrong.includes(role))).flat();
}

/** Rules for a theme with little contrast: no softer shades of its text and background. */
export function withoutShades(root: HTMLElement): string {
  const enough = (contrast(root, "tekst", "vlak") ?? MOST) >= MOST;
  return enough ? "" : ".root{--grijs:var(--tekst);--zacht:var(--vlak)}";
}

/** WCAG 2.2, "relative luminance"; null for a colour that is not written as rgb. */
function relativeLuminance(colour: string): number | null {
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)?.slice(1);
  if (!parts) return null;
  const [red, green, blue] = parts.map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
