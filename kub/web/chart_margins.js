// The third part of chart.js (script.py joins them): room for the labels of the axes, known before the chart is drawn.
// Plotly's automatic margins are known after it only, and have the chart drawn a second time. What is here gives the same
// margins (tests/browser/test_margins.py lays both beside each other). Where an axis is of a kind not known here, Plotly finds them.

const LINES = 1.3; // of Plotly: px from line to line, for a letter of 1 px
const CAPITAL = 0.7; // of Plotly: height of a capital letter, for a letter of 1 px
const LIFT = 0.2; // of Plotly: from a drawn axis to its labels, and from a baseline to what stands below
const LEAST = 64; // px that Plotly keeps for the drawing, however long labels are
const MOST = 12; // px that Plotly leaves between labels and edge, less where a margin is smaller

let ruler = null;
const widths = new Map(); // font and text -> px
function textWidth(text, size, bold) {
  const key = `${bold ? 700 : 400} ${size}px ${LOOK.font}|${text}`;
  if (!widths.has(key)) {
    if (widths.size > 2000) widths.clear();
    ruler ??= document.createElement("canvas").getContext("2d");
    ruler.font = key.slice(0, key.indexOf("|"));
    const blanks = text.match(/[ \u00a0]/g)?.length ?? 0;
    const blank = ruler.measureText(" ").width; // an SVG gives it whole px, a canvas does not
    widths.set(key, ruler.measureText(text).width + blanks * (Math.ceil(blank) - blank));
  }
  return widths.get(key);
}

// {wide, lines} of a label, null of one that is drawn in another way than known here.
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&nbsp;": "\u00a0" };
function labelSize(text, size) {
  const plain = String(text).replace(/<(\/?b|\/span|span style="color: ?#\w+")>/g, "");
  const lines = plain.split(/<br ?\/?>/);
  const written = lines.map((line) => line.replace(/&(lt|gt|amp|nbsp);/g, (sign) => ENTITIES[sign]));
  if (/<|&#/.test(lines.join(""))) return null;
  return { wide: Math.max(...written.map((line) => textWidth(line, size, /<b>/.test(text)))), lines: lines.length };
}

// Numbers where Plotly puts them: multiples of 2, 5 or 10 times a power of ten, at most `nticks` of them.
function numbers({ range, nticks, tickformat, separatethousands }, separators) {
  const rough = Math.abs(range[1] - range[0]) / nticks;
  const base = 10 ** Math.floor(Math.log10(rough));
  const step = base * ([2, 5].find((round) => round >= rough / base) ?? 10);
  const grouped = tickformat === ",d" || (!tickformat && separatethousands);
  if (!grouped || step < 1) return null;
  const [low, high] = [Math.min(...range), Math.max(...range)];
  const values = [];
  for (let at = Math.ceil(low / step); at * step <= high; at += 1) values.push(at * step);
  const text = (value) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, separators[1]).replace("-", "\u2212");
  return { values, texts: values.map(text) };
}

// {values, texts, from, to}: what is written at an axis, and where it begins and ends; null where that is not known.
function ticks(axis, letter, traces, separators) {
  const { range, tickvals, ticktext, type } = axis;
  if (type === "category") {
    const named = [...new Set([...(axis.categoryarray ?? []), ...traces.flatMap((trace) => trace[letter] ?? [])])].filter((name) => name !== null).map(String);
    if (!range && !traces.some((trace) => ["bar", "heatmap"].includes(trace.type))) return null;
    const values = (tickvals ?? named).map((name) => named.indexOf(String(name))).filter((at) => at >= 0);
    const texts = ticktext ?? (tickvals ?? named).filter((name) => named.includes(String(name)));
    const [from, to] = range ?? [-0.5, named.length - 0.5];
    return axis.autorange === "reversed" ? { values, texts, from: to, to: from } : { values, texts, from, to };
  }
  const place = type === "date" ? (day) => Date.parse(day) : Number;
  if (tickvals && ticktext) {
    const values = tickvals.map(place);
    if (range) return { values, texts: ticktext, from: place(range[0]), to: place(range[1]) };
    // Bars stand in steps of one; another drawing may begin anywhere, but not beyond its own marks.
    const edge = traces.every((trace) => trace.type === "bar") ? 0.5 : 0;
    const ends = [Math.min(...values) - edge, Math.max(...values) + edge];
    if (axis.autorange === "reversed") ends.reverse();
    return { values, texts: ticktext, from: ends[0], to: ends[1] };
  }
  const counted = !tickvals && range && axis.nticks && (!type || type === "linear") && numbers(axis, separators);
  return counted ? { ...counted, from: range[0], to: range[1] } : null;
}

