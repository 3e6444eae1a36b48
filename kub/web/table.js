// A table twin: plain rows that sort by value, scroll in their own place, and are printed as they are.
const cell = (tag, text, numeric) => {
  const node = document.createElement(tag);
  node.textContent = text;
  if (numeric) node.className = "number";
  return node;
};

// data: kub.web.blocks.Table; title: what it is the table of.
export function table(data, title, words) {
  const box = document.createElement("div");
  box.className = "kub-rows-box";
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", words.table_alt.replace("{title}", title));
  const node = document.createElement("table");
  const head = node.createTHead().insertRow();
  const body = node.createTBody();
  const numeric = new Set(data.numeric ?? []);
  const rows = data.rows ?? [];
  const lines = rows.map((texts) => {
    const line = document.createElement("tr");
    line.append(...texts.map((text, at) => cell("td", text, numeric.has(at))));
    return line;
  });
  body.append(...lines);
  data.headings.forEach((heading, at) => {
    const top = cell("th", "", numeric.has(at));
    top.scope = "col";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading;
    button.title = words.sort.replace("{heading}", heading);
    button.onclick = () => {
      const down = top.getAttribute("aria-sort") === "ascending";
      for (const other of head.cells) other.removeAttribute("aria-sort");
      top.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...sorted(rows, at, data.order?.[at], down).map((position) => lines[position]));
    };
    top.append(button);
    head.append(top);
  });
  box.append(node);
  if (!data.cut) return box;
  const all = document.createElement("div");
  const cut = cell("p", data.cut);
  cut.className = "kub-sub";
  all.append(box, cut);
  return all;
}

// Positions in order; what is missing stands last either way.
function sorted(rows, at, order, down) {
  const values = order ?? rows.map((texts) => texts[at]);
  const sign = down ? -1 : 1;
  const compare = (a, b) => {
    if (a === b) return 0;
    if (a === null || a === undefined) return 1;
    if (b === null || b === undefined) return -1;
    return sign * (typeof a === "string" ? a.localeCompare(b) : a - b);
  };
  return rows.map((_, position) => position).sort((a, b) => compare(values[a], values[b]) || a - b);
}
