// The objects of the HTTP contract as the chat uses them (api/contract.py), and of its own data files.

export interface Choice {
  id: string;
  tekst: string;
}

/** What somebody says: a text, or the button that was pressed. */
export type Said = { tekst: string } | { keuze: string };

export interface Call {
  naam: string;
  telefoon?: string | null;
  url?: string | null;
  openingstijden?: string | null;
  wanneer?: string | null;
}

export interface Initiative {
  id: string;
  naam: string;
  organisatie?: string | null;
  adres?: string | null;
  plaats?: string | null;
  afstandKm?: number | null;
  telefoon?: string | null;
  email?: string | null;
  website?: string | null;
  websiteLandelijk?: string | null;
  openingstijden?: string | null;
  kosten?: string | null;
  verwijzingNodig?: boolean | null;
  hoeVraagtU?: string | null;
  bron?: string | null;
  gecontroleerdOp?: string | null;
  actueel?: boolean;
  waarom?: string | null;
  watIsHet?: string | null;
  letOp?: string | null;
  leeftijdVan?: number | null;
  leeftijdTot?: number | null;
  toegankelijkheid?: string | null;
}

export interface Answer {
  tekst: string;
  kort?: string | null;
  taal?: string | null;
  knoppen: Choice[];
  initiatieven: Initiative[];
  bel: Call[];
  links?: { tekst: string; url: string }[];
}

export interface Municipality {
  naam?: string | null;
  logotekst?: string | null;
  telefoon?: string | null;
  website?: string | null;
  openingstijden?: string | null;
  kleuren?: Record<string, string>;
}

export interface Opening {
  gesprekId: string;
  berichten: Answer[];
  gemeente?: Municipality | null;
  suggesties?: string[];
}

export interface Turn {
  berichten: Answer[];
  triage: { uitkomst: string; redenen?: { wijstOp: string }[] } | null;
}

export interface Warning {
  antwoord: string;
  bel: Call[];
}

// What was said, as it is shown and as it is kept in the tab.
export type Entry =
  | { soort: "u"; tekst: string }
  | { soort: "computer"; berichten: Answer[]; uitkomst: string | null; onveilig?: boolean; gekozen?: string; oordeel?: boolean }
  | { soort: "melding"; tekst: string };

export type Titled = { titel: string; tekst: string };

export interface Role {
  token: string[];
  terugval: string;
  donker?: string;
}

export interface Tokens {
  rollen: Record<string, Role>;
  samen: [string, string, number][];
}

type Group<K extends string> = Record<K, string>;

// data/widget/teksten.yml
export interface Texts {
  venster: Group<"titel" | "computer" | "sluiten" | "nieuw" | "gesprek" | "berichten" | "weg">;
  alarm: Group<"naam" | "gevaar" | "zelfmoord" | "of">;
  invoer: Group<"label" | "uitleg" | "verstuur" | "mens" | "over" | "teLang" | "leeg">;
  knoppen: Record<"opnieuw" | "wis" | "print" | "mail", { kort: string; lang: string }>;
  wie: Group<"computer" | "u">;
  suggesties: string;
  keuzes: string;
  gekozen: string;
  bezig: string;
  wacht: string;
  duurtLang: string;
  duurtHeelLang: Titled;
  meldingen: Group<
    "verlopen" | "gewist" | "gewistHier" | "ouder" | "online" | "wachten" | "bedankt"
  >;
  fouten: Record<"geenInternet" | "onbereikbaar" | "openen" | "openenGeenInternet" | "teTraag" | "storing" | "teVeel", Titled> & {
    opnieuw: string;
    openenDruk: string;
  };
  gevaar: Group<"titel" | "weg">;
  bel: Group<"bel" | "open">;
  kaart: Group<
    | "letOp" | "van" | "adres" | "plaats" | "kaart" | "afstand" | "ongeveer" | "leeftijd" | "vanTot" | "vanaf" | "tot"
    | "open" | "kosten" | "verwijzing" | "nodig" | "nietNodig" | "aanmelden" | "toegang" | "telefoon" | "mail"
    | "website" | "gezien" | "bron" | "waarom" | "controleer"
  >;
  oordeel: Group<"vraag" | "ja" | "nee">;
  melding: Group<"open" | "vraag" | "toelichting" | "uitleg" | "stuur" | "annuleer" | "kies" | "bedankt"> & {
    redenen: Record<string, string>;
  };
  bewaren: Group<"titel" | "inleiding" | "pastNiet" | "veranderen">;
  veiligThuis: string;
  hulplijnen: (Call & { sleutel: string })[];
}
