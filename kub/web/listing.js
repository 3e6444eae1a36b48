// The list of KUB (kub/web/listing.py): a grid that fetches its rows while it is scrolled, in our look and by keyboard.
// The grid itself is a library of its own (AG Grid Community), fetched when the first list is drawn and never before.
import { go } from "./address.js";
import { element, filled, follow, menu } from "./nodes.js";
import { SITE } from "./site.js";

const PAUSE = 300; // ms after the last key until a search is asked
const KEPT = 30; // blocks of rows that the browser holds
const ROW = 38; // px
const LINE = { width: 108, height: 26 };
let loading = null;

function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = element("script", { src: SITE.grid });
    script.onload = () => resolve(window.agGrid);
    script.onerror = () => {
      loading = null; // the next list tries again
      reject(new Error("not loaded"));
    };
    document.head.append(script);
  });
  return loading;
}

export function listing(node, block, sheet) {
  const state = (node.kubList ??= begun(node));
  const columns = block.columns.map((column) => column.name);
  Object.assign(state, { block, sheet, columns });
  bar(state);
  state.grid.setAttribute("aria-label", block.title);
  state.empty.replaceChildren(...(block.number ? [] : [element("p", { class: "kub-finding" }, block.texts.none), element("p", {}, block.texts.none_todo)]));
  state.box.hidden = !block.number;
  state.box.style.setProperty("--kub-rows", block.number);
  state.totals.setAttribute("aria-label", block.texts.totals);
  state.totals.replaceChildren(...block.totals.map(([value, name, note]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value), note ? element("dd", { class: "kub-sub" }, note) : null)));
  state.help.textContent = [block.number ? block.texts.help : "", block.texts.limit].filter(Boolean).join(" ");
  library().then((grid) => node.isConnected && show(state, grid)).catch(() => (state.status.textContent = sheet.payload.words.lost));
}

function begun(node) {
  const search = element("input", { type: "search", id: "kub-search", autocomplete: "off", spellcheck: "false", maxlength: "100", "data-focus": "search" });
  const label = element("label", { class: "kub-label", for: "kub-search" });
  const tools = element("div", { class: "kub-actions" });
  const grid = element("div", { class: "kub-grid" });
  const box = element("div", { class: "kub-grid-box" }, grid);
  const totals = element("dl", { class: "kub-totals" });
  const [empty, help, status] = [element("div", { class: "kub-text" }), element("p", { class: "kub-sub" }), element("p", { class: "kub-hidden", role: "status" })];
  node.replaceChildren(element("div", { class: "kub-list-bar" }, element("div", { class: "kub-search" }, label, search), tools), totals, empty, box, help, status);
  const state = { node, search, label, tools, grid, box, totals, empty, help, status, api: null, wait: 0 };
  search.oninput = () => {
    clearTimeout(state.wait);
    state.wait = setTimeout(() => searched(state), PAUSE);
  };
  search.onkeydown = (event) => event.key === "Enter" && searched(state);
  node.kubForget = () => state.api?.destroy();
  return state;
}

function searched(state) {
  clearTimeout(state.wait);
  const text = state.search.value.trim();
  if (text !== (state.block.search ?? "")) go({ search: text || null }, { replace: Boolean(state.block.search) });
}

// What stands above the grid: the search, the columns, the files.
function bar(state) {
  const { block, sheet, search, label } = state;
  const { texts } = block;
  label.textContent = texts.search;
  search.placeholder = texts.search_hint;
  if (document.activeElement !== search) search.value = block.search ?? "";
  const { words } = sheet.payload;
  const files = (block.files ?? []).map(([ending, writing, name, help, shown]) => element("a", { href: address(state, ending, writing, shown), download: true, title: help }, name));
  const drawnFrom = JSON.stringify([block.columns, block.files, sheet.payload.query, words.download]);
  if (state.drawnFrom === drawnFrom) return;
  state.drawnFrom = drawnFrom;
  state.tools.replaceChildren(chooser(state), menu(words.download, files, "list download"));
}

function address({ sheet }, ending, writing, shown) {
  const query = new URLSearchParams(sheet.payload.query);
  if (writing) query.set("writing", writing);
  if (!shown) query.set("part", "whole");
  return `${SITE.base}/api/explore/kubs.${ending}?${query}`;
}

// The columns, each with a box to tick; it stays open while several are chosen.
function chooser(state) {
  const { block } = state;
  const always = block.texts.always.split(" ");
  const boxes = block.columns.map((column) => {
    const tick = element("input", { type: "checkbox", checked: column.shown ?? false, disabled: always.includes(column.name), "data-focus": `column ${column.name}` });
    tick.checked = Boolean(column.shown);
    tick.onchange = () => chosen(state, column.name, tick.checked);
    return element("li", {}, element("label", {}, tick, column.heading));
  });
  const usual = element("button", { type: "button", class: "kub-quiet", onclick: () => go({ cols: null }) }, block.texts.usual);
  const details = element("details", { class: "kub-choose" }, element("summary", { class: "kub-quiet kub-drop", "data-focus": "columns" }, block.texts.columns), element("div", { class: "kub-choose-list" }, element("ul", {}, boxes), usual));
  details.open = Boolean(state.choosing);
  details.ontoggle = () => (state.choosing = details.open);
  details.onkeydown = (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.firstElementChild.focus();
  };
  return details;
}

