// Defines the element, once per page. A browser that cannot show it keeps the numbers inside the element in sight.

import { SocialeTriage } from "./element";

if (!customElements.get("sociale-triage") && "adoptedStyleSheets" in Document.prototype) {
  customElements.define("sociale-triage", SocialeTriage);
}
