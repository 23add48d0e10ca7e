// <sociale-triage endpoint gemeente weergave verlaat-naar>: the chat on the page of a municipality.

import { Chat } from "./chat";
import { button, el, webAddress } from "./dom";
import { onEscapeTwice, onLeaving } from "./exit";
import { type Frame, frame } from "./frame";
import { Memory } from "./memory";
import { exitLink } from "./message";
import { Server } from "./server";
import styles from "./styles.css?inline";
import { T } from "./texts";
import { themeRules, unreadable, withoutShades } from "./theme";
import { Work } from "./work";

const NEUTRAL = "https://www.knmi.nl/"; // the weather: what anybody could have been looking at

const FILLED = matchMedia("(max-width: 40em), (max-height: 33em)"); // as in styles.css

const script = document.currentScript as HTMLScriptElement | null;
const ORIGIN = new URL(script?.src || location.href).origin;

function listen(target: EventTarget, event: string, act: (event: Event) => unknown): () => void {
  target.addEventListener(event, act);
  return () => target.removeEventListener(event, act);
}

/** The element. Everything of it is made when it is first put in a page, and stays when it is moved. */
export class SocialeTriage extends HTMLElement {
  private chat: Chat | null = null;
  private readonly theme = new CSSStyleSheet();
  private work: Work | null = null;
  private own: Record<string, string> | undefined;
  private shown: Frame | null = null;
  private opener: HTMLButtonElement | null = null;
  private stopListening: (() => void)[] = [];

  connectedCallback(): void {
    if (!this.chat) this.build();
    const chat = this.chat!;
    this.stopListening = [
      onLeaving(() => chat.vanish()),
      onEscapeTwice(() => chat.leave()),
      listen(window, "online", () => this.work!.backOnline()),
      listen(window, "pagehide", () => chat.goAway()),
      listen(window, "pageshow", (event) => (event as PageTransitionEvent).persisted && chat.comeBack()),
      listen(document, "visibilitychange", () => document.hidden && chat.remember()),
      listen(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.recolour(this.own)),
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
    if (!chat.restore(remembered) && (!panel || remembered?.open)) void chat.begin();
  }

  // --- the panel ------------------------------------------------------------------------------

  private buildPanel(shadow: ShadowRoot, made: Frame, open: boolean): void {
    made.root.id = "paneel";
    this.opener = button(T.venster.titel, "opener", () => this.open());
    this.opener.setAttribute("aria-controls", "paneel");
    shadow.append(el("div", "root corner", { lang: "nl", dir: "ltr", "aria-live": "polite" }, this.opener), made.root);
    made.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    made.root.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    this.chat!.onNews = () => (this.opener!.textContent = `${T.venster.titel} ${T.venster.nieuw}`);
    this.toggle(open);
  }

  private open(): void {
    this.toggle(true);
    if (!this.chat!.showUnseen()) this.shown!.title.focus();
    if (!this.shown!.log.hasChildNodes()) void this.chat!.begin();
  }

  private close(): void {
    this.toggle(false);
    this.opener!.focus();
  }

  /** Where the panel fills the screen it is modal: nothing behind it can take the focus. */
  private toggle(open: boolean): void {
    const panel = this.shown!.root as HTMLDialogElement;
    if (panel.open) panel.close();
    if (open && FILLED.matches) panel.showModal();
    else if (open) panel.show();
    this.opener!.hidden = open;
    this.opener!.textContent = T.venster.titel;
    this.opener!.setAttribute("aria-expanded", String(open));
    this.chat!.isOpen = open;
    if (this.shown!.log.hasChildNodes()) this.chat!.remember();
  }

  /** Sets the colours; those that would be unreadable on this page become ours. */
  private recolour(own?: Record<string, string>): void {
    this.own = own;
    const { root } = this.shown!;
    this.theme.replaceSync(themeRules(own));
    const refused = unreadable(root);
    if (refused.length) this.theme.replaceSync(themeRules(own, refused));
    const shades = withoutShades(root);
    if (shades) this.theme.insertRule(shades, this.theme.cssRules.length);
  }
}
