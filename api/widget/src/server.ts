// Calls to the server. What goes wrong comes back as a Refusal with a Dutch title and what to do.

import { T, fill } from "./texts";
import type { Answer, Opening, Said, Titled, Turn, Warning } from "./types";

const PATIENCE = 30_000; // milliseconds; the server itself answers within TURN_TIMEOUT
const MOMENT = 500; // milliseconds; where one server ended, another takes over

export class Refusal extends Error {
  /**
   * `status`: of HTTP; 0 when no answer came. `wait`: seconds to wait. `warning`: danger that was typed comes first.
   * `offline`: this device has no internet.
   */
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly wait = 0,
    readonly warning: Warning | null = null,
    readonly offline = false,
  ) {
    super(title);
  }

  /** Whether the server cannot help now, so that numbers to call must be shown. */
  get needsNumbers(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /** Whether only the line broke, or one server behind a proxy ended: trying again soon makes sense. */
  get mayPass(): boolean {
    return this.status === 502 || (this.status === 0 && !this.offline);
  }
}

const refuse = (status: number, said: Titled, wait = 0, offline = false) =>
  new Refusal(status, said.titel, fill(said.tekst, { seconden: wait }), wait, null, offline);

export class Server {
  constructor(readonly endpoint: string) {}

  /** Opens a conversation. Who typed nothing yet is not told that a message was not sent. */
  async open(municipality: string | null, signal: AbortSignal): Promise<Opening> {
    const wish = { kanaal: "bewoner", gemeente: municipality || null };
    return sound(await twice(() => this.call<Opening>("POST", "/v1/gesprekken", wish, signal), signal));
  }

  /** Says a text or presses a button. `key`: of this message; sent again with it, it is said once. */
  async say(id: string, said: Said, key: string, signal: AbortSignal): Promise<Turn> {
    return sound(await twice(() => this.call<Turn>("POST", this.of(id) + "/berichten", said, signal, key), signal));
  }

  /** A thumb: good or not, and nothing else. */
  judge(id: string, good: boolean): Promise<null> {
    return this.call("POST", this.of(id) + "/oordelen", { oordeel: good ? "goed" : "niet_goed" });
  }

  /** Says that a card is wrong. */
  report(initiative: string, body: object): Promise<{ waarschuwing?: Warning | null }> {
    return this.call("POST", `/v1/initiatieven/${encodeURIComponent(initiative)}/meldingen`, body);
  }

  /** Resolves when the server forgot the conversation, or had forgotten it before. */
  async forget(id: string): Promise<void> {
    try {
      await this.call("DELETE", this.of(id));
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.status !== 404) throw refusal;
    }
  }

  /** Asks the server to forget while the page is being left; nobody waits for the answer. */
  forgetInPassing(id: string): void {
    fetch(this.endpoint + this.of(id), { method: "DELETE", credentials: "omit", keepalive: true }).catch(() => {});
  }

  private of(id: string): string {
    return "/v1/gesprekken/" + encodeURIComponent(id);
  }

  private async call<A>(method: string, path: string, body?: object, signal?: AbortSignal, key?: string): Promise<A> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    signal?.addEventListener("abort", () => patience.abort());
    try {
      const response = await fetch(this.endpoint + path, {
        method,
        body: body && JSON.stringify(body),
        headers: body && { "Content-Type": "application/json", ...(key && { "Idempotency-Key": key }) },
        cache: "no-store",
        credentials: "omit",
        signal: patience.signal,
      });
      const text = response.status === 204 ? "null" : await response.text();
      return contentOf(response, text);
    } catch (problem) {
      if (problem instanceof Refusal) throw problem;
      if (patience.signal.aborted) throw refuse(504, T.fouten.teTraag);
      if (navigator.onLine === false) throw refuse(0, T.fouten.geenInternet, 0, true);
      throw refuse(0, T.fouten.onbereikbaar);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Tries again once what may pass, unless somebody gave it up meanwhile. */
async function twice<A>(send: () => Promise<A>, signal: AbortSignal): Promise<A> {
  try {
    return await send();
  } catch (refusal) {
    if (!(refusal as Refusal).mayPass) throw refusal;
    await new Promise((go) => setTimeout(go, MOMENT));
    if (signal.aborted) throw refusal;
    return send();
  }
}

/** The JSON of an answer. Raises a Refusal when the server refused, or said something that is no JSON. */
function contentOf(response: Response, text: string): any {
  let content: any;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  if (response.ok && content !== undefined) return content;
  throw refusalOf(response, content);
}

/** The answer when it says something; anything else that came with a 200 is a failure of the server. */
function sound<A extends { berichten: Answer[] }>(content: A | null): A {
  const messages = Array.isArray(content?.berichten) ? content.berichten : [];
  const said = messages.filter((one) => typeof one?.tekst === "string");
  if (!content || !said.length) throw refuse(500, T.fouten.storing);
  const whole = said.map((one) => ({ ...one, knoppen: one.knoppen ?? [], initiatieven: one.initiatieven ?? [], bel: one.bel ?? [] }));
  return { ...content, berichten: whole };
}

/** The same refusal in the words for somebody who has not typed anything yet. */
export function asOpening(refusal: Refusal): Refusal {
  if (refusal.offline) return refuse(0, T.fouten.openenGeenInternet, 0, true);
  if (refusal.wait) return new Refusal(503, T.fouten.openen.titel, fill(T.fouten.openenDruk, { seconden: refusal.wait }));
  return refuse(refusal.status, T.fouten.openen);
}

function refusalOf(response: Response, content: any): Refusal {
  const { status } = response;
  if (status === 429) return refuse(status, T.fouten.teVeel, Number(response.headers.get("Retry-After")) || 60);
  if (status >= 500 || !content?.detail) return refuse(status >= 500 ? status : 500, T.fouten.storing);
  return new Refusal(status, content.title, content.detail, 0, content.waarschuwing ?? null);
}
