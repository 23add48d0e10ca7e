// The objects of the front desk as its page uses them (api/contract_desk.py), and its own data file.

import type { Call, Initiative, Titled } from "../types";

export interface Part {
  tekst: string;
  wijstOp: string | null;
  betekenis: string | null;
}

export interface Question {
  uitkomst: string;
  kop: string;
  isGevaar: boolean;
  gelezen: Part[];
  plaats: { naam: string } | null;
  zeg: string[];
  doen: string[];
  initiatieven: Initiative[];
  bel: Call[];
  landelijk: { naam: string; website: string | null } | null;
  icpc: { code: string; omschrijving: string }[];
  hisTekst: string;
  triage: { routes: string[] };
}

export interface Practice {
  praktijk: { naam: string; gemeente: string | null };
}

export type Problem = Titled;

type Group<K extends string> = Record<K, string>;

// data/balie/scherm.yml
export interface DeskTexts {
  uitkomst: Group<
    | "wachtend" | "bezig" | "gelezen" | "waarom" | "zeg" | "doen" | "bel" | "plekken" | "plekkenZonder" | "geenPlek"
    | "vraagPlaats" | "landelijk" | "open" | "icpc" | "icpcUitleg" | "meer" | "opPapier" | "samenvatting" | "plekkenEen" | "plekkenMeer"
  >;
  acties: Group<"kopieer" | "gekopieerd" | "nietGekopieerd" | "print" | "nietsOpPapier" | "nieuw" | "aanmelden">;
  vandaag: Group<"titel" | "uitleg" | "leeg" | "wis" | "open">;
  papier: Group<
    | "titel" | "bij" | "open" | "telefoon" | "website" | "kosten" | "aanmelden" | "routeCode" | "siteCode" | "gezien"
    | "geenDatum" | "letOp" | "onder"
  >;
  inloggen: Group<"mislukt" | "verlopen">;
  fouten: Group<"leeg" | "weg" | "wacht">;
}
