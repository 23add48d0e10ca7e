// Calls to our own server, with the cookie of the session.

const PATIENCE = 15_000; // milliseconds

export class Refused extends Error {
  /** `status` of HTTP, 0 when no answer came; `wait`: seconds to wait; `detail`: Dutch text of the server. */
  constructor(readonly status: number, readonly detail = "", readonly wait = 0, readonly content: any = null) {
    super(String(status));
  }
}

interface More {
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/** The JSON of an answer, null for one without content. Raises Refused; an abort by `signal` raises nothing else. */
export async function call<A>(method: string, path: string, body?: object, more: More = {}): Promise<A> {
  const { signal, headers } = more;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  signal?.addEventListener("abort", () => patience.abort());
  try {
    const response = await fetch(path, {
      method,
      body: body && JSON.stringify(body),
      headers: body && { "Content-Type": "application/json", ...headers },
      cache: "no-store",
      credentials: "same-origin",
      signal: patience.signal,
    });
    const text = await response.text();
    const content = text ? JSON.parse(text) : null;
    if (response.ok) return content;
    throw new Refused(response.status, content?.detail, Number(response.headers.get("Retry-After")) || 0, content);
  } catch (problem) {
    throw problem instanceof Refused ? problem : new Refused(0);
  } finally {
    clearTimeout(timer);
  }
}
