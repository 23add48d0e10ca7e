// "Dit klopt niet": the form with which a reader reports that a card is wrong.

import { callList, dangerTitle, element } from "./parts.js";
import { Refusal, call } from "./server.js";

const REASONS = {
  gesloten: "Dit is gesloten of gestopt",
  verhuisd: "Dit is verhuisd",
  telefoon_klopt_niet: "Het telefoonnummer klopt niet",
  openingstijden_kloppen_niet: "De openingstijden kloppen niet",
  niet_voor_mij: "Dit is niet voor mij",
  anders: "Iets anders klopt niet",
};
const LONGEST = 300;

let boxes = 0;

function reasonChoices(id) {
  const choices = element("fieldset", "report-reasons");
  choices.append(element("legend", "", "Wat klopt er niet?"));
  for (const [code, text] of Object.entries(REASONS)) {
    const label = element("label");
    const option = element("input");
    Object.assign(option, { type: "radio", name: "wat-" + id, value: code });
    label.append(option, element("span", "", text));
    choices.append(label);
  }
  return choices;
}

function noteField(id) {
  const label = element("label", "", "Wat moeten wij weten? (Dit hoeft niet.)");
  const advice = "Zet hier geen namen. Telefoonnummers en mailadressen halen wij weg.";
  const hint = element("p", "hint", advice + " Wij bewaren uw melding los van dit gesprek.");
  const field = element("textarea");
  Object.assign(field, { id: "toelichting-" + id, rows: 2, maxLength: LONGEST, autocomplete: "off" });
  label.htmlFor = field.id;
  hint.id = "uitleg-" + id;
  field.setAttribute("aria-describedby", hint.id);
  return [label, hint, field];
}

function button(text, type, className) {
  const made = element("button", className, text);
  made.type = type;
  return made;
}

function warning(danger) {
  const message = element("div", "message danger");
  const body = element("div", "bubble");
  body.append(dangerTitle(), element("p", "message-text", danger.antwoord), callList(danger.bel));
  message.append(body);
  return message;
}

// What was sent is thanked for; danger that was typed comes first.
function thanks(answer) {
  const said = element("div", "report-thanks");
  said.tabIndex = -1;
  if (answer.waarschuwing) said.append(warning(answer.waarschuwing));
  said.append(element("p", "", "Dank u wel. Wij kijken na wat er niet klopt."));
  return said;
}

export function reportBox(initiative, channel) {
  boxes += 1;
  const box = element("div", "report");
  box.setAttribute("aria-live", "off"); // the log around it must not read the form aloud
  const open = button("Dit klopt niet", "button", "report-open");
  open.setAttribute("aria-label", "Dit klopt niet: " + initiative.naam);
  open.setAttribute("aria-expanded", "false");
  const form = element("form", "report-form");
  const choices = reasonChoices(boxes);
  const [label, hint, field] = noteField(boxes);
  const error = element("div", "error");
  error.setAttribute("role", "alert");
  const send = button("Stuur melding", "submit", "primary");
  const cancel = button("Annuleer", "button", "secondary");
  const buttons = element("div", "actions");
  buttons.append(send, cancel);
  form.append(choices, label, hint, field, error, buttons);
  Object.assign(form, { noValidate: true, hidden: true, id: "melding-" + boxes });
  open.setAttribute("aria-controls", form.id);
  box.append(open, form);

  const show = (now) => {
    form.hidden = !now;
    open.setAttribute("aria-expanded", String(now));
    (now ? choices.querySelector("input") : open).focus();
  };
  open.addEventListener("click", () => show(form.hidden));
  cancel.addEventListener("click", () => show(false));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(false);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.getAttribute("aria-disabled") === "true") return;
    const chosen = choices.querySelector("input:checked");
    error.replaceChildren();
    if (!chosen) {
      error.append(element("strong", "", "Kies eerst wat er niet klopt."));
      choices.querySelector("input").focus();
      return;
    }
    send.setAttribute("aria-disabled", "true");
    try {
      const path = "/v1/initiatieven/" + encodeURIComponent(initiative.id) + "/meldingen";
      const body = { wat: chosen.value, toelichting: field.value.trim() || null, kanaal: channel };
      const answer = await call("POST", path, body);
      const said = thanks(answer);
      box.replaceChildren(said);
      said.focus({ preventScroll: true });
      said.scrollIntoView({ block: answer.waarschuwing ? "start" : "nearest" });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      error.append(element("strong", "", refusal.title), element("span", "", refusal.detail));
      send.removeAttribute("aria-disabled");
    }
  });
  return box;
}
