// The parts of an answer as elements. Everything from the server is set with textContent.

export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function link(text, href, className) {
  const made = element("a", className, text);
  made.href = href;
  if (href.startsWith("http")) made.rel = "noreferrer";
  return made;
}

function webAddress(text) {
  try {
    const address = new URL(text);
    return ["http:", "https:"].includes(address.protocol) ? address : null;
  } catch {
    return null;
  }
}

function site(text, label) {
  const address = webAddress(text);
  return address ? link(label || address.hostname.replace(/^www\./, ""), address.href) : element("span", "", text);
}

// A cell of the catalogue may hold two numbers, with a slash between them.
function numbers(text) {
  return text.split(/\s*(?:\/|\bof\b)\s*/).filter((part) => /\d{3}|\d\s?\d/.test(part));
}

function phoneLink(number, label, className) {
  return link(label, "tel:" + number.replace("(0)", "").replace(/[^\d+]/g, ""), className); // +31 (0)50: the 0 is not dialled
}

function warningSign() {
  const space = "http://www.w3.org/2000/svg";
  const sign = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  sign.setAttribute("viewBox", "0 0 24 24");
  sign.setAttribute("aria-hidden", "true");
  path.setAttribute("d", "M12 3 22 20H2zM12 9v5M12 17v.5");
  sign.append(path);
  return sign;
}

export function dangerTitle() {
  const title = element("h3", "danger-title");
  title.append(warningSign(), element("span", "", "Belangrijk: bel eerst"));
  return title;
}

export function callList(lines) {
  const list = element("ul", "calls");
  const offered = new Set(); // one button for each number, however many lines share it
  for (const line of lines) {
    const item = element("li", "call");
    item.append(element("p", "call-name", line.naam));
    if (line.wanneer) item.append(element("p", "", line.wanneer));
    if (line.openingstijden) item.append(element("p", "", "Open: " + line.openingstijden));
    const links = element("div", "call-links");
    for (const number of numbers(line.telefoon || "")) {
      if (offered.has(number)) continue;
      offered.add(number);
      links.append(phoneLink(number, "Bel " + number, "call-number"));
    }
    if (line.url && webAddress(line.url)) {
      const address = site(line.url);
      address.className = "call-site";
      links.append(address);
    }
    item.append(links);
    list.append(item);
  }
  return list;
}

// "2024-06-01", "2024-06" or "2024": a date is as precise as its source.
function readableDate(text) {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text) || [];
  if (!month) return text;
  const options = { day: day && "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Date(Date.UTC(year, month - 1, day || 1)).toLocaleDateString("nl-NL", options);
}

function referral(needed) {
  if (needed === true) return "U hebt een verwijzing nodig";
  return needed === false ? "Niet nodig" : null;
}

function ages(least, most) {
  if (least && most) return `Van ${least} tot en met ${most} jaar`;
  if (least) return `Vanaf ${least} jaar`;
  return most ? `Tot en met ${most} jaar` : null;
}

function distance(kilometres) {
  // Distances are between places: within one place nothing is known.
  if (kilometres === null || kilometres === undefined || kilometres < 1) return null;
  return "Ongeveer " + kilometres.toLocaleString("nl-NL", { maximumFractionDigits: 1 }) + " kilometer";
}

export function card(initiative) {
  const made = element("article", "card");
  const facts = element("dl");
  const fact = (name, ...parts) => {
    const shown = parts.filter((part) => part !== null && part !== undefined && part !== "");
    if (!shown.length) return;
    const value = element("dd");
    shown.forEach((part, index) => value.append(...(index ? [" "] : []), part));
    facts.append(element("dt", "", name), value);
  };

  made.append(element("h3", "", initiative.naam));
  if (initiative.waarom) made.append(element("p", "card-why", initiative.waarom));
  fact("Let op", initiative.letOp);
  fact("Van", initiative.organisatie === initiative.naam ? null : initiative.organisatie);
  fact(initiative.adres ? "Adres" : "Plaats", initiative.adres || initiative.plaats);
  fact("Afstand", distance(initiative.afstandKm));
  fact("Leeftijd", ages(initiative.leeftijdVan, initiative.leeftijdTot));
  fact("Open", initiative.openingstijden);
  fact("Kosten", initiative.kosten);
  fact("Verwijzing", referral(initiative.verwijzingNodig));
  fact("Aanmelden", initiative.hoeVraagtU);
  fact("Toegankelijkheid", initiative.toegankelijkheid);
  fact("Telefoon", ...numbers(initiative.telefoon || "").map((number) => phoneLink(number, number)));
  fact("E-mail", initiative.email && link(initiative.email, "mailto:" + initiative.email));
  const website = initiative.website || initiative.websiteLandelijk;
  fact("Website", website && site(website));
  fact("Gezien op", initiative.gecontroleerdOp && readableDate(initiative.gecontroleerdOp));
  fact("Bron", initiative.bron && site(initiative.bron));
  made.append(facts);
  if (initiative.actueel === false) {
    made.append(element("p", "check", "Controleer eerst of dit nog klopt. Kijk op de website of bel."));
  }
  return made;
}
