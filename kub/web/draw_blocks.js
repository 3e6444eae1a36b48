// Blocks (kub/web/blocks.py) as nodes of the page. A block that says what it said before is left alone, and a chart
// keeps its node whatever changes around it.
import { against } from "./against.js";
import { resume } from "./chart.js";
import { choose } from "./choose.js";
import { combobox } from "./combobox.js";
import { askedBy, card, hero, numbers } from "./draw_card.js";
import { sql } from "./draw_sql.js";
import { element, filled, follow } from "./nodes.js";
import { contents, explanations } from "./long_page.js";
import { line } from "./origin.js";
import { listing } from "./listing.js";
import { forget, putCharts } from "./place_charts.js";
import { table } from "./table.js";
import { year } from "./year.js";

const MOST_KEPT = 4; // pages beside the one that stands
const UNKEPT = ".kub-listing, .kub-sql"; // a grid and an editor hold more than is drawn of them

// Draw a payload (page, query, lang, words, blocks) in a node, and end when every chart is drawn.
// host: who may add cards to a visit, and what became of the last one; cards are drawn anew where it changed.
// files: where a card's rows and files come from (files.js).
export function drawn(node, payload, { host = {}, files = null } = {}) {
  const sheet = (node.kubSheet ??= { opened: new Set() });
  const from = sheet.payload?.page ?? payload.page;
  if (from !== payload.page) sheet.opened.clear();
  Object.assign(sheet, { payload, host, files, seen: JSON.stringify([host.visits, host.kept, payload.lang, askedBy(payload)]) });
  node.dataset.page = payload.page;
  refocused(node, () => {
    if (from !== payload.page) turn(node, from, payload.page);
    reconcile(node, payload.blocks, sheet);
  });
  return putCharts();
}

// The page that is left is kept as it stands, and the one that comes stands again if it was kept: what it says is compared
// with what it is to say, and only what differs is drawn.
function turn(node, from, to) {
  const pages = (node.kubPages ??= new Map());
  if (node.querySelector(UNKEPT)) [...node.children].forEach(gone);
  else pages.set(from, [...node.children]);
  node.replaceChildren(...(pages.get(to) ?? []));
  pages.delete(to);
  resume(node);
  if (pages.size > MOST_KEPT) drop(pages, pages.keys().next().value);
}

function drop(pages, page) {
  pages.get(page).forEach(gone);
  pages.delete(page);
}

// Nothing that was drawn in a node, or is kept of it, is wanted any more.
export function forgetPages(node) {
  const pages = node.kubPages ?? new Map();
  [...pages.keys()].forEach((page) => drop(pages, page));
  [...node.children].forEach(gone);
}

function gone(node) {
  forget(node);
  node.kubForget?.();
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
    const drawnFrom = JSON.stringify(block) + (["card", "columns", "panel", "origin", "sql"].includes(block.kind) ? sheet.seen : "");
    if (node.kubDrawnFrom === drawnFrom) continue;
    node.kubDrawnFrom = drawnFrom;
    KINDS[block.kind](node, block, sheet);
  }
  for (const node of before.values()) {
    gone(node);
    node.remove();
  }
}

const TAGS = { contents: "nav", numbers: "dl", definitions: "dl", disclosure: "details", card: "section", panel: "section", listing: "section", head: "header" };

function action(item, sheet, attributes = {}) {
  const node = element("a", { title: item.help, "data-focus": `action ${item.label}`, ...attributes }, item.label);
  follow(node, item.changes ?? {}, sheet.payload.page);
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
      const node = action(chip, sheet, { class: "kub-chip", "aria-label": chip.help, "data-tone": chip.tone });
      node.append(element("span", { "aria-hidden": "true" }, " ×"));
      return node;
    });
    node.replaceChildren(
      element("div", { class: "kub-title" }, element("h1", { tabindex: "-1" }, block.name), element("p", { class: "kub-question" }, block.question)),
      block.scope
        ? element("div", { class: "kub-scope-line" },
          element("p", { class: "kub-scope" }, block.scope),
          block.beside ? element("p", { class: "kub-beside" }, block.beside) : null,
          block.against ? against(block.against, sheet.payload.lang) : null,
          chips.length ? element("div", { class: "kub-chips" }, chips) : null)
        : "",
      ...(block.notices ?? []).map((item) => notice(item, sheet)));
  },

  notices(node, block, sheet) {
    node.replaceChildren(...block.items.map((item) => notice(item, sheet)));
  },

  hero,

  numbers,

  origin: line,

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

  section(node, block) {
    node.replaceChildren(element("h2", { id: block.anchor }, block.text), block.note ? element("p", { class: "kub-sub" }, block.note) : "");
  },

  // header.js moves the focus there, for a fragment would add to the address.
  basis(node, block) {
    node.replaceChildren(element("p", {}, block.text));
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

  contents,

  explanations,

  disclosure(node, block, sheet) {
    const open = () => node.open && node.children.length === 1 && node.append(table(block.table, block.title, sheet.payload.words));
    node.replaceChildren(element("summary", { "data-focus": `open ${block.key}` }, element("code", {}, block.name), ` · ${block.title}`));
    node.ontoggle = open;
    open();
  },

  card,

  listing,

  sql,

  year,
};

// --- controls ----------------------------------------------------------------------------------------

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
