// Quick exit: everything away at once, then a neutral page that "back" does not lead back from.

const TWICE_WITHIN = 1500; // milliseconds between two presses of Escape

const forgetters = new Set<() => void>();

/** `forget` is called when the page is left in haste, by whichever chat on it. Gives the function that stops that. */
export function onLeaving(forget: () => void): () => void {
  forgetters.add(forget);
  return () => forgetters.delete(forget);
}

/** Every chat on the page forgets; the page is emptied before it is replaced, so that a slow network leaves nothing to read. */
export function leaveFor(address: string): void {
  forgetters.forEach((forget) => forget());
  document.title = "";
  document.body?.replaceChildren();
  window.location.replace(address);
}

/** Calls `leave` when Escape is pressed twice, wherever the focus is. Gives the function that stops it. */
export function onEscapeTwice(leave: () => void): () => void {
  let before = -Infinity;
  const listen = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.repeat || event.isComposing) return;
    if (event.timeStamp - before < TWICE_WITHIN) leave();
    before = event.timeStamp;
  };
  document.addEventListener("keydown", listen, true);
  return () => document.removeEventListener("keydown", listen, true);
}
