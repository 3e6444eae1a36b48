// Blocks (kub/web/blocks.py) as nodes of the page. A block that says what it said before is left alone, and a chart
// keeps its node whatever changes around it.
import { go } from "./address.js";
import { clear, drawing, paint, save } from "./chart.js";
import { combobox } from "./combobox.js";
import { element, filled, follow, menu } from "./nodes.js";
import { table } from "./table.js";

const LONG = 9; // letters from which a large number is not drawn as large as the others (blocks.jinja)
const waiting = new Map(); // node of a chart -> what is to be drawn there

// Draw a payload (page, query, lang, words, blocks) in a node, and end when every chart is drawn.
// host: who may add cards to a visit, and what became of the last one; cards are drawn anew where it changed.
// files: where a card's rows and files come from (files.js).
export function drawn(node, payload, { host = {}, files = null } = {}) {
  const sheet = (node.kubSheet ??= { opened: new Set() });
  if (sheet.payload?.page !== payload.page) sheet.opened.clear();
  Object.assign(sheet, { payload, host, files, seen: JSON.stringify([host.visits, host.kept, payload.lang, plainOf(payload)]) });
  node.dataset.page = payload.page;
  refocused(node, () => reconcile(node, payload.blocks, sheet));
  return charts();
}

// The address that a page was asked by: links of cards carry it.
const plainOf = (payload) => `${payload.page}?${payload.query}`;

// What is in sight comes first, and is seen before the rest is drawn: a chart takes 10 to 40 ms.
async function charts() {
  const inSight = [...waiting.keys()].filter((node) => node.getBoundingClientRect().top < window.innerHeight);
  inSight.forEach(put);
  if (!waiting.size) return;
  await Promise.race([new Promise((shown) => requestAnimationFrame(() => setTimeout(shown))), new Promise((late) => setTimeout(late, 60))]);
  [...waiting.keys()].forEach(put);
}

function put(node) {
  const [data, chosen] = waiting.get(node);
  waiting.delete(node);
  if (node.isConnected) paint(node, data, chosen);
}

export function forget(node) {
  node.querySelectorAll(".kub-chart").forEach((chart) => clear(chart.dataset.key, chart));
}

// What had the focus has it again, though its block was drawn anew; where it is gone, the page's name has it.
function refocused(node, draw) {
  const before = document.activeElement;
  const key = node.contains(before) ? before.dataset.focus : null;
  draw();
  if (!key || (before.isConnected && document.activeElement === before)) return;
  const again = [...node.querySelectorAll("[data-focus]")].find((other) => other.dataset.focus === key);
  (again ?? node.querySelector("h1"))?.focus({ preventScroll: true });
}

function reconcile(parent, blocks, sheet) {
  const before = new Map([...parent.children].map((node) => [node.kubKey, node]));
  const count = {};
  let at = parent.firstElementChild;
  for (const block of blocks) {
    const nth = (count[block.kind] = (count[block.kind] ?? 0) + 1);
    const key = `${block.kind} ${block.key ?? nth}`;
    const node = before.get(key) ?? Object.assign(element(TAGS[block.kind] ?? "div", { class: `kub-${block.kind}` }), { kubKey: key });
    before.delete(key);
    if (node === at) at = at.nextElementSibling;
    else parent.insertBefore(node, at);
    const said = JSON.stringify(block) + (["card", "columns", "panel"].includes(block.kind) ? sheet.seen : "");
    if (node.kubSaid === said) continue;
    node.kubSaid = said;
    KINDS[block.kind](node, block, sheet);
  }
  for (const node of before.values()) {
    forget(node);
    node.remove();
  }
}

const TAGS = { numbers: "dl", definitions: "dl", disclosure: "details", card: "section", panel: "section", head: "header" };

function action(one, sheet, attributes = {}) {
  const node = element("a", { title: one.help, "data-focus": `action ${one.label}`, ...attributes }, one.label);
  follow(node, one.changes ?? {}, sheet.payload.page);
  return node;
}

