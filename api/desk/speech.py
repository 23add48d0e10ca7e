"""PLACEHOLDER until helper "shorthand" lands."""


def say_aloud(triage):
    return ("Er is een plek in uw buurt die bij uw vraag past.", "U kunt daar gewoon naartoe.")


def next_steps(triage):
    return ["Geef het papier mee."]


def suggested_codes(triage, typed):
    return [{"code": "Z29", "omschrijving": "ander sociaal probleem"}] if triage["routes"] else []
