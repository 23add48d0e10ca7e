// Calls to the server. What goes wrong comes back as a Refusal with a Dutch title and what to do.

import { T, fill } from "./texts";
import type { Answer, Opening, Titled, Turn, Warning } from "./types";

const PATIENCE = 30_000; // milliseconds; the server itself answers within TURN_TIMEOUT

export class Refusal extends Error {
  /** `status`: of HTTP; 0 when no answer came. `wait`: seconds to wait. `warning`: danger that was typed comes first. */
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly wait = 0,
    readonly warning: Warning | null = null,
  ) {
    super(title);
  }

  /** Whether the server cannot help now, so that numbers to call must be shown. */
  get needsNumbers(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

const refuse = (status: number, said: Titled, wait = 0) =>
  new Refusal(status, said.titel, fill(said.tekst, { seconden: wait }), wait);

export class Server {
  constructor(private readonly endpoint: string) {}

  async open(municipality: string | null, signal: AbortSignal): Promise<Opening> {
    const wish = { kanaal: "bewoner", gemeente: municipality || null };
    return sound(await this.call<Opening>("POST", "/v1/gesprekken", wish, signal));
  }

  async say(id: string, said: { tekst: string } | { keuze: string }, signal: AbortSignal): Promise<Turn> {
    return sound(await this.call<Turn>("POST", this.of(id) + "/berichten", said, signal));
  }

  judge(id: string, good: boolean): Promise<null> {
    return this.call("POST", this.of(id) + "/oordelen", { oordeel: good ? "goed" : "niet_goed" });
  }

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

  private async call<A>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<A> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    signal?.addEventListener("abort", () => patience.abort());
    let response: Response;
    let content: any;
    try {
      response = await fetch(this.endpoint + path, {
        method,
        body: body && JSON.stringify(body),
        headers: body && { "Content-Type": "application/json" },
        cache: "no-store",
        credentials: "omit",
        signal: patience.signal,
      });
      content = response.status === 204 ? null : await response.json().catch(() => undefined);
    } catch {
      if (patience.signal.aborted) throw refuse(0, T.fouten.teTraag);
      throw refuse(0, navigator.onLine === false ? T.fouten.geenInternet : T.fouten.onbereikbaar);
    } finally {
      clearTimeout(timer);
    }
    if (response.ok && content !== undefined) return content;
    throw refusalOf(response, content);
  }
}

/** The answer when it says something; anything else that came with a 200 is a failure of the server. */
function sound<A extends { berichten: Answer[] }>(content: A | null): A {
  const messages = Array.isArray(content?.berichten) ? content.berichten : [];
  const said = messages.filter((one) => typeof one?.tekst === "string");
  if (!content || !said.length) throw refuse(500, T.fouten.storing);
  const whole = said.map((one) => ({ ...one, knoppen: one.knoppen ?? [], initiatieven: one.initiatieven ?? [], bel: one.bel ?? [] }));
  return { ...content, berichten: whole };
}

function refusalOf(response: Response, content: any): Refusal {
  const { status } = response;
  if (status === 429) return refuse(status, T.fouten.teVeel, Number(response.headers.get("Retry-After")) || 60);
  if (status >= 500 || !content?.detail) return refuse(status >= 500 ? status : 500, T.fouten.storing);
  return new Refusal(status, content.title, content.detail, 0, content.waarschuwing ?? null);
}