const notice = (block, sheet) =>
  element("div", { class: "kub-notice", "data-tone": block.tone, role: "status" },
    element("p", {}, block.text),
    block.items ? element("ul", {}, block.items.map((item) => element("li", {}, item))) : null,
    block.mend ? action(block.mend, sheet, { class: "kub-mend" }) : null);

const KINDS = {
  head(node, block, sheet) {
    const chips = (block.chips ?? []).map((chip) => {
      const node = action(chip, sheet, { class: "kub-chip", "aria-label": chip.help });
      node.append(element("span", { "aria-hidden": "true" }, " ×"));
      return node;
    });
    node.replaceChildren(
      element("h1", { tabindex: "-1" }, block.name),
      element("p", { class: "kub-question" }, block.question),
      block.scope
        ? element("div", { class: "kub-scope-line" },
          element("p", { class: "kub-scope" }, block.scope),
          block.beside ? element("p", { class: "kub-beside" }, block.beside) : null,
          chips.length ? element("div", { class: "kub-chips" }, chips) : null)
        : "",
      ...(block.notices ?? []).map((item) => notice(item, sheet)));
  },

  notices(node, block, sheet) {
    node.replaceChildren(...block.items.map((item) => notice(item, sheet)));
  },

  numbers(node, block) {
    node.setAttribute("aria-label", block.label);
    node.className = "kub-strip";
    node.replaceChildren(...block.items.map((item) =>
      element("div", {}, element("dt", {}, item.label),
        element("dd", { class: `kub-number${item.value.length > LONG ? " long" : ""}` }, item.value),
        element("dd", { class: `kub-note ${item.tone ?? ""}` }, item.note ?? ""), item.goal ? element("dd", { class: "kub-goal" }, item.goal) : null)));
  },

  findings(node, block) {
    node.replaceChildren(...block.items.map(([title, text]) => element("div", {}, element("p", { class: "kub-finding" }, title), element("p", {}, text))));
  },

  controls(node, block, sheet) {
    node.replaceChildren(...block.items.map((item) => (item.style === "list" ? list(item, sheet) : segments(item))));
  },

  columns(node, block, sheet) {
    node.style.setProperty("--kub-columns", block.weights.map((weight) => `minmax(0, ${weight}fr)`).join(" "));
    while (node.children.length > block.items.length) {
      forget(node.lastElementChild);
      node.lastElementChild.remove();
    }
    while (node.children.length < block.items.length) node.append(element("div", { class: "kub-column" }));
    block.items.forEach((items, number) => reconcile(node.children[number], items, sheet));
  },

  panel(node, block, sheet) {
    if (!node.firstElementChild) node.append(element("div", { class: "kub-panel-head" }), element("div", { class: "kub-column" }));
    node.firstElementChild.replaceChildren(
      element("h2", {}, block.title), ...(block.close ? [action(block.close, sheet, { class: "kub-close" })] : []),
      element("p", { class: "kub-sub" }, block.note ?? ""));
    reconcile(node.lastElementChild, block.items ?? [], sheet);
  },

  note(node, block) {
    const items = block.items;
    node.replaceChildren(items.length === 1 ? element("p", {}, items[0]) : element("ul", {}, items.map((item) => element("li", {}, item))));
  },

  heading(node, block) {
    node.replaceChildren(element("h2", { id: block.anchor }, block.text));
  },

  text(node, block) {
    node.classList.toggle("kub-box", Boolean(block.boxed));
    node.replaceChildren(element("p", { class: "kub-finding" }, block.title ?? ""), element("p", {}, block.text ?? ""));
  },

  links(node, block) {
    node.replaceChildren(element("p", { class: "kub-finding" }, block.title), element("ul", {}, block.items.map(([text, page, changes]) => {
      const link = element("a", { "data-focus": `link ${page} ${text}` }, text);
      follow(link, changes, page);
      return element("li", {}, link);
    })));
  },

  rows(node, block, sheet) {
    node.replaceChildren(element("p", { class: "kub-finding" }, block.title), table(block.table, block.title, sheet.payload.words));
  },

  definitions(node, block) {
    node.replaceChildren(...block.items.map(([name, meaning, formula]) =>
      element("div", {}, element("dt", {}, name), element("dd", {}, meaning), formula ? element("dd", {}, element("code", {}, formula)) : null)));
  },

  disclosure(node, block, sheet) {
    const open = () => node.open && node.children.length === 1 && node.append(table(block.table, block.title, sheet.payload.words));
    node.replaceChildren(element("summary", { "data-focus": `open ${block.key}` }, element("code", {}, block.name), ` · ${block.title}`));
    node.ontoggle = open;
    open();
  },

  card,
};

