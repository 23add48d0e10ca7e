"""The pages on which a resident applies for Welzijn op Recept, reads how to ask the GP, or withdraws.

They are plain forms that need no script. What was typed stands in them again when something is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

from sociale_kaart.phones import digits
from sociale_kaart.sentences import Sentences

from api.referral.consent import ConsentText
from api.referral.fields import LONGEST_WISH
from api.referral.model import Made
from api.referral.texts import DATA, gp_texts, moments
from api.site_pages import page

FIELDS = ("naam", "telefoon", "email", "moment", "wens", "toestemming")
"""Those of the form, in its order."""

_TYPED = ("naam", "telefoon", "email", "wens")
_PAGE_TEXTS = DATA / "pagina.yml"


@dataclass(frozen=True)
class Shown:
    """What a page says beside its usual text.

    `typed`: fields by name, to stand in the form again. `faults`: what to change, by field. `warning`: the
    fixed danger answer (`{"antwoord", "bel"}`), which goes first. `notice`: any other refusal.
    """

    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    faults: Mapping[str, str] = field(default_factory=dict)
    warning: Mapping | None = None
    notice: str = ""


def say(name: str, **values: object) -> str:
    """A text of data/aanmelding/pagina.yml."""
    return Sentences.load(_PAGE_TEXTS).say(name, **values)


def form_page(municipality: str, consent: ConsentText, key: str, shown: Shown) -> str:
    """The form. `key` is what makes pressing the button twice harmless."""
    typed = {name: escape(shown.typed.get(name, "")) for name in _TYPED}
    return page(
        "aanmelden",
        titel=_title("titel_aanmelden", shown),
        terug=_no_way_back(shown, f"/aanmelden?gemeente={quote(municipality)}"),
        melding=_above(shown, "fouten_uitleg"),
        gemeente=escape(municipality),
        versie=escape(consent.version),
        sleutel=escape(key),
        maximum=str(LONGEST_WISH),
        momenten=_moments(shown),
        toestemming=paragraphs(consent.text),
        **typed,
        **_beside(FIELDS, shown, explained=("wens",), also=_tick_again(shown)),
    )


def done_page(municipality: str, made: Made, withdraw_at: str) -> str:
    """The referral was kept: the code to print, and the address where it works. `made` has its code."""
    return page(
        "aanmelden-klaar",
        gemeente=escape(municipality),
        code=escape(made.code or ""),
        nummer=escape(made.id),
        adres=escape(withdraw_at),
        print=escape(say("print")),
    )


def ask_your_gp_page(municipality: str | None, how_here: str | None, shown: Shown) -> str:
    """How to ask the GP. `how_here`: what the municipality itself says. Without one, ask which it is."""
    texts = gp_texts()
    where = texts["waar"].format(gemeente=municipality) if municipality else texts["waar_onbekend"]
    here = f"<p>{escape(texts['zelf'].format(hoe=how_here))}</p>" if how_here else ""
    lists = {name: _items(texts[name]) for name in ("zeggen", "vooraf", "weten")}
    return page(
        "aanmelden-huisarts",
        melding=_above(shown, "fouten_uitleg"),
        uitleg=escape(texts["uitleg"]),
        hoe=escape(texts["hoe"]),
        waar=escape(where),
        zelf=here,
        print=escape(say("print")),
        **lists,
        **({"kiezen": ""} if municipality else {}),
    )


def withdraw_page(shown: Shown) -> str:
    """The form to withdraw with a code."""
    code = escape(shown.typed.get("intrekcode", ""))
    return page(
        "aanmelden-intrekken",
        titel=_title("titel_intrekken", shown),
        terug=_no_way_back(shown, "/aanmelden/intrekken"),
        melding=_above(shown, "intrekken_uitleg"),
        intrekcode=code,
        **_beside(("intrekcode",), shown, explained=("intrekcode",)),
    )


def withdrawn_page() -> str:
    """The referral was withdrawn."""
    return page("aanmelden-ingetrokken")


def paragraphs(text: str) -> str:
    """Escaped paragraphs, one for each block of lines."""
    blocks = (block.strip() for block in text.split("\n\n"))
    return "\n".join(f"<p>{'<br>'.join(map(escape, block.splitlines()))}</p>" for block in blocks if block)


def _title(name: str, shown: Shown) -> str:
    title = say(name)
    return escape(say("fout_voor_titel", titel=title) if shown.faults or shown.warning else title)


def _no_way_back(shown: Shown, address: str) -> str:
    """On the answer to a form that was not right: the script that takes it out of the history."""
    if shown == Shown():
        return ""
    return f'  <script src="/static/terug.js" defer data-address="{escape(address)}"></script>'


def _tick_again(shown: Shown) -> dict[str, str]:
    """Beside the consent, which is never filled in again, where somebody had ticked it."""
    return {"toestemming": say("vinkje_opnieuw")} if shown.typed.get("akkoord") == "ja" else {}


def _above(shown: Shown, nothing_done: str) -> str:
    """Danger, else what is wrong with the fields, else another refusal; empty where there is nothing.

    `nothing_done`: the name of the text that says what a wrong field means for the whole.
    """
    if shown.warning:
        return _danger(shown.warning)
    if shown.faults:
        links = "\n".join(
            f'<li><a href="#{name}">{escape(text)}</a></li>' for name, text in shown.faults.items()
        )
        head = f"<h2>{escape(say('fouten_titel'))}</h2>\n<p>{escape(say(nothing_done))}</p>"
        return f'<div class="melding faults" role="alert">\n{head}\n<ul>\n{links}\n</ul>\n</div>'
    return f'<div class="melding" role="alert">{paragraphs(shown.notice)}</div>' if shown.notice else ""


def _danger(warning: Mapping) -> str:
    calls = "\n".join(_call(call) for call in warning["bel"])
    numbers = f"\n<ul>\n{calls}\n</ul>" if calls else ""
    head = f"<h2>{escape(say('gevaar_titel'))}</h2>"
    said = f"{head}\n{paragraphs(warning['antwoord'])}{numbers}\n<p>{escape(say('gevaar_uitleg'))}</p>"
    return f'<div class="melding danger" role="alert">\n{said}\n</div>'


def _call(call: Mapping) -> str:
    name = escape(call["naam"])
    if call.get("telefoon"):
        phone = call["telefoon"]
        label = name if phone in call["naam"] else f"{name}: {escape(phone)}"
        return f'<li><a href="tel:{digits(phone)}">{label}</a></li>'
    return f'<li><a href="{escape(call["url"])}">{name}</a></li>' if call.get("url") else f"<li>{name}</li>"


def _beside(
    names: Iterable[str], shown: Shown, explained: Iterable[str], also: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The gaps beside each field: what is wrong, and the attributes by which a screen reader finds that.

    `also`: what to say beside a field with which nothing is wrong.
    """
    gaps = {}
    for name in names:
        fault = shown.faults.get(name)
        said = fault or (also or {}).get(name)
        told_by = [f"{name}-uitleg"] if name in explained else []
        told_by += [f"{name}-fout"] if said else []
        described = f' aria-describedby="{" ".join(told_by)}"' if told_by else ""
        gaps[f"fout_{name}"] = f'<p class="fault" id="{name}-fout">{escape(said)}</p>' if said else ""
        gaps[f"bij_{name}"] = described + (' aria-invalid="true"' if fault else "")
    return gaps


def _moments(shown: Shown) -> str:
    """The choices; the first has the id of the field, to which its fault links."""
    chosen = shown.typed.get("moment")
    described = ' aria-describedby="moment-fout"' if "moment" in shown.faults else ""
    lines = []
    for number, (code, text) in enumerate(moments().items()):
        name = "moment" if number == 0 else f"moment-{code}"
        checked = " checked" if code == chosen else ""
        lines.append(
            f'<span class="choice"><input id="{name}" name="moment" type="radio" value="{code}"{checked}'
            f'{described}><label for="{name}">{escape(text)}</label></span>'
        )
    return "\n".join(lines)


def _items(texts: Iterable[str]) -> str:
    return "\n".join(f"<li>{escape(text)}</li>" for text in texts)
