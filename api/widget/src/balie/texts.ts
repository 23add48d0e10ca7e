// Every text of the page of the front desk; see data/balie/scherm.yml.

import B from "../../../../data/balie/scherm.yml";

export { B };
