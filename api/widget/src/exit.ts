// Quick exit: everything away at once, then a neutral page that "back" does not lead back from.

const TWICE_WITHIN = 1500; // milliseconds between two presses of Escape

/** Empties the page before it is replaced, so that a slow network leaves nothing to read. */
export function leaveFor(address: string): void {
  document.title = "";
  document.body?.replaceChildren();
  window.location.replace(address);
}

/** Calls `leave` when Escape is pressed twice, wherever the focus is. Gives the function that stops it. */
export function onEscapeTwice(leave: () => void): () => void {
  let before = -Infinity;
  const listen = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - before < TWICE_WITHIN) leave();
    before = event.timeStamp;
  };
  document.addEventListener("keydown", listen, true);
  return () => document.removeEventListener("keydown", listen, true);
}
