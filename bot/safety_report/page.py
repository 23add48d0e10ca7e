"""The report for people: its figures in the Dutch text of `page.md`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from bot.markdown import table

TEMPLATE = Path(__file__).with_name("page.md")
OUTCOME_IN_WORDS = {
    "spoed_112": "112",
    "crisis_113": "113",
    "onveilig": "Veilig Thuis",
    "huisarts_vandaag": "Huisarts vandaag",
}
COLUMNS = {"herkend": "Herkend", "juisteUitkomst": "Juist", "valsAlarm": "Vals alarm"}


def page(report: Mapping) -> str:
    """The report (as `build_report` made it) as Markdown in Dutch."""
    exam, rules, version = report["examen"], report["regels"], report["versie"]
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        datum=report["datum"],
        regelversie=version["regels"],
        model=version["model"],
        taalmodel=version["taalmodel"],
        nagekeken=_reviewed(rules),
        totaal=_figures_table({"Alles": exam["totaal"]}, "Examen"),
        alleen_regels=_rules_alone(report["alleenRegels"]),
        per_uitkomst=_figures_table(
            {OUTCOME_IN_WORDS[code]: row for code, row in exam["perUitkomst"].items()}, "Soort gevaar"
        ),
        per_groep=_figures_table(exam["perGroep"], "Groep"),
        per_bestand=_figures_table(exam["perBestand"], "Deel"),
        aantal_gemist=len(exam["gemist"]),
        gemist=_list_of_ids(exam["gemist"]),
        aantal_alarm=len(exam["valsAlarm"]),
        vals_alarm=_list_of_ids(exam["valsAlarm"]),
        bekende_zinnen=_known_failures(report["bekendeFouten"]),
        aantal_regels=len(rules),
        aantal_voorbeelden=sum(rule["voorbeeldenWel"] + rule["voorbeeldenNiet"] for rule in rules),
        foute_voorbeelden=_faulty_examples(rules),
        regels=_rules_table(rules),
    )


def _reviewed(rules: Sequence[Mapping]) -> str:
    done = [rule for rule in rules if rule["nagekekenDoor"]]
    if not done:
        return (
            f"**Niemand.** Geen van de {len(rules)} regels is nagekeken door een arts of andere deskundige."
        )
    names = sorted({rule["nagekekenDoor"] for rule in done})
    return f"{len(done)} van de {len(rules)} regels zijn nagekeken, door: {', '.join(names)}."


def _rules_alone(row: Mapping) -> str:
    caught, alarms = _share(row["herkend"]), _share(row["valsAlarm"])
    return f"{caught} herkend, {alarms} vals alarm"


def _figures_table(rows: Mapping[str, Mapping], first_column: str) -> str:
    used = [code for code in COLUMNS if any(row[code] for row in rows.values())]
    return table(
        [first_column, *(COLUMNS[code] for code in used)],
        ([name, *(_share(row[code]) for code in used)] for name, row in rows.items()),
    )


def _share(share: Mapping | None) -> str:
    """`93 % (88-96 %, 180 van 193)`."""
    if share is None:
        return "–"
    low, high = round(100 * share["van95"]), round(100 * share["tot95"])
    return f"{100 * share['aandeel']:.1f} % ({low}-{high} %, {share['aantal']} van {share['van']})".replace(
        ".", ","
    )


def _list_of_ids(ids: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in ids) or "geen"


def _known_failures(failures: Sequence[Mapping]) -> str:
    if not failures:
        return "Geen."
    return "\n".join(f'- "{one["tekst"]}": {one["reden"]}' for one in failures)


def _faulty_examples(rules: Sequence[Mapping]) -> str:
    faulty = [f"`{rule['id']}`: {text}" for rule in rules for text in rule["fouten"]]
    return f"Niet goed gaan: {'; '.join(faulty)}." if faulty else "Alle voorbeelden gaan goed."


def _rules_table(rules: Sequence[Mapping]) -> str:
    return table(
        ["Regel", "Actie", "Wel", "Niet", "Nagekeken door", "Bron"],
        (
            [
                f"`{rule['id']}`",
                rule["actie"],
                str(rule["voorbeeldenWel"]),
                str(rule["voorbeeldenNiet"]),
                rule["nagekekenDoor"] or "niemand",
                "; ".join(rule["bronnen"]),
            ]
            for rule in rules
        ),
    )
