// What a point of a chart is, and what becomes of it: a click or Enter puts its codes into the address, which all charts
// follow; the pointer over it marks the same village, district, sector or year in the page's other charts, in the browser
// alone. A figure says the codes (kub/charts/cross_filter.py), its block which names of the link they are values of.
import { changed, current, go, here } from "./address.js";
import { pick } from "./choose.js";
import { anotherProgramme } from "./filters.js";
import { element, filled } from "./nodes.js";
import { prefetch } from "./page.js";

const SVG = "http://www.w3.org/2000/svg";
const charts = new Map(); // node of a chart -> what is known of its points
const TAP = 700; // ms in which Plotly hands over a tap twice, as touch and as mouse
const MOST = 3; // outlines around what is chosen; more marks of it stand out by their colour alone
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
let [touched, last, frame] = [false, null, 0];

// Called whenever a chart is drawn (chart.js). block: the card; sheet: the page it stands on.
export function answering(block, sheet) {
  return ({ node, plot, data }) => {
    const { selects = [], opens = "" } = block.chart;
    if (!selects.length) return leave(node);
    const known = charts.get(node) ?? begin(node, plot);
    const name = element("p", { class: "kub-hint", id: `kub-hint-${block.key}` }, sheet.payload.words[opens ? `pick_${opens}` : `pick_${kindOf(selects)}`] ?? "");
    node.parentElement.querySelector(".kub-hint")?.remove();
    node.after(name);
    if (known.figure !== data.figure) Object.assign(known, { figure: data.figure, points: null, marked: [] });
    Object.assign(known, { selects, opens, sheet });
    node.tabIndex = 0;
    node.setAttribute("role", "application");
    node.setAttribute("aria-roledescription", sheet.payload.words.pick_role ?? "");
    node.setAttribute("aria-describedby", name.id);
    node.onkeydown = (event) => keyboard(known, event);
    outline(known, "kub-hovered", known.marked);
    outline(known, "kub-chosen", opens ? [] : chosen(known), MOST);
  };
}

const KINDS = { unit: "detail", has: "detail", province: "detail", programme: "programme" };
const kindOf = ([name]) => KINDS[name] ?? "filter";

function begin(node, plot) {
  const known = { node, plot, at: null, tapped: -TAP };
  charts.set(node, known);
  plot.on("plotly_click", ({ points: [point], event }) => {
    if (codeOf(point) === null || (touched && performance.now() - known.tapped < TAP)) return;
    known.tapped = performance.now();
    node.focus({ preventScroll: true });
    choose(known, { code: codeOf(point), ...where(point) }, event.ctrlKey || event.shiftKey || event.metaKey);
  });
  plot.on("plotly_hover", ({ points: [point] }) => {
    if (touched) return; // a finger points at nothing before it chooses
    node.toggleAttribute("data-hand", codeOf(point) !== null);
    mark(known, codeOf(point));
  });
  plot.on("plotly_unhover", () => {
    node.removeAttribute("data-hand");
    mark(known, null);
  });
  node.addEventListener("pointerdown", () => node.hasAttribute("data-hand") && ready(known));
  node.addEventListener("blur", () => mark(known, null));
  return known;
}

function leave(node) {
  if (!charts.delete(node)) return;
  for (const name of ["tabindex", "aria-roledescription", "aria-describedby", "data-hand"]) node.removeAttribute(name);
  node.setAttribute("role", "img");
  node.onkeydown = null;
  node.querySelector(".kub-marks")?.remove();
  node.parentElement.querySelector(".kub-hint")?.remove();
}

// --- points and their codes ----------------------------------------------------------------------------------------

// The code of a point as Plotly hands it over; of an area that of the whole.
function codeOf({ customdata, data }) {
  const code = [customdata, data.meta].find((value) => typeof value === "string");
  return code ?? null;
}

const where = ({ curveNumber, pointNumber }) => ({ curve: curveNumber, number: pointNumber ?? 0 });

