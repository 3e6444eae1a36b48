// A table twin: plain rows that sort by value, scroll in their own place, and are printed as they are.
const cell = (tag, text, numeric) => {
  const node = document.createElement(tag);
  node.textContent = text;
  if (numeric) node.className = "number";
  return node;
};

// data: kub.web.blocks.Table; title: what it is the table of; follow: of nodes.js, where cells may lead somewhere.
export function table(data, title, words, follow = null) {
  const box = document.createElement("div");
  box.className = "kub-rows-box";
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", words.table_alt.replace("{title}", title));
  const node = document.createElement("table");
  const head = node.createTHead().insertRow();
  const body = node.createTBody();
  const numeric = new Set(data.numeric ?? []);
  for (const [row, texts] of (data.rows ?? []).entries()) {
    const line = document.createElement("tr");
    line.append(...texts.map((text, at) => cell("td", text, numeric.has(at))));
    if (data.leads && follow) lead(line.cells[data.leads[0]], row, data.leads, follow);
    body.append(line);
  }
  head.append(...data.headings.map((heading, at) => Object.assign(cell("th", heading, numeric.has(at)), { scope: "col" })));
  sortable(node, data.order, words);
  box.append(node);
  if (!data.cut) return box;
  const all = document.createElement("div");
  const cut = cell("p", data.cut);
  cut.className = "kub-sub";
  all.append(box, cut);
  return all;
}

// The cell leads to what a click on the same mark of the chart opens.
function lead(node, row, [, name, values], follow) {
  const link = document.createElement("a");
  link.textContent = node.textContent;
  link.dataset.focus = `row ${name} ${values[row]}`;
  follow(link, { [name]: values[row] });
  // What opens stands above the tables: whoever follows is taken there.
  link.addEventListener("click", (event) => event.defaultPrevented && document.querySelector(".kub-page h1")?.focus());
  node.replaceChildren(link);
}

// Headings of a table become buttons. order: by position of a column, what it sorts by where that is not its text.
export function sortable(node, order, words) {
  const [[head], [body]] = [node.tHead.rows, node.tBodies];
  const lines = [...body.rows];
  [...head.cells].forEach((top, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = top.textContent;
    button.title = words.sort.replace("{heading}", top.textContent);
    button.onclick = () => {
      const down = top.getAttribute("aria-sort") === "ascending";
      for (const other of head.cells) other.removeAttribute("aria-sort");
      top.setAttribute("aria-sort", down ? "descending" : "ascending");
      const values = order?.[at] ?? lines.map((line) => line.cells[at].textContent);
      body.append(...sorted(values, down).map((position) => lines[position]));
    };
    top.replaceChildren(button);
  });
}

// Positions in order; what is missing stands last either way.
function sorted(values, down) {
  const sign = down ? -1 : 1;
  const compare = (a, b) => {
    if (a === b) return 0;
    if (a === null || a === undefined) return 1;
    if (b === null || b === undefined) return -1;
    return sign * (typeof a === "string" ? a.localeCompare(b) : a - b);
  };
  return values.map((_, position) => position).sort((a, b) => compare(values[a], values[b]) || a - b);
}