function chosen({ block }, name, on) {
  const always = block.texts.always.split(" ");
  const names = block.columns.filter((column) => (column.name === name ? on : column.shown)).map((column) => column.name).filter((column) => !always.includes(column));
  const usual = block.columns.filter((column) => column.usual && !always.includes(column.name)).map((column) => column.name);
  // A link without any has the usual ones, so a list of none of the others names what is always there.
  go({ cols: String(names) === String(usual) ? null : names.length ? names : [always[0]] }, { replace: true });
}

// --- the grid ------------------------------------------------------------------------------------------------------

function show(state, grid) {
  const { block, sheet } = state;
  const listed = JSON.stringify([sheet.payload.query.replace(/(^|&)(kub|cols)=[^&]*/g, ""), block.number, sheet.payload.lang, block.rows?.[0]]);
  const defs = JSON.stringify([block.columns, block.sort, sheet.payload.lang]);
  if (!state.api) create(state, grid);
  else {
    state.drawing = true;
    if (state.defs !== defs) {
      state.api.setGridOption("columnDefs", definitions(state));
      fit(state);
    }
    if (state.rows !== listed) {
      state.api.setGridOption("datasource", source(state));
      if (block.number) state.api.ensureIndexVisible(0, "top"); // another list begins at its beginning
    }
    state.drawing = false;
  }
  Object.assign(state, { defs, rows: listed });
  if (state.opened !== block.opened) opened(state);
}

// Columns a little wider than they need be, so that the edge of the grid cuts none: the next begins behind it.
function fit({ api, grid }) {
  const room = grid.clientWidth - 3 - (grid.querySelector(".ag-body-vertical-scroll")?.offsetWidth ?? 0);
  const shown = (api?.getAllDisplayedColumns() ?? []).map((column) => [column.getColId(), column.getColDef().width]);
  let [count, used] = [0, 0];
  while (count < shown.length && used + shown[count][1] <= room) used += shown[count++][1];
  if (!count || room <= 0) return;
  const more = Math.floor((room - used) / count);
  api.setColumnWidths(shown.map(([key, width], at) => ({ key, newWidth: width + (at < count ? more : 0) + (at === count - 1 ? room - used - more * count : 0) })));
}

// The row whose profile is open is marked; a profile that has just opened is scrolled to.
function opened(state) {
  const before = state.opened;
  state.opened = state.block.opened ?? "";
  state.api.redrawRows();
  if (before === undefined || !state.opened) return;
  requestAnimationFrame(() => document.querySelector(".kub-panel")?.scrollIntoView({ block: "nearest", behavior: "smooth" }));
}

function create(state, grid) {
  const { block } = state;
  state.opened = block.opened ?? "";
  state.api = grid.createGrid(state.grid, {
    theme: look(grid),
    rowModelType: "infinite",
    columnDefs: definitions(state),
    defaultColDef: { resizable: true, suppressHeaderMenuButton: true, suppressMovable: false, sortingOrder: ["asc", "desc"], unSortIcon: false },
    datasource: source(state),
    cacheBlockSize: block.size,
    maxBlocksInCache: KEPT,
    maxConcurrentDatasourceRequests: 2,
    blockLoadDebounceMillis: 60,
    infiniteInitialRowCount: block.number,
    rowHeight: ROW,
    headerHeight: 42,
    ensureDomOrder: true,
    enableCellTextSelection: true,
    suppressDragLeaveHidesColumns: true,
    suppressMultiSort: true,
    animateRows: false,
    enableBrowserTooltips: true,
    getRowId: ({ data }) => data.id,
    rowClassRules: { "kub-opened": ({ data }) => Boolean(data) && data.id === state.opened },
    localeText: { ariaLabelLoadingCell: block.texts.loading, loadingOoo: block.texts.loading, noRowsToShow: block.texts.none },
    onGridSizeChanged: () => fit(state),
    onFirstDataRendered: () => fit(state),
    onSortChanged: ({ api }) => sorted(state, api),
    onCellKeyDown: ({ event, data }) => event.key === "Enter" && data && open(data.id),
    onRowClicked: ({ data, event }) => data && !event.defaultPrevented && !String(getSelection()) && open(data.id),
  });
  const table = state.grid.querySelector("[role=grid], [role=treegrid]");
  table?.setAttribute("aria-label", block.title);
}

const open = (id) => go({ kub: id });

function sorted(state, api) {
  if (state.drawing) return;
  const [column] = api.getColumnState().filter((item) => item.sort);
  const sort = column ? `${column.sort === "desc" ? "-" : ""}${column.colId}` : "name";
  if (sort !== state.block.sort) go({ sort: sort === "name" ? null : sort });
}

