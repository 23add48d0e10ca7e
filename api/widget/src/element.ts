// <sociale-triage endpoint gemeente weergave verlaat-naar>: the chat on the page of a municipality.

import { Chat } from "./chat";
import { button, el, webAddress } from "./dom";
import { onEscapeTwice } from "./exit";
import { type Frame, frame } from "./frame";
import { Memory } from "./memory";
import { exitLink } from "./message";
import { Server } from "./server";
import styles from "./styles.css?inline";
import { T } from "./texts";
import { themeRules, unreadable } from "./theme";
import { Work } from "./work";

const NEUTRAL = "https://www.knmi.nl/"; // the weather: what anybody could have been looking at

const script = document.currentScript as HTMLScriptElement | null;
const ORIGIN = new URL(script?.src || location.href).origin;

function listen(event: string, act: () => void): () => void {
  window.addEventListener(event, act);
  return () => window.removeEventListener(event, act);
}

export class SocialeTriage extends HTMLElement {
  private chat: Chat | null = null;
  private readonly theme = new CSSStyleSheet();
  private work: Work | null = null;
  private shown: Frame | null = null;
  private opener: HTMLButtonElement | null = null;
  private stopListening: (() => void)[] = [];

  connectedCallback(): void {
    if (!this.chat) this.build();
    const chat = this.chat!;
    this.stopListening = [
      onEscapeTwice(() => chat.leave()),
      listen("online", () => this.work!.backOnline()),
      listen("pagehide", () => chat.remember()),
    ];
  }

  disconnectedCallback(): void {
    this.stopListening.forEach((stop) => stop());
  }

  private build(): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet, this.theme];

    const panel = this.getAttribute("weergave") === "knop";
    const municipality = this.getAttribute("gemeente");
    const endpoint = (this.getAttribute("endpoint") || ORIGIN).replace(/\/+$/, "");
    const exitTo = webAddress(this.getAttribute("verlaat-naar"))?.href ?? NEUTRAL;
    const memory = new Memory(endpoint, municipality);

    const exit = exitLink({ exitTo, leave: (event) => chat.leave(event) });
    const close = panel ? button(T.venster.sluiten, "secondary", () => this.close()) : null;
    const made = frame(panel, {
      exit,
      close,
      send: () => chat.send(),
      human: () => chat.human(),
      restart: () => chat.restart(),
      wipe: () => void chat.wipe(),
      print: () => chat.print(),
      mail: () => chat.mail(),
    });
    const work = new Work(made, this);
    const chat: Chat = new Chat(made, work, new Server(endpoint), memory, municipality, exitTo, shadow, (own) =>
      this.recolour(own),
    );
    this.chat = chat;
    this.work = work;
    this.shown = made;
    const remembered = memory.load();
    if (panel) this.buildPanel(shadow, made, Boolean(remembered?.open));
    else shadow.append(made.root);
    this.recolour(remembered?.municipality?.kleuren);
    if (!chat.restore(remembered) && !panel) void chat.begin();
  }

  // --- the panel ------------------------------------------------------------------------------

  private buildPanel(shadow: ShadowRoot, made: Frame, open: boolean): void {
    made.root.id = "paneel";
    made.root.hidden = true;
    this.opener = button(T.venster.titel, "opener", () => this.open());
    this.opener.setAttribute("aria-controls", "paneel");
    this.opener.setAttribute("aria-expanded", "false");
    const place = el("div", "root corner", { lang: "nl", dir: "ltr" }, this.opener);
    shadow.append(place, made.root);
    made.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    });
    if (open) this.toggle(true);
  }

  private open(): void {
    this.toggle(true);
    this.shown!.title.focus();
    if (!this.shown!.log.hasChildNodes()) void this.chat!.begin();
  }

  private close(): void {
    this.toggle(false);
    this.opener!.focus();
  }

  private toggle(open: boolean): void {
    this.shown!.root.hidden = !open;
    this.opener!.hidden = open;
    this.opener!.setAttribute("aria-expanded", String(open));
    this.chat!.isOpen = open;
    if (this.shown!.log.hasChildNodes()) this.chat!.remember();
  }

  /** Sets the colours; those that would be unreadable on this page become ours. */
  private recolour(own?: Record<string, string>): void {
    this.theme.replaceSync(themeRules(own));
    const refused = unreadable(this.shown!.root);
    if (refused.length) this.theme.replaceSync(themeRules(own, refused));
  }
}
