// The objects of the front desk as its page uses them (api/contract_desk.py), and its own data file.

import type { Call, Initiative } from "../types";

export interface Part {
  tekst: string;
  wijstOp: string | null;
  betekenis: string | null;
}

export interface Icpc {
  code: string;
  omschrijving: string;
}

export interface Question {
  uitkomst: string;
  kop: string;
  isGevaar: boolean;
  zeker: boolean;
  gelezen: Part[];
  plaats: { naam: string; gemeente: string | null } | null;
  zeg: string[];
  doen: string[];
  andereTalen: { taal: string; tekst: string }[];
  initiatieven: Initiative[];
  bel: Call[];
  landelijk: { naam: string; website: string | null } | null;
  icpc: Icpc[];
  hisTekst: string;
  triage: { routes: string[] };
}

export interface Practice {
  naam: string;
  gemeente: string | null;
}

/** Who is in; null where the desk is open to everybody on this machine. */
export interface Who {
  praktijk: Practice | null;
}

// api/contract_referral.py
export interface Consent {
  open: boolean;
  gemeente: string | null;
  tekst: string | null;
  versie: string | null;
  momenten: { code: string; tekst: string }[];
  icpc: Icpc[];
}

export interface Referral {
  aanmeldingId: string;
  gemaaktOp: string;
  opgepakt: boolean;
}

export interface Fault {
  veld: string | null;
  melding: string;
}

type Group<K extends string> = Record<K, string>;

// data/balie/scherm.yml
export interface DeskTexts {
  uitkomst: Group<
    | "wachtend" | "bezig" | "gelezen" | "waarom" | "zeg" | "doen" | "bel" | "plekken" | "plekkenZonder" | "plekkenLand" | "geenPlek"
    | "vraagPlaats" | "landelijk" | "open" | "icpc" | "icpcUitleg" | "meer" | "opPapier" | "samenvatting" | "plekkenEen" | "plekkenMeer"
  >;
  acties: Group<"kopieer" | "gekopieerd" | "nietGekopieerd" | "print" | "nietsOpPapier" | "nieuw">;
  vandaag: Group<"titel" | "uitleg" | "leeg" | "wis" | "open">;
  papier: Group<
    | "titel" | "bij" | "open" | "telefoon" | "website" | "kosten" | "aanmelden" | "routeCode" | "siteCode" | "gezien"
    | "geenDatum" | "letOp" | "onder"
  >;
  inloggen: Group<"mislukt" | "verlopen">;
  aanmelding: Group<
    | "knop" | "titel" | "uitleg" | "naam" | "telefoon" | "email" | "eenVanBeide" | "moment" | "wens" | "icpc" | "icpcGeen"
    | "leesVoor" | "akkoord" | "verstuur" | "sluit" | "gelukt" | "code" | "klaar" | "nogNiet" | "nietHier" | "weggooien" | "printCode" | "codeTitel"
  >;
  aanmeldingen: Group<"titel" | "leeg" | "regel" | "opgepakt" | "nietOpgepakt" | "trekIn" | "zeker" | "ingetrokken">;
  fouten: Group<"leeg" | "weg" | "wacht">;
}