function definitions(state) {
  const { block, columns } = state;
  const [key, down] = [block.sort.replace(/^-/, ""), block.sort.startsWith("-")];
  const shown = block.columns.map((column) => ({
    colId: column.name,
    headerName: column.heading,
    width: column.width,
    hide: !column.shown,
    sortable: true,
    sort: column.name === key ? (down ? "desc" : "asc") : null,
    pinned: column.name === "name" && matchMedia("(min-width: 48rem)").matches ? "left" : null,
    sortingOrder: column.numeric ? ["desc", "asc"] : ["asc", "desc"],
    tooltipValueGetter: ({ value }) => value,
    type: column.numeric ? "rightAligned" : undefined,
    valueGetter: ({ data }) => data?.cells[columns.indexOf(column.name)],
    cellRenderer: column.name === "name" ? ({ data, value }) => named(state, data, value) : undefined,
  }));
  const line = {
    colId: "line", headerName: block.texts.lines, width: 176, sortable: false,
    valueGetter: ({ data }) => (data ? sentence(state, data) : ""),
    cellRenderer: ({ data, value }) => (data ? course(data.line, value) : ""),
  };
  const at = shown.findIndex((column) => column.colId === "members");
  shown.splice(at + 1, 0, line);
  return shown;
}

// The rows that came with the page are the first; the others are asked for by their place.
function source(state) {
  const { block, sheet } = state;
  return {
    rowCount: block.number,
    async getRows({ startRow, endRow, successCallback, failCallback }) {
      if (startRow === 0 && block.rows?.length) return successCallback(block.rows, block.number);
      const query = new URLSearchParams(sheet.payload.query);
      query.set("offset", startRow);
      query.set("limit", endRow - startRow);
      try {
        const answer = await fetch(`${SITE.base}/api/explore/rows?${query}`, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const { rows } = await answer.json();
        state.status.textContent = "";
        successCallback(rows, block.number);
      } catch {
        state.status.textContent = block.texts.lost;
        failCallback();
      }
    },
  };
}

function named(state, data, value) {
  if (!data) return element("span", { class: "kub-sub" }, state.block.texts.loading);
  const link = element("a", { tabindex: "-1" }, value);
  follow(link, { kub: data.id }, state.sheet.payload.page);
  const plain = link.onclick;
  link.onclick = (event) => {
    plain(event);
    event.preventDefault();
  };
  return link;
}

// --- a line of members ---------------------------------------------------------------------------------------------

function sentence({ block, sheet }, { line }) {
  const { texts } = block;
  if (!line) return texts.line_withheld;
  const known = line.filter(([, members]) => members !== null);
  if (!known.length) return texts.line_none;
  const [[since, first], [until, last]] = [known[0], known.at(-1)];
  const say = known.length > 1 ? texts.line : texts.line_single;
  return filled(say, { first, last, since: String(since), until: String(until) }, sheet.payload.lang);
}

// From zero to the most it ever had: a shape, not a measure; the sentence says the numbers.
function course(line, text) {
  const known = (line ?? []).filter(([, members]) => members !== null);
  if (!known.length) return element("span", { class: "kub-sub" }, text);
  const [first, last] = [known[0][0], known.at(-1)[0]];
  const most = Math.max(1, ...known.map(([, members]) => members));
  const x = (year) => 3 + (first === last ? 1 : (year - first) / (last - first)) * (LINE.width - 8);
  const y = (members) => 3 + (1 - members / most) * (LINE.height - 6);
  const svg = drawn("svg", { viewBox: `0 0 ${LINE.width} ${LINE.height}`, width: LINE.width, height: LINE.height, role: "img", "aria-label": text, class: "kub-line" });
  svg.append(
    drawn("polyline", { points: known.map(([year, members]) => `${x(year).toFixed(1)},${y(members).toFixed(1)}`).join(" ") }),
    drawn("circle", { cx: x(last), cy: y(known.at(-1)[1]), r: 2.5 }));
  return svg;
}

function drawn(tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

// The grid's own styles, made of our colours: they follow light, dark and forced colours by themselves.
const look = (grid) => grid.themeQuartz.withParams({
  backgroundColor: "var(--kub-background)",
  foregroundColor: "var(--kub-ink)",
  textColor: "var(--kub-ink)",
  accentColor: "var(--kub-accent)",
  borderColor: "var(--kub-line)",
  rowBorder: { color: "var(--kub-grid)" },
  headerBackgroundColor: "var(--kub-surface)",
  headerTextColor: "var(--kub-ink)",
  rowHoverColor: "var(--kub-surface)",
  browserColorScheme: "inherit",
  fontFamily: "inherit",
  fontSize: 14,
  headerFontWeight: 600,
  cellHorizontalPadding: 12,
  wrapperBorderRadius: 6,
  spacing: 6,
  focusShadow: "none",
});
