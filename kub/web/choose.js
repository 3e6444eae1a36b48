// A choice of the page becomes part of the address; the default goes out of it.
import { go } from "./address.js";

export const choose = (item, value) => go({ [item.name]: value === (item.default ?? "") ? null : value });

// A point sets a name of the link; its control on the page knows which value is left out.
export function pick(name, value, sheet) {
  const all = sheet.payload.blocks.flatMap((block) => (block.kind === "controls" ? block.items : []));
  choose(all.find((item) => item.name === name) ?? { name }, value);
}
