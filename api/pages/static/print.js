// A button that prints, where the page has a place for it. Its text is on the script element.
const { print } = document.currentScript.dataset;
const button = document.createElement("button");
button.type = "button";
button.className = "button";
button.textContent = print;
button.addEventListener("click", () => window.print());
document.getElementById("printen").append(button);
