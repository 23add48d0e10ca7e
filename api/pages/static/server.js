// Calls to the server. A refusal carries the Dutch title and detail of the server's problem+json.

const PATIENCE = 30000; // milliseconds; the server itself answers within TURN_TIMEOUT
const HELP = "Is er nu gevaar? Bel 112. Denkt u aan zelfmoord? Bel gratis 113.";

export class Refusal extends Error {
  constructor(status, title, detail) {
    super(title);
    Object.assign(this, { status, title, detail });
  }
}

export async function call(method, path, body) {
  const request = { method, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE) };
  if (body) Object.assign(request, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    const detail = "Controleer uw internet en probeer het nog een keer. " + HELP;
    throw new Refusal(0, "Wij kunnen de chat nu niet bereiken", detail);
  }
  if (response.status === 204) return null;
  const content = await response.json().catch(() => null);
  if (response.ok && content) return content;
  const detail = (content && content.detail) || "Probeer het straks nog een keer. " + HELP;
  throw new Refusal(response.status, (content && content.title) || "Er gaat iets mis", detail);
}