// --- controls ----------------------------------------------------------------------------------------

const choose = (item, value) => go({ [item.name]: value === (item.default ?? "") ? null : value });

function segments(item) {
  const options = item.options.map(([value, label]) => {
    const on = value === item.value;
    return element("button", {
      type: "button", role: "radio", "aria-checked": String(on), tabindex: on ? "0" : "-1", "data-value": value,
      "data-focus": `${item.name} ${on ? "chosen" : value}`, onclick: () => on || choose(item, value),
    }, label);
  });
  const keys = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const group = element("div", { class: "kub-segments", role: "radiogroup", "aria-label": item.label }, options);
  group.onkeydown = (event) => {
    if (!(event.key in keys)) return;
    event.preventDefault();
    const at = options.indexOf(document.activeElement);
    const next = options[(at + keys[event.key] + options.length) % options.length];
    next.dataset.focus = `${item.name} chosen`; // it will be, once it is drawn anew
    next.focus();
    choose(item, next.dataset.value);
  };
  return element("div", { class: "kub-control" }, element("span", { class: "kub-label", "aria-hidden": "true" }, item.label), group);
}

function list(item, sheet) {
  const options = [["", item.placeholder ?? "–"], ...(item.options ?? [])].map(([code, label]) => ({ code, label }));
  const { words, lang } = sheet.payload;
  const status = element("p", { class: "kub-hidden", role: "status" });
  const say = (name, values) => filled(words[`list_${name}`] ?? "", values, lang);
  const field = combobox({ say, lang, tell: (text) => (status.textContent = text) }, {
    name: item.name, label: item.label, placeholder: item.placeholder,
    options: () => options, chosen: () => [item.value ?? ""], choose: (code) => choose(item, code),
  });
  field.update();
  const node = element("div", { class: "kub-control kub-list kub-filters" }, field.node, status, item.note ? element("p", { class: "kub-sub" }, item.note) : null);
  node.querySelector("input").dataset.focus = item.name;
  return node;
}

// --- cards -------------------------------------------------------------------------------------------

function card(node, block, sheet) {
  const { key } = block;
  if (!node.firstElementChild) {
    const title = element("h2", { id: `kub-${key}` });
    node.append(title, element("p", { class: "kub-sub" }), element("div", { class: "kub-place" }), element("p", { class: "kub-take" }),
      element("div", { class: "kub-foot" }), element("div", { class: "kub-kept", role: "status" }), element("div", { class: "kub-twin", id: `kub-twin-${key}` }));
    node.setAttribute("aria-labelledby", title.id);
    node.dataset.key = key;
  }
  const [title, sub, place, take, foot, kept, twin] = node.children;
  node.dataset.look = block.look ?? "";
  title.textContent = block.title;
  sub.textContent = block.subtitle ?? "";
  take.textContent = block.takeaway ?? "";
  picture(place, block, sheet);
  const folded = Boolean(block.chart) && !block.table;
  const open = folded && sheet.opened.has(key);
  foot.replaceChildren(element("p", { class: "kub-source" }, block.source ?? ""), block.files ? actions(block, twin, sheet, folded) : "");
  added(kept, key, sheet);
  if (block.table) first(twin, block, sheet);
  else if (block.empty) twin.replaceChildren(element("p", { class: "kub-sub" }, block.empty));
  else if (open) fill(twin, block, sheet);
  else twin.replaceChildren();
}

