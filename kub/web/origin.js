// Where a number comes from: a panel under a card, opened by a word at its foot. What it shows is made by the server
// (kub/web/origin.py); its rows follow the filters of the page.
import { element, menu } from "./nodes.js";
import { table } from "./table.js";

const name = (key) => `origin ${key}`; // among what stands open on the page

// The word at the foot of a card. panel: the node in which it opens.
export function opener(key, panel, sheet) {
  const button = element("button", {
    type: "button", class: "kub-quiet", "aria-expanded": String(sheet.opened.has(name(key))), "aria-controls": panel.id, "data-focus": name(key),
  }, sheet.payload.words.origin);
  button.onclick = async () => {
    if (sheet.opened.has(name(key))) return shut(key, panel, sheet);
    sheet.opened.add(name(key));
    button.setAttribute("aria-expanded", "true");
    await fill(key, panel, sheet);
    panel.querySelector("h3")?.focus();
  };
  return button;
}

// A node for the panel, which stays as the card is drawn anew.
export const place = (key) => element("div", { class: "kub-provenance", id: `kub-provenance-${key}` });

// Draw it again where it stands open, since the view has changed; else leave nothing.
export function again(key, panel, sheet) {
  if (sheet.opened.has(name(key))) return fill(key, panel, sheet);
  panel.replaceChildren();
}

// Large numbers have no foot of their own: a line below them.
export function line(node, block, sheet) {
  if (!sheet.files?.behind) return node.replaceChildren();
  const panel = node.querySelector(".kub-provenance") ?? place(block.key);
  node.replaceChildren(element("div", { class: "kub-actions" }, opener(block.key, panel, sheet)), panel);
  again(block.key, panel, sheet);
}

function shut(key, panel, sheet) {
  sheet.opened.delete(name(key));
  panel.replaceChildren();
  panel.kubOf = null;
  const button = document.querySelector(`[aria-controls="${CSS.escape(panel.id)}"]`);
  button?.setAttribute("aria-expanded", "false");
  button?.focus();
}

async function fill(key, panel, sheet) {
  const of = `${sheet.payload.page}?${sheet.payload.query}`;
  panel.kubOf = of;
  panel.setAttribute("aria-busy", "true");
  try {
    const origin = await sheet.files.behind(key);
    if (panel.kubOf === of && sheet.opened.has(name(key))) draw(key, panel, sheet, origin);
  } catch {
    if (panel.kubOf === of) panel.replaceChildren(element("p", { class: "kub-sub", role: "status" }, sheet.payload.words.lost));
  } finally {
    panel.removeAttribute("aria-busy");
  }
}

function draw(key, panel, sheet, origin) {
  const { words } = origin;
  const head = element("h3", { tabindex: "-1", id: `${panel.id}-title` }, words.title);
  const inside = panel.contains(document.activeElement);
  const close = element("button", { type: "button", class: "kub-quiet", "data-focus": `close ${name(key)}`, onclick: () => shut(key, panel, sheet) }, words.close);
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-labelledby", head.id);
  panel.onkeydown = (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.stopPropagation();
    shut(key, panel, sheet);
  };
  panel.replaceChildren(
    element("div", { class: "kub-provenance-head" }, head, close),
    part(words.value, element("p", { class: "kub-provenance-value" }, origin.value), element("p", { class: "kub-sub" }, origin.measure ?? "")),
    origin.notes ? element("ul", { class: "kub-provenance-notes" }, origin.notes.map((note) => element("li", {}, note))) : "",
    origin.meanings ? part(words.meaning, meanings(origin.meanings)) : "",
    query(origin),
    origin.rows ? part(words.rows, origin.rows.map((rows) => behind(key, rows, sheet))) : "",
    origin.files ? part(words.files, table(origin.files, words.files, sheet.payload.words)) : "");
  if (inside) head.focus({ preventScroll: true }); // what had the focus is drawn anew
}

const part = (title, ...nodes) => element("section", {}, element("h4", {}, title), ...nodes);

const meanings = (items) => element("dl", { class: "kub-provenance-meanings" }, items.map(([term, says, formula]) =>
  element("div", {}, element("dt", {}, term), element("dd", {}, says, formula ? element("code", {}, formula) : null))));

// The query, folded; with the values that it was asked with.
function query({ sql, bound = [], copy, words }) {
  const state = element("span", { role: "status", class: "kub-note" });
  const button = element("button", { type: "button", class: "kub-quiet" }, words.copy);
  const text = code(sql);
  button.onclick = async () => {
    await copied(copy, text);
    state.textContent = words.copied;
    setTimeout(() => (state.textContent = ""), 2000);
  };
  return element("details", {}, element("summary", {}, words.sql),
    element("p", { class: "kub-sub" }, words.bound),
    element("dl", { class: "kub-provenance-bound" }, bound.map(([label, value]) => element("div", {}, element("dt", {}, `$${label}`), element("dd", {}, value)))),
    text, element("div", { class: "kub-provenance-copy" }, button, state));
}

const code = (text) => element("pre", { tabindex: "0" }, element("code", {}, text));

// Without a clipboard (no https, or refused) the text is chosen, to be copied by hand.
async function copied(text, node) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    window.getSelection().selectAllChildren(node);
    document.execCommand("copy");
  }
}

function behind(key, rows, sheet) {
  const { payload, files } = sheet;
  const { words } = payload;
  const item = (ending, writing, title, label) => files.rowsItem(key, rows.kind, ending, writing, { title }, label);
  const taken = words.writings.map((writing) => item("csv", writing, words[`csv_${writing}_help`], words[`csv_${writing}`]));
  if (rows.sheet) taken.push(item("xlsx", "", words.xlsx_help, words.xlsx));
  return element("div", { class: "kub-provenance-rows" },
    element("div", { class: "kub-provenance-head" },
      element("p", {}, element("b", {}, rows.title), element("span", { class: "kub-note" }, ` · ${rows.note}`)),
      menu(words.download, taken, `download ${name(key)} ${rows.kind}`)),
    rows.table ? table(rows.table, rows.title, words) : "",
    rows.cut ? element("p", { class: "kub-sub" }, rows.cut) : "",
    element("details", {}, element("summary", {}, "SQL"), code(rows.sql)));
}