function pointsOf(known) {
  known.points ??= known.plot.data.flatMap((trace, curve) => {
    if (trace.hoverinfo === "skip") return [];
    const listed = trace.customdata ?? (typeof trace.meta === "string" ? [trace.meta] : []);
    if (trace.type === "heatmap") {
      return listed.flatMap((row, r) => row.map((code, c) => ({ curve, code, number: [r, c] })).filter(({ number: [y, x] }) => trace.z[y][x] !== null));
    }
    if (trace.stackgroup) return listed.length ? [{ curve, code: listed[0], number: 0, whole: true }] : [];
    return listed.map((code, number) => ({ curve, code, number })).filter(({ code }) => typeof code === "string");
  });
  return known.points;
}

// {villages: code, …}: what a point of this chart is.
function valuesOf({ selects }, code) {
  const parts = selects.length > 1 ? code.split(" ") : [code];
  return Object.fromEntries(selects.map((name, place) => [name, parts[place]]));
}

// Its name in words, as the chart has it beside its axes or in its label.
function nameOf(known, { curve, number, code }) {
  const trace = known.plot.data[curve];
  const plain = (text) => String(text).replace(/<br>.*/s, "").replace(/<[^>]*>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&").trim();
  if (known.selects[0] === "until") return code;
  if (Array.isArray(number)) return `${plain(trace.y[number[0]])} · ${plain(trace.x[number[1]])}`;
  if (trace.stackgroup) return plain(known.plot.layout.annotations.find(({ name }) => name === code)?.text ?? code);
  if (trace.name) return plain(trace.name);
  const { tickvals, ticktext } = known.plot.layout.yaxis ?? {};
  const row = trace.y?.[number];
  const tick = ticktext?.[tickvals?.indexOf(row) ?? -1] ?? (typeof row === "string" ? row : "");
  const label = Array.isArray(trace.hovertext) ? trace.hovertext[number] : typeof trace.text === "string" ? trace.text : "";
  if (known.selects[0] === "programme") return plain(label || tick || code).replace(/[,:].*/, "");
  return plain(tick || label || code);
}

// --- choosing ------------------------------------------------------------------------------------------------------

function choose(known, point, more) {
  const { sheet, selects, opens, plot } = known;
  const text = nameOf(known, point);
  if (opens || kindOf(selects) === "detail") {
    const name = opens || selects[0];
    const again = current()[name] === point.code;
    last = { known, clear: () => pick(name, "", sheet) };
    tell(sheet, again ? "unpicked" : "opened", text);
    return pick(name, again ? "" : point.code, sheet);
  }
  const next = changes(valuesOf(known, point.code), more);
  const taken = Object.values(next).every((value) => value === null || value.length === 0);
  last = kindOf(selects) === "programme" ? null : { known, clear: () => clear(known) }; // there is always a programme
  tell(sheet, taken ? "unpicked" : "picked", text);
  window.Plotly.Fx.unhover?.(plot);
  go(next);
}

// What a choice makes of the address, as it is at that moment: of two quick ones the later counts. more: whether it is
// added to what is chosen already, of years as the other end.
function changes(values, more) {
  const now = current();
  if ("until" in values) return years(values.until, now, more);
  if ("programme" in values) return anotherProgramme(values.programme);
  const names = Object.keys(values);
  const has = names.every((name) => now[name]?.includes(values[name]));
  if (more) return Object.fromEntries(names.map((name) => [name, has ? now[name].filter((code) => code !== values[name]) : [...(now[name] ?? []), values[name]]]));
  const alone = has && names.every((name) => now[name].length === 1);
  return Object.fromEntries(names.map((name) => [name, alone ? null : [values[name]]]));
}

function years(year, now, more) {
  if (now.until === year) return { until: null };
  if (more && now.until) return { since: year < now.until ? year : now.until, until: year < now.until ? now.until : year };
  return { until: year, ...(now.since > year ? { since: null } : {}) };
}

function clear({ selects }) {
  const names = selects[0] === "until" ? ["since", "until"] : selects;
  go(Object.fromEntries(names.map((name) => [name, null])));
}

// The button is down: the page behind the choice is asked for already.
function ready(known) {
  if (!known.over || known.opens || kindOf(known.selects) === "detail") return;
  prefetch(here().page, changed(changes(valuesOf(known, known.over), false)));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !last?.known.node.isConnected) return;
  if (event.target.closest?.("input, textarea, select, [role='dialog'], .kub-menu-box")) return;
  undo(last.known, last.clear);
});

