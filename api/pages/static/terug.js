// This page answered a form that was not right: going back to it would ask to send that form once more. When
// the corrected form leaves, this place in the history becomes the empty form. Its address is on the script element.
const { address } = document.currentScript.dataset;
document.addEventListener("submit", () => history.replaceState(null, "", address));
