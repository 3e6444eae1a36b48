// The editor of SQL (kub/web/sql_blocks.py): a text, the tables it may ask of, and what became of it. A statement that
// comes with a link is shown and runs at a click; what was run in this window is kept, so that Back shows it again.
import { go, here } from "./address.js";
import { drawing } from "./chart.js";
import { element, filled, folded, follow, menu } from "./nodes.js";
import { forget, place, putCharts } from "./place_charts.js";
import { table } from "./table.js";

const KEPT = 20;
const answers = new Map(); // role, language and statement -> what became of it
const ran = new Set(); // statements that had an answer in this window: in another language or role they run again

export function sql(node, block, sheet) {
  const { text, ...rest } = block;
  const drawnFrom = JSON.stringify([rest, sheet.payload.stamp]);
  const state = (node.kubSql ??= { link: "" });
  const typed = state.area && text === state.link ? state.area.value : (text ?? "");
  Object.assign(state, { node, block, link: text ?? "", words: sheet.payload.words, lang: sheet.payload.lang, stamp: sheet.payload.stamp, host: sheet.host, view: { page: sheet.payload.page, query: sheet.payload.query } });
  if (state.drawnFrom !== drawnFrom) build(state);
  state.drawnFrom = drawnFrom;
  if (state.area.value !== typed) write(state, typed);
  outcome(state);
}

function build(state) {
  const { node, block } = state;
  const say = block.texts;
  const area = element("textarea", {
    class: "kub-sql-text", rows: "10", spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off", maxlength: block.longest,
    "aria-label": say.editor, "aria-describedby": "kub-sql-help", placeholder: say.placeholder, "data-focus": "sql editor",
  });
  const lines = element("div", { class: "kub-sql-lines", "aria-hidden": "true" });
  const run = element("button", { type: "button", class: "kub-sql-run", "data-focus": "sql run", onclick: () => start(state) }, say.run);
  const stop = element("button", { type: "button", class: "kub-sql-stop", hidden: true, "data-focus": "sql stop", onclick: () => state.abort?.abort() }, say.cancel);
  const examples = block.examples.map(([label, text]) => element("button", { type: "button", onclick: () => chosen(state, text) }, label));
  const status = element("p", { class: "kub-sql-status", role: "status" });
  const result = state.result ?? element("div", { class: "kub-sql-result" });
  const old = state.area?.value ?? "";
  Object.assign(state, { area, lines, run, stop, status, result });
  node.replaceChildren(
    element("div", { class: "kub-sql-main" },
      element("h2", {}, block.title), element("p", { class: "kub-sub" }, block.note),
      element("div", { class: "kub-sql-editor" }, lines, area),
      element("div", { class: "kub-sql-bar" }, run, stop, menu(say.examples, examples, "sql examples"), element("p", { class: "kub-sub", id: "kub-sql-help" }, say.editor_help)),
      status, result),
    tables(state));
  area.oninput = () => numbered(state);
  area.onscroll = () => (lines.scrollTop = area.scrollTop);
  area.onkeydown = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    start(state);
  };
  write(state, old);
  fetch(address(state), request({})).catch(() => {}); // a process is ready when it is wanted
}

function write(state, text) {
  state.area.value = text;
  numbered(state);
}

function numbered(state, wrong) {
  const count = state.area.value.split("\n").length;
  state.lines.replaceChildren(...Array.from({ length: count }, (_, at) => element("span", { class: at + 1 === wrong ? "kub-wrong" : null }, String(at + 1))));
  state.lines.scrollTop = state.area.scrollTop;
}

// An example takes the place of what is there, so that Ctrl+Z brings that back.
function chosen(state, text) {
  state.area.focus();
  state.area.select();
  if (!document.execCommand("insertText", false, text)) write(state, text);
  numbered(state);
  start(state);
}

function insert(state, name) {
  const { area } = state;
  area.focus();
  if (!document.execCommand("insertText", false, name)) area.setRangeText(name, area.selectionStart, area.selectionEnd, "end");
  numbered(state);
}

// --- the tables beside ----------------------------------------------------------------------------------