function undo(known, clears) {
  last = null;
  tell(known.sheet, "unpicked_all", "");
  clears();
}

let status = null;

function tell(sheet, key, name) {
  status ??= document.body.appendChild(element("p", { class: "kub-hidden", role: "status" }));
  status.textContent = key ? filled(sheet.payload.words[key] ?? "", { name }, sheet.payload.lang) : name;
}

// Arrow keys walk over what can be chosen, Enter chooses it, Escape takes the chart's choice back.
function keyboard(known, event) {
  const byCode = new Map(pointsOf(known).map((point) => [point.code, point]));
  const codes = known.selects[0] === "until" ? [...byCode.keys()].sort() : [...byCode.keys()];
  if (event.key in STEPS && codes.length && !event.altKey) {
    const at = known.at === null ? -1 : codes.indexOf(known.at);
    known.at = codes[at < 0 ? (STEPS[event.key] > 0 ? 0 : codes.length - 1) : (at + STEPS[event.key] + codes.length) % codes.length];
    const point = byCode.get(known.at);
    const { hoverinfo, type } = known.plot.data[point.curve];
    if (hoverinfo !== "none" && type !== "heatmap" && !point.whole && known.plot.data[point.curve].hoveron !== "fills") {
      window.Plotly.Fx.hover(known.plot, [{ curveNumber: point.curve, pointNumber: point.number }]);
      known.node.removeAttribute("data-hand");
    }
    mark(known, known.at);
    tell(known.sheet, null, nameOf(known, point));
  } else if (event.key === "Enter" && byCode.has(known.at)) {
    choose(known, byCode.get(known.at), event.ctrlKey || event.shiftKey || event.metaKey);
  } else if (event.key === "Escape") {
    const names = known.opens ? [known.opens] : known.selects;
    if (kindOf(names) === "programme" || !names.some((name) => current()[name] !== undefined)) return;
    undo(known, known.opens || kindOf(known.selects) === "detail" ? () => pick(names[0], "", known.sheet) : () => clear(known));
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

// --- marking -------------------------------------------------------------------------------------------------------

document.addEventListener("pointermove", (event) => (touched = event.pointerType === "touch"), true);
document.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"), true);

// The same in every chart, once in a frame however fast the pointer moves.
function mark(known, code) {
  known.over = code;
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(() => {
    const values = code === null ? null : wider(valuesOf(known, code));
    for (const other of charts.values()) {
      if (!other.node.dataset.drawn) charts.delete(other.node); // cleared (chart.js)
      if (!other.node.isConnected) continue; // of a page that is kept for the way back
      other.marked = values ? pointsOf(other).filter((point) => alike(valuesOf(other, point.code), values)) : [];
      outline(other, "kub-hovered", other.marked);
    }
  });
}

// A village is in its district, whose code its own begins with.
function wider(values) {
  return values.villages && !values.districts ? { ...values, districts: values.villages.split(".").slice(0, -1).join(".") } : values;
}

function alike(own, values) {
  if (own.villages && !values.villages && values.districts) return own.villages.startsWith(`${values.districts}.`) && (!own.sectors || !values.sectors || own.sectors === values.sectors);
  const shared = Object.keys(own).filter((name) => name in values);
  return shared.length > 0 && shared.every((name) => own[name] === values[name]);
}

// The points that the address names, all of what they are.
function chosen(known) {
  const now = current(known.sheet.payload.query);
  return pointsOf(known).filter(({ code, curve }) => !onMap(known.plot.data[curve]) && Object.entries(valuesOf(known, code)).every(([name, value]) => [now[name] ?? []].flat().includes(value)));
}

// A village on a map has its colour; a ring would lie over its name.
const onMap = ({ mode, marker, hoveron }) => hoveron === "fills" || (mode === "markers" && marker?.opacity === 0 && marker.size <= 12);

// Outlines over a chart, which is not drawn again for them.
function outline(known, kind, points, most = Infinity) {
  const { node, plot } = known;
  let layer = node.querySelector(":scope > .kub-marks");
  if (!layer) {
    if (!points.length) return;
    layer = document.createElementNS(SVG, "svg");
    layer.setAttribute("class", "kub-marks");
    layer.setAttribute("aria-hidden", "true");
    node.append(layer);
  }
  const { transform, width, height } = plot.style;
  Object.assign(layer.style, { transform, width, height });
  layer.querySelectorAll(`.${kind}`).forEach((old) => old.remove());
  const drawn = new Set();
  for (const point of points) {
    const shape = ofCourse(plot, point) ? courseOf(plot, point) : shapeOf(plot, point);
    if (!shape) continue;
    const [tag, attributes] = shape;
    const key = JSON.stringify({ tag, ...attributes, r: 0 }); // a line and its last dot end in one place
    if (drawn.has(key)) continue;
    drawn.add(key);
    const mark = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries({ class: kind, ...attributes })) mark.setAttribute(name, value);
    layer.append(mark);
  }
  if (drawn.size > most) layer.querySelectorAll(`.${kind}`).forEach((mark) => mark.remove());
}

// Places on the axes as Plotly has them: it would take the name "2012" of a category for the 2012th.
const calculated = (plot, curve) => plot.calcdata.find((rows) => rows[0]?.trace?.index === curve) ?? [];
const axis = (layout, id, letter) => layout[`${letter}axis${(id ?? letter).slice(1)}`];

// [tag, attributes] of what lies around a point, in px of the drawing; null where it is out of sight.
function shapeOf(plot, { curve, number, whole }) {
  const [full, layout] = [plot._fullData?.[curve], plot._fullLayout];
  if (!full || full.visible !== true) return null;
  const [x, y] = [axis(layout, full.xaxis, "x"), axis(layout, full.yaxis, "y")];
  const box = (x0, x1, y0, y1) => [x0, x1, y0, y1].every(Number.isFinite)
    ? ["rect", { x: x._offset + Math.min(x0, x1) - 1, y: y._offset + Math.min(y0, y1) - 1, width: Math.abs(x1 - x0) + 2, height: Math.abs(y1 - y0) + 2, rx: 2 }] : null;
  if (full.type === "heatmap") return box(...[-0.47, 0.47].map((by) => x.c2p(number[1] + by)), ...[-0.46, 0.46].map((by) => y.c2p(number[0] + by)));
  if (full.type === "bar") {
    const bar = calculated(plot, curve).find(({ i }) => i === number);
    if (!bar) return null;
    return full.orientation === "h" ? box(x.c2p(bar.s0), x.c2p(bar.s1), y.c2p(bar.p0), y.c2p(bar.p1)) : box(x.c2p(bar.p0), x.c2p(bar.p1), y.c2p(bar.s0), y.c2p(bar.s1));
  }
  if (whole || full.hoveron === "fills") return path(full, x, y);
  const point = calculated(plot, curve)[number] ?? {};
  const [left, top] = [x._offset + x.c2p(point.x), y._offset + y.c2p(point.y)];
  return Number.isFinite(left) && Number.isFinite(top) ? ["circle", { cx: left, cy: top, r: Math.max(8, (full.marker?.size > 0 ? full.marker.size : 0) / 2 + 4) }] : null;
}

// A whole line that is one thing: a district's, a programme's.
const ofCourse = (plot, { curve, code }) => {
  const { type, customdata, x, hoveron } = plot.data[curve];
  return type === "scatter" && hoveron !== "fills" && !plot.data[curve].stackgroup && x.length > 2 && customdata?.every((other) => other === code);
};

function courseOf(plot, { curve }) {
  const [full, layout] = [plot._fullData[curve], plot._fullLayout];
  const [x, y] = [axis(layout, full.xaxis, "x"), axis(layout, full.yaxis, "y")];
  const places = calculated(plot, curve).map((point) => [x._offset + x.c2p(point.x), y._offset + y.c2p(point.y)]).filter((place) => place.every(Number.isFinite));
  return places.length ? ["path", { d: `M${places.map((place) => place.map(Math.round).join(" ")).join("L")}` }] : null;
}

// The fill of a trace may stand among the nodes of the one before it.
function path(full, x, y) {
  const d = full._fillElement?.node?.()?.getAttribute("d");
  return d ? ["path", { d, transform: `translate(${x._offset} ${y._offset})` }] : null;
}
