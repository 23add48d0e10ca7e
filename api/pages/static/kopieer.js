// A button under each piece of code, where the browser lets a page copy. The texts are on the script element.
const { copy, copied, failed } = document.currentScript.dataset;
if (navigator.clipboard) {
  for (const code of document.querySelectorAll("pre[id]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button copy";
    button.textContent = copy;
    button.setAttribute("aria-describedby", code.id);
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      said.textContent = "";
      try {
        await navigator.clipboard.writeText(code.textContent);
        said.textContent = ` ${copied}`;
      } catch {
        said.textContent = ` ${failed}`;
      }
    });
    code.after(button, said);
  }
}