function tables(state) {
  const { block } = state;
  const say = block.texts;
  const find = element("input", { type: "search", class: "kub-sql-find", "aria-label": say.find, placeholder: say.find, "data-focus": "sql find" });
  const groups = Object.entries(block.kinds).map(([kind, label]) => {
    const listed = block.tables.filter((entry) => entry.kind === kind).map((entry) => offer(state, entry));
    return listed.length ? element("section", {}, element("h3", {}, label), listed) : null;
  });
  const box = element("aside", { class: "kub-sql-tables", "aria-label": say.tables }, element("h2", {}, say.tables), element("p", { class: "kub-sub" }, say.tables_help), find, groups);
  find.oninput = () => {
    const wanted = folded(find.value.trim());
    for (const node of box.querySelectorAll("details")) node.hidden = !node.kubText.includes(wanted);
    for (const group of box.querySelectorAll("section")) group.hidden = !group.querySelector("details:not([hidden])");
  };
  return box;
}

function offer(state, entry) {
  const name = (text, what, attributes) =>
    element("button", { type: "button", ...attributes, title: filled(state.block.texts.insert, { name: text }), onclick: () => insert(state, text) }, element("code", {}, text), what);
  const node = element("details", {}, element("summary", {}, element("code", {}, entry.name), element("span", {}, entry.meaning ?? "")));
  node.kubText = folded([entry.name, entry.meaning, ...entry.columns.flatMap(([column, , meaning]) => [column, meaning])].join(" "));
  node.ontoggle = () => {
    if (!node.open || node.children.length > 1) return;
    node.append(name(entry.name, "", { class: "kub-sql-name" }), element("ul", {}, entry.columns.map(([column, kind, meaning]) =>
      element("li", {}, name(column, element("span", {}, element("i", {}, kind.toLowerCase()), meaning ? ` ${meaning}` : ""))))));
  };
  return node;
}

// --- running ----------------------------------------------------------------------------------------------

const request = (body) => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
const keyOf = (state, text) => JSON.stringify([state.stamp, state.lang, text]);

// Of the page's link what says role and language; the statement itself stands in the body.
function address(state) {
  const query = new URLSearchParams(here().query);
  query.delete("sql");
  return `${state.block.address}?${query}`;
}

async function start(state) {
  const text = state.area.value.trim();
  const say = state.block.texts;
  state.abort?.abort();
  const abort = (state.abort = new AbortController());
  const key = keyOf(state, text);
  const url = address(state);
  state.unlinked = encodeURIComponent(text).length > state.block.longest_link;
  answers.delete(key);
  numbered(state);
  const begun = performance.now();
  const tell = () => (state.status.textContent = filled(say.running, { seconds: String(Math.round((performance.now() - begun) / 1000)) }));
  const ticking = setInterval(tell, 1000);
  const slow = setTimeout(tell, 300);
  working(state, true);
  if (!state.unlinked && text !== state.link) go({ sql: text || null });
  let payload;
  try {
    const answer = await fetch(url, { ...request({ sql: text }), signal: abort.signal });
    payload = await answer.json();
  } catch {
    payload = abort.signal.aborted ? null : { problem: say.lost };
  }
  clearInterval(ticking);
  clearTimeout(slow);
  if (payload) keep(key, payload);
  if (payload?.table) ran.add(text);
  if (state.abort !== abort) return; // a newer one is on its way
  state.abort = null;
  working(state, false);
  state.shown = { text, payload };
  outcome(state, true);
}

function keep(key, payload) {
  answers.set(key, payload);
  if (answers.size > KEPT) answers.delete(answers.keys().next().value);
}

function working(state, on) {
  const [from, to] = on ? [state.run, state.stop] : [state.stop, state.run];
  to.hidden = false;
  if (document.activeElement === from) to.focus({ preventScroll: true }); // whoever typed goes on typing
  from.hidden = true;
  state.result.classList.toggle("kub-busy", on);
}

// What became of the statement of the link. fresh: it has just been run.
function outcome(state, fresh = false) {
  if (state.abort) return;
  const say = state.block.texts;
  const text = fresh ? state.shown.text : state.link;
  const payload = fresh ? state.shown.payload : answers.get(keyOf(state, text));
  state.status.textContent = "";
  if (!payload && !fresh && ran.has(text)) return void start(state);
  if (!payload) {
    if (text && !fresh) state.status.textContent = say.not_run;
    forget(state.result);
    state.result.replaceChildren();
    return;
  }
  if (state.unlinked && fresh) state.status.textContent = say.not_linked;
  if (payload.problem) fault(state, payload, fresh);
  else rows(state, payload, text);
}

