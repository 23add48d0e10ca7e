// A button "Kopieer" under each piece of code, where the browser lets a page copy.
if (navigator.clipboard) {
  for (const code of document.querySelectorAll("pre[id]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button copy";
    button.textContent = "Kopieer";
    button.setAttribute("aria-describedby", code.id);
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      said.textContent = "";
      try {
        await navigator.clipboard.writeText(code.textContent);
        said.textContent = " Gekopieerd.";
      } catch {
        said.textContent = " Kopiëren lukt niet. Selecteer de tekst zelf.";
      }
    });
    code.after(button, said);
  }
}