// What stands in the middle of a card: its chart, or large numbers, or nothing.
function picture(place, block, sheet) {
  const old = place.querySelector(".kub-chart");
  if (!block.chart) {
    forget(place);
    const numbers = block.numbers ? element("dl") : null;
    if (numbers) KINDS.numbers(numbers, block.numbers);
    place.replaceChildren(numbers ?? "");
    return;
  }
  if (!old) place.replaceChildren();
  const node = old ?? element("div", { class: "kub-chart", role: "img", "data-key": block.key }, element("div", { class: "kub-plot" }));
  if (!old) place.append(node);
  const { height, select } = block.chart;
  if (!old) node.style.height = `${height}px`; // its place, until it is drawn
  waiting.set(node, [drawing(block, sheet.payload.lang), (point) => typeof point.customdata === "string" && pick(select, point.customdata, sheet)]);
}

// A point sets a name of the link; its control on the page knows which value is left out.
function pick(name, value, sheet) {
  const all = sheet.payload.blocks.flatMap((block) => (block.kind === "controls" ? block.items : []));
  choose(all.find((item) => item.name === name) ?? { name }, value);
}

// folded: whether the table opens at a click.
function actions(block, twin, sheet, folded) {
  const { payload, host, files } = sheet;
  const { words } = payload;
  const { key } = block;
  const bar = element("div", { class: "kub-actions" });
  if (folded) {
    const button = element("button", {
      type: "button", class: "kub-quiet", "aria-expanded": String(sheet.opened.has(key)), "aria-controls": twin.id, "data-focus": `table ${key}`,
    }, words.table);
    button.onclick = () => {
      const on = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(on));
      sheet.opened[on ? "add" : "delete"](key);
      if (on) fill(twin, block, sheet);
      else twin.replaceChildren();
    };
    bar.append(button);
  }
  const taken = words.writings.map((writing) => files.item(key, "csv", writing, { title: words[`csv_${writing}_help`] }, words[`csv_${writing}`]));
  taken.push(files.item(key, "xlsx", "", { title: words.xlsx_help }, words.xlsx));
  if (block.chart) taken.push(element("button", { type: "button", title: words.png_help, onclick: () => save(key) }, words.png));
  bar.append(menu(words.download, taken, `download ${key}`));
  if (block.tellable && host.visits) {
    const buttons = host.visits.map(([code, name]) =>
      element("button", { type: "button", onclick: () => host.add({ key, visit: code, page: payload.page, query: payload.query }) }, name));
    bar.append(menu(host.label, buttons, `keep ${key}`, host.help));
  }
  return bar;
}

// Rows that came with the page, and the way to more of them where they are the first of many.
function first(twin, block, sheet) {
  const { payload, opened } = sheet;
  if (opened.has(block.key)) return fill(twin, block, sheet);
  twin.replaceChildren(table(block.table, block.title, payload.words));
  if (!block.table.cut || !block.files) return;
  const more = element("button", { type: "button", class: "kub-quiet", "data-focus": `more ${block.key}` }, payload.words.more);
  more.onclick = async () => {
    opened.add(block.key);
    await fill(twin, block, sheet);
    twin.querySelector(".kub-rows-box")?.focus();
  };
  twin.append(more);
}

async function fill(twin, block, sheet) {
  const { payload, files, opened } = sheet;
  const of = plainOf(payload) + JSON.stringify(block);
  if (twin.kubOf === of && twin.firstElementChild) return;
  twin.kubOf = of;
  try {
    const rows = await files.rows(block.key);
    if (twin.kubOf === of && opened.has(block.key)) twin.replaceChildren(table(rows, block.title, payload.words));
  } catch {
    twin.kubOf = null;
    twin.replaceChildren(element("p", { class: "kub-sub" }, payload.words.lost));
  }
}

// Where the card went that was just added to a visit, and the way there.
function added(node, key, sheet) {
  const { kept } = sheet.host;
  if (kept?.key !== key) return node.replaceChildren();
  const link = kept.changes ? element("a", {}, kept.open) : null;
  if (link) follow(link, kept.changes, "visits");
  node.replaceChildren(element("p", { "data-tone": kept.tone }, kept.text), link ?? "");
}