function fault(state, payload, fresh) {
  const say = state.block.texts;
  const { line, sign } = payload;
  const where = line ? filled(sign ? say.place : say.place_line, { line: String(line), sign: String(sign) }) : "";
  forget(state.result);
  state.result.replaceChildren(element("div", { class: "kub-notice kub-sql-fault", role: "alert" },
    element("p", {}, element("b", {}, payload.problem), where ? ` ${where}.` : "", payload.like ? ` → ` : "", payload.like ? element("code", {}, payload.like) : ""),
    element("p", {}, payload.todo ?? ""),
    payload.detail ? element("details", {}, element("summary", {}, say.detail), element("pre", {}, payload.detail)) : null));
  numbered(state, line);
  if (!fresh || !line) return;
  const before = state.area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  state.area.focus({ preventScroll: true });
  state.area.setSelectionRange(before + (sign ?? 1) - 1, before + (sign ?? 1) - 1);
}

function rows(state, payload, text) {
  const { words, lang, block } = state;
  const parts = [];
  forget(state.result);
  if (payload.chart) {
    const node = element("div", { class: "kub-chart", role: "img", "data-key": "sql-result" }, element("div", { class: "kub-plot" }));
    node.style.height = `${payload.chart.height}px`;
    place(node, drawing({ key: "sql-result", title: text, chart: payload.chart }, lang), () => {});
    parts.push(element("div", { class: "kub-place" }, node));
  }
  if (payload.table) parts.push(table(payload.table, payload.title, words));
  const taken = (block.files ?? []).map(([ending, writing, label, help]) =>
    element("button", { type: "button", title: help || null, onclick: () => download(state, text, ending, writing) }, label));
  state.result.replaceChildren(
    element("h2", {}, payload.title),
    element("p", { class: "kub-sub" }, [...payload.notes, payload.empty ?? payload.no_chart ?? ""].filter(Boolean).join(" · ")),
    ...parts,
    element("div", { class: "kub-foot" }, element("p", { class: "kub-source" }, payload.source),
      payload.table ? element("div", { class: "kub-actions" }, menu(state.block.texts.download, taken, "download sql")) : null),
    ...(payload.table && state.host?.visits ? keeping(state, payload, text) : []));
  putCharts();
}

// For a host: the query as a step of a visit, under a title that may be typed, and where it went.
function keeping(state, payload, text) {
  const { host, view, block } = state;
  const say = block.texts;
  if (state.keepOf !== text) Object.assign(state, { keepOf: text, keepTitle: "", keepShow: "chart" });
  const title = element("input", { type: "text", maxlength: "200", placeholder: payload.step, value: state.keepTitle, "data-focus": "sql keep title", oninput: () => (state.keepTitle = title.value) });
  const show = payload.chart ? element("select", { "data-focus": "sql keep show", onchange: () => (state.keepShow = show.value) },
    ["chart", "table"].map((name) => element("option", { value: name, selected: state.keepShow === name }, say[name]))) : null;
  const buttons = host.visits.map(([visit, name]) =>
    element("button", { type: "button", onclick: () => host.add({ key: "sql", visit, ...view, sql: text, title: title.value, show: show?.value ?? "table" }) }, name));
  const { kept } = host;
  const mine = kept?.key === "sql" ? kept : null;
  const way = mine?.changes ? element("a", {}, mine.open) : null;
  if (way) follow(way, mine.changes, "visits");
  return [
    element("div", { class: "kub-sql-keep" },
      element("label", {}, element("span", {}, say.own_title), title),
      show ? element("label", {}, element("span", {}, say.shape), show) : null,
      menu(host.label, buttons, "keep sql", say.keep_help)),
    element("div", { class: "kub-kept", role: "status" }, mine ? element("p", { "data-tone": mine.tone }, mine.text) : null, way),
  ];
}

async function download(state, text, ending, writing) {
  try {
    const answer = await fetch(address(state), request({ sql: text, ending, writing }));
    if (!answer.ok) throw new Error(String(answer.status));
    const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "");
    const href = URL.createObjectURL(await answer.blob());
    element("a", { href, download: name?.[1] ?? `kub-sql.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  } catch {
    state.status.textContent = state.block.texts.lost;
  }
}