// What an axis needs: {side, depth, at, before, after}. depth: px beside the axis; at: where across the drawing it stands,
// 0 to 1; before, after: px that its labels stand out at its beginning and its end, as functions of its length.
function needs(name, layout, traces) {
  const letter = name[0];
  const template = layout.template.layout[`${letter}axis`];
  const axis = { ...template, ...layout[name], tickfont: { ...template.tickfont, ...layout[name]?.tickfont }, title: { ...template.title, ...layout[name]?.title } };
  const side = axis.side ?? (letter === "x" ? "bottom" : "left");
  if (axis.visible === false) return {};
  if (side === "right" || axis.scaleanchor || axis.overlaying || axis.mirror || axis.ticks || axis.matches) return null;
  const across = layout[(axis.anchor ?? name.replace(letter, letter === "x" ? "y" : "x")).replace(/^([xy])(?!axis)/, "$1axis")] ?? {};
  const size = axis.tickfont.size;
  const letters = layout[name]?.title?.font?.size ?? template.title.font.size;
  const entitled = axis.title.standoff === undefined ? letters : letters * CAPITAL + axis.title.standoff;
  if (axis.title.text && axis.title.standoff === undefined) return null;
  const [low, high] = across.domain ?? [0, 1];
  const at = side === "top" ? 1 - high : low;
  if (axis.showticklabels === false) return { side, depth: entitled, at };
  const blank = axis.ticktext?.every((text) => text === "");
  if (letter === "x" && axis.tickangle !== 0 && !blank) return null; // letters that lean, or might
  const written = ticks(axis, letter, traces.filter((trace) => (trace[`${letter}axis`] ?? letter) === name.replace("axis", "")), layout.separators);
  const sizes = written?.texts.map((text) => labelSize(text, size));
  if (!sizes || sizes.includes(null)) return null;
  const some = sizes.some(({ wide }) => wide > 0);
  const gap = (axis.ticklabelstandoff ?? 0) + (axis.showline ? LIFT * size : 0) + (axis.linewidth ?? 1);
  const lines = Math.max(1, ...sizes.map(({ lines }) => lines));
  const below = (side === "top" ? LIFT * size : Math.ceil(0.222 * size)) + size + (lines - 1) * LINES * size;
  const deep = letter === "y" ? Math.max(0, ...sizes.map(({ wide }) => wide)) : below;
  const half = ({ wide, lines: own }) => (letter === "x" ? wide / 2 : (1.24 + (own - 1) * LINES) * size / 2);
  const outside = (end) => (length) => Math.max(0, ...written.values.map((value, nth) => {
    const part = (value - written.from) / (written.to - written.from);
    return part < -1e-9 || part > 1 + 1e-9 ? 0 : half(sizes[nth]) - (end ? 1 - part : part) * length;
  }));
  return { side, depth: (some ? deep + gap : 0) + entitled, at, domain: axis.domain ?? [0, 1], before: outside(false), after: outside(true) };
}

// The layout with margins for the labels of its axes in a drawing of that size, px; as it was where they are not known.
function withMargins(layout, traces, width, height) {
  const margin = { ...layout.template.layout.margin, ...layout.margin };
  const axes = Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));
  const all = axes.map((name) => needs(name, layout, traces));
  const used = ["x", "y", ...traces.flatMap(({ xaxis = "x", yaxis = "y" }) => [xaxis, yaxis])];
  if (all.includes(null) || !used.every((name) => axes.includes(name.replace(/^[xy]/, "$&axis")))) return layout;
  const pad = Math.min(MOST, margin.l, margin.r, margin.t, margin.b);
  const SIDES = { left: ["l", "r", width], bottom: ["b", "t", height], top: ["t", "b", height] };
  const wanted = { ...margin };
  for (const { side, depth, at } of all) {
    if (!side) continue;
    const [own, other, whole] = SIDES[side];
    wanted[own] = Math.max(wanted[own], Math.round((depth + pad - at * (whole - wanted[other])) / (1 - at)));
  }
  for (const { side, domain, before, after } of all) {
    if (!before) continue;
    const [start, end, whole] = side === "left" ? ["b", "t", height] : ["l", "r", width];
    const room = whole - wanted[start] - wanted[end];
    const length = room * (domain[1] - domain[0]);
    wanted[start] = Math.max(wanted[start], Math.round(before(length) + pad - domain[0] * room));
    wanted[end] = Math.max(wanted[end], Math.round(after(length) + pad - (1 - domain[1]) * room));
  }
  const left = [width - wanted.l - wanted.r, height - wanted.t - wanted.b];
  if (Math.min(...left) < LEAST) return layout; // Plotly takes some of the labels' room for the drawing
  const still = Object.fromEntries(axes.map((name) => [name, { ...layout[name], automargin: false }]));
  return { ...layout, ...still, margin: wanted };
}
