// An answer as a card: finding, chart or numbers, takeaway, source, and the ways to take it away.
import { drawing, save } from "./chart.js";
import { answering } from "./cross_filter.js";
import { element, follow, menu } from "./nodes.js";
import * as origin from "./origin.js";
import { forget, place } from "./place_charts.js";
import { table } from "./table.js";

const LONG = 9; // letters from which a large number is not drawn as large as the others (blocks.jinja)

// The address that a page was asked by: links of cards carry it.
export const askedBy = (payload) => `${payload.page}?${payload.query}`;

// The finding that opens a page: read as one sentence, its number first.
export function hero(node, { number, text }) {
  const small = [number.note && element("span", { class: `kub-note ${number.tone ?? ""}` }, number.lead ? led(number) : number.note), number.goal && element("span", { class: "kub-goal" }, number.goal)];
  node.replaceChildren(
    element("h2", {}, element("span", { class: `kub-number${number.value.length > LONG ? " long" : ""}` }, number.value), " ", element("span", { class: "kub-hero-text" }, text)),
    element("p", {}, small.filter(Boolean)));
}

export function numbers(node, block) {
  node.setAttribute("aria-label", block.label);
  node.className = "kub-strip";
  node.replaceChildren(...block.items.map((item) =>
    element("div", {}, element("dt", {}, item.label),
      element("dd", { class: `kub-number${item.value.length > LONG ? " long" : ""}` }, item.value),
      element("dd", { class: `kub-note ${item.tone ?? ""}` }, item.lead ? led(item) : (item.note ?? "")), item.goal ? element("dd", { class: "kub-goal" }, item.goal) : null)));
}

function led({ note, label, lead: [page, changes, title] }) {
  const link = element("a", { title, "data-focus": `lead ${label}` }, note);
  follow(link, changes, page);
  return link;
}

export function card(node, block, sheet) {
  const { key } = block;
  if (!node.firstElementChild) {
    const title = element("h2", { id: `kub-${key}` });
    node.append(title, element("p", { class: "kub-sub" }), element("div", { class: "kub-place" }), element("p", { class: "kub-take" }),
      element("div", { class: "kub-notes" }), element("div", { class: "kub-foot" }), element("div", { class: "kub-kept", role: "status" }), element("div", { class: "kub-twin", id: `kub-twin-${key}` }), origin.place(key));
    node.setAttribute("aria-labelledby", title.id);
    node.dataset.key = key;
  }
  const [title, sub, middle, take, notes, foot, kept, twin, behind] = node.children;
  node.dataset.look = block.look ?? "";
  title.textContent = block.title;
  sub.textContent = block.subtitle ?? "";
  take.textContent = block.takeaway ?? "";
  notes.replaceChildren(...(block.notes ? [element("h3", {}, block.notes_title), element("ul", {}, block.notes.map((note) => element("li", {}, note)))] : []));
  picture(middle, block, sheet);
  const folded = Boolean(block.chart) && !block.table;
  const open = folded && sheet.opened.has(key);
  foot.replaceChildren(element("p", { class: "kub-source" }, block.source ?? ""), block.files ? actions(block, twin, sheet, folded, behind) : "");
  if (block.files) origin.again(key, behind, sheet);
  added(kept, key, sheet);
  if (block.table) first(twin, block, sheet);
  else if (block.empty) twin.replaceChildren(element("p", { class: "kub-sub" }, block.empty));
  else if (open) fill(twin, block, sheet);
  else twin.replaceChildren();
}

// What stands in the middle of a card: its chart, or large numbers, or nothing.
function picture(middle, block, sheet) {
  const old = middle.querySelector(".kub-chart");
  if (!block.chart) {
    forget(middle);
    const list = block.numbers ? element("dl") : null;
    if (list) numbers(list, block.numbers);
    middle.replaceChildren(list ?? "");
    return;
  }
  if (!old) middle.replaceChildren();
  const node = old ?? element("div", { class: "kub-chart", role: "img", "data-key": block.key }, element("div", { class: "kub-plot" }));
  if (!old) middle.append(node);
  if (!old) node.style.height = `${block.chart.height}px`; // its place, until it is drawn
  place(node, drawing(block, sheet.payload.lang), answering(block, sheet));
}

// folded: whether the table opens at a click. behind: where the card says where its numbers come from.
function actions(block, twin, sheet, folded, behind) {
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
  bar.append(origin.opener(key, behind, sheet));
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
  twin.replaceChildren(table(block.table, block.title, payload.words, follow));
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
  const of = askedBy(payload) + JSON.stringify(block);
  if (twin.kubOf === of && twin.firstElementChild) return;
  twin.kubOf = of;
  try {
    const rows = await files.rows(block.key);
    if (twin.kubOf === of && opened.has(block.key)) twin.replaceChildren(table(rows, block.title, payload.words, follow));
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
