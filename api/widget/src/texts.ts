// Every text of the chat itself; see data/widget/teksten.yml.

import T from "../../../data/widget/teksten.yml";

export { T };

/** `text` with `{name}` filled in for each of `values`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
