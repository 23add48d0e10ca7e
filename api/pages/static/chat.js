// The chat of the page: the conversation with the server, and what is shown of it. Nothing is kept.

import { callList, card, dangerTitle, element } from "./parts.js";
import { reportBox } from "./report.js";
import { Refusal, call } from "./server.js";

const DANGER = ["spoed_112", "crisis_113", "onveilig", "huisarts_vandaag"];
const byId = (id) => document.getElementById(id);
const log = byId("gesprek");
const form = byId("formulier");
const field = byId("tekst");
const sendButton = byId("verstuur");
const errorBox = byId("fout");
const typing = byId("bezig");
const counter = byId("teller");
const longest = Number(field.dataset.max);

let conversation = null;
let busy = false;

function choiceButtons(choices) {
  const group = element("div", "choices");
  for (const choice of choices) {
    const button = element("button", "", choice.tekst);
    button.type = "button";
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") press(choice, button);
    });
    group.append(button);
  }
  return group;
}

function closeChoices() {
  for (const button of log.querySelectorAll(".choices button")) button.setAttribute("aria-disabled", "true");
}

// --- the log ----------------------------------------------------------------

// The first message is where the reader already is: the page must not jump when it opens.
function show(message) {
  const first = !log.hasChildNodes();
  log.append(message);
  if (first) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = calm ? "auto" : "smooth";
  if (log.scrollHeight > log.clientHeight) {
    log.scrollTo({ top: message.offsetTop - log.offsetTop - 12, behavior });
  } else {
    message.scrollIntoView({ block: "nearest", behavior });
  }
}

function bubble(who, className) {
  const message = element("article", "message " + className);
  const body = element("div", "bubble");
  message.append(element("span", "message-who", who), body);
  return { message, body };
}

function showMine(text) {
  const { message, body } = bubble("U", "mine");
  body.append(element("p", "message-text", text));
  show(message);
}

function reportableCard(initiative) {
  const made = card(initiative);
  made.append(reportBox(initiative, "bewoner"));
  return made;
}

function showAnswer(answer, outcome) {
  const danger = DANGER.includes(outcome) && answer.bel.length > 0;
  const { message, body } = bubble("Computer", danger ? "danger" : "theirs");
  if (danger) body.append(dangerTitle());
  body.append(element("p", "message-text", answer.kort || answer.tekst));
  if (answer.initiatieven.length) {
    const cards = element("div", "cards");
    cards.append(...answer.initiatieven.map(reportableCard));
    body.append(cards);
  }
  if (answer.bel.length) body.append(callList(answer.bel));
  if (answer.knoppen.length) body.append(choiceButtons(answer.knoppen));
  show(message);
}

function showNotice(text) {
  const { message, body } = bubble("Computer", "theirs");
  body.append(element("p", "message-text", text));
  show(message);
}

// --- the server -------------------------------------------------------------

const address = (id) => "/v1/gesprekken/" + encodeURIComponent(id);

async function begin() {
  const opened = await call("POST", "/v1/gesprekken", { kanaal: "bewoner" });
  conversation = opened.gesprekId;
  opened.berichten.forEach((answer) => showAnswer(answer, null));
}

function forget(id, keepalive) {
  if (!id) return Promise.resolve();
  return fetch(address(id), { method: "DELETE", credentials: "omit", keepalive: Boolean(keepalive) });
}

// --- turns ------------------------------------------------------------------

function showError(refusal) {
  errorBox.replaceChildren(element("strong", "", refusal.title), element("span", "", refusal.detail));
  errorBox.scrollIntoView({ block: "nearest" });
}

function setBusy(now) {
  busy = now;
  field.readOnly = now;
  sendButton.setAttribute("aria-disabled", String(now));
}

// Runs one thing at a time; says so when it takes more than a moment.
async function during(work) {
  if (busy) return;
  setBusy(true);
  errorBox.replaceChildren();
  const timer = setTimeout(() => {
    typing.textContent = "De computer zoekt een antwoord";
    typing.classList.add("on");
  }, 400);
  try {
    await work();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    showError(refusal);
  } finally {
    clearTimeout(timer);
    typing.textContent = "";
    typing.classList.remove("on");
    setBusy(false);
  }
}

function answerTo(body) {
  return call("POST", address(conversation) + "/berichten", body);
}

// A conversation that has expired is opened anew; any other refusal goes on to the caller.
async function beginAfterExpiry(refusal) {
  if (!(refusal instanceof Refusal) || refusal.status !== 404) throw refusal;
  conversation = null;
  closeChoices();
  showNotice("Ons gesprek was gestopt, omdat het lang stil was. Wij beginnen opnieuw.");
  await begin();
}

// After an expiry the text is sent again: nothing typed gets lost.
async function ask(text) {
  if (!conversation) await begin();
  try {
    return await answerTo({ tekst: text });
  } catch (refusal) {
    await beginAfterExpiry(refusal);
    return answerTo({ tekst: text });
  }
}

function showTurn(said, turn) {
  closeChoices();
  showMine(said);
  const outcome = turn.triage && turn.triage.uitkomst;
  turn.berichten.forEach((answer) => showAnswer(answer, outcome));
}

function send(text, sent) {
  return during(async () => {
    const turn = await ask(text);
    sent();
    showTurn(text, turn);
  });
}

function press(choice, button) {
  return during(async () => {
    try {
      const turn = await answerTo({ keuze: choice.id });
      button.setAttribute("aria-pressed", "true");
      showTurn(choice.tekst, turn);
    } catch (refusal) {
      await beginAfterExpiry(refusal);
    }
  });
}

function count() {
  const left = longest - Array.from(field.value.trim()).length;
  counter.classList.toggle("over", left < 0);
  counter.textContent =
    left < 0 ? `Uw bericht is ${-left} tekens te lang.` : left <= 200 ? `Nog ${left} tekens over.` : "";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) {
    field.focus();
    return;
  }
  send(text, () => {
    field.value = "";
    count();
  });
});

field.addEventListener("input", count);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

byId("mens").addEventListener("click", () => send("Ik wil een mens spreken", () => {}));

byId("opnieuw").addEventListener("click", () =>
  during(async () => {
    forget(conversation).catch(() => {});
    conversation = null;
    log.replaceChildren();
    await begin();
  }),
);

byId("wis").addEventListener("click", () =>
  during(async () => {
    if (conversation) {
      try {
        await call("DELETE", address(conversation));
      } catch (refusal) {
        if (!(refusal instanceof Refusal) || refusal.status !== 404) throw refusal;
      }
    }
    conversation = null;
    field.value = "";
    count();
    log.replaceChildren();
    showNotice("Uw gesprek is gewist. Typ een bericht om opnieuw te beginnen.");
  }),
);

byId("weg").addEventListener("click", (event) => {
  event.preventDefault();
  forget(conversation, true).catch(() => {});
  log.replaceChildren();
  field.value = "";
  document.title = "";
  window.location.replace(event.currentTarget.href);
});

byId("chat").hidden = false;
during(begin);
