// Small things that all drawn by hand need. Text is text: nothing here writes HTML.

export function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  if (properties.role) node.setAttribute("role", properties.role);
  if (properties.ariaHidden) node.setAttribute("aria-hidden", properties.ariaHidden);
  node.append(...children);
  return node;
}

// "{count} KUB aktif" with its values; numbers as the language writes them.
export function filled(text, values = {}, lang = "id") {
  return text.replace(/\{(\w+)\}/g, (all, name) => {
    const value = values[name] ?? all;
    return typeof value === "number" ? value.toLocaleString(lang) : value;
  });
}

// Letters without case and accents: "Éx" is found by "ex".
export const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
