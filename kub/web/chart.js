// The chart component's browser half. assets.py puts `const LOOK = {...}` in front of it.
// Plotly.react keeps the node: st.plotly_chart destroys and rebuilds a chart whenever its data changes.

const ID = {
  moduleType: "locale", name: "id", dictionary: {},
  format: {
    days: ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"], shortDays: ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"],
    months: ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"],
    shortMonths: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    periods: ["AM", "PM"], dateTime: "%A, %e %B %Y %X", date: "%d/%m/%Y", time: "%H.%M.%S",
    decimal: ",", thousands: ".", year: "%Y", month: "%b %Y", dayMonth: "%e %b", dayMonthYear: "%e %b %Y",
  },
};
const NARROW = 520; // px: below it, or below layout.meta.below, layout.meta.narrow of a figure applies
const charts = new Map(); // key -> what is drawn there, for the picture button
const states = new Map(); // node -> the same, of pages too that are kept for the way back
let [plotly, fontData, ready] = [null, null, false];

export function library() {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(LOOK.plotly, document.baseURI).href;
    script.onload = () => {
      window.Plotly.register(ID);
      resolve(window.Plotly);
    };
    script.onerror = () => {
      plotly = null; // the next change tries again
      reject(new Error(`not loaded: ${script.src}`));
    };
    document.head.append(script);
  });
  return plotly;
}

// Plotly measures text before it draws: with the font missing, labels would be cut or overlap.
function font() {
  const wait = new Promise((resolve) => setTimeout(resolve, 1500));
  return Promise.race([Promise.all([document.fonts.load(`400 13px "${LOOK.family}"`), document.fonts.load(`700 13px "${LOOK.family}"`)]), wait]);
}

// Taken from what is painted, not from the server: its word is a run late after a change of theme. Asking it has the
// browser lay out what has just been drawn, so charts that are drawn together ask once.
let painted = null;
function paintedMode() {
  if (!painted) queueMicrotask(() => (painted = null));
  painted ??= modeOfPage();
  return painted;
}

function modeOfPage() {
  const [r, g, b] = (getComputedStyle(document.querySelector(".stApp") ?? document.body).backgroundColor.match(/\d+/g) ?? [255, 255, 255]).map(Number);
  return 0.299 * r + 0.587 * g + 0.114 * b < 128 ? "dark" : "light";
}

const back = Object.fromEntries(Object.entries(LOOK.swap).map(([light, dark]) => [dark, light]));
function turned(value, map) {
  if (typeof value === "string") return value.replace(/(^|color: ?)(#[0-9a-f]{6})\b/gi, (all, lead, hex) => lead + (map[hex.toUpperCase()] ?? hex));
  if (Array.isArray(value)) return value.map((item) => turned(item, map));
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, turned(item, map)]));
  return value;
}

function merged(base, patch) {
  if (!patch || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const out = { ...base };
  for (const key of Object.keys(patch)) out[key] = merged(base?.[key], patch[key]);
  return out;
}

// {data, layout, config} as they are to be drawn: mode, template, numbers of the language, width.
function dressed(data, mode, width) {
  const { data: traces, layout } = turned(data.figure, mode === "dark" ? LOOK.swap : back);
  const separators = data.lang === "en" ? ".," : ",.";
  const full = { template: LOOK.templates[mode][data.scale], separators, ...layout, height: data.height, autosize: true };
  const config = { displayModeBar: false, displaylogo: false, showSendToCloud: false, scrollZoom: false, doubleClick: false, locale: data.lang };
  return { data: traces, layout: width < (layout.meta?.below ?? NARROW) ? merged(full, layout.meta?.narrow ?? {}) : full, config };
}

function start(node) {
  const plot = node.querySelector(".kub-plot");
  const state = { node, plot, width: 0 };
  // Streamlit's columns change their width without any window event, in many small steps.
  state.watch = new ResizeObserver(() => {
    clearTimeout(state.later);
    const moved = Math.abs(node.clientWidth - state.width) > 1 || (state.data?.fill && Math.abs(node.clientHeight - state.tall) > 1);
    if (moved) state.later = setTimeout(() => show(state), state.drawn && !state.data.fill ? 80 : 0);
  });
  state.watch.observe(node);
  states.set(node, state);
  return state;
}

async function show(state) {
  const data = state.data;
  const turn = (state.turn = (state.turn ?? 0) + 1);
  if (!ready) await Promise.all([library(), font()]);
  ready = true;
  // Charts that are drawn together are all measured before the first is drawn: each look at what has just been drawn
  // has the browser lay out the whole page.
  const [mode, width, wide, tall] = [paintedMode(), fit(state), state.node.clientWidth, state.node.clientHeight];
  await null;
  const { Plotly } = window;
  if (turn !== state.turn || !state.node.isConnected) return; // a newer figure is on its way
  if (!width) return; // in a closed tab; the observer calls again when it opens
  state.mode = mode;
  const { data: traces, layout, config } = dressed(data, mode, width);
  // On the stage another figure is another question: react would leave it the margins of the one before.
  const put = data.fill && state.shown !== data.figure ? Plotly.newPlot : Plotly.react;
  state.shown = data.figure;
  await put(state.plot, traces, sized(state, layout, traces, width), config);
  thinned(state.plot);
  [state.width, state.tall] = [wide, tall];
  state.drawn = true;
  state.answering?.(state);
  state.node.dataset.drawn = String(turn);
}

// As wide as its place, and as high: a figure may ask for less on a phone (layout.meta.narrow.height).
function sized(state, layout, traces, width) {
  const height = state.data.fill ? state.high : layout.height;
  return { ...withMargins(layout, traces, width, height), width, height };
}

// What paint takes, of a card (kub/web/blocks.py).
export function drawing({ key, title, subtitle = "", chart }, lang) {
  const { figure, alt, height, file, line } = chart;
  return { key, figure, alt, height, filename: file, title, subtitle, source: line, lang, scale: "1.0", fill: 0, tall: 0 };
}

// Draw data in a node, which keeps its drawing as long as it is of one key. answering: called with what is drawn, each
// time, by whoever lets its points be chosen (cross_filter.js).
export function paint(node, data, answering) {
  const state = states.get(node) ?? start(node);
  charts.set(data.key, state);
  const seen = JSON.stringify(data) + paintedMode();
  state.answering = answering;
  if (state.seen === seen) return state.drawn && answering?.(state);
  const figure = typeof data.figure === "string" ? JSON.parse(data.figure) : data.figure;
  Object.assign(state, { seen, data: { ...data, figure } });
  node.setAttribute("aria-label", data.alt);
  show(state);
}

// The page may have turned dark or light.
export function repaint() {
  const mode = paintedMode();
  for (const state of charts.values()) if (state.drawn && state.mode !== mode) show(state);
}

// A page that was kept stands again: its charts are those of their keys.
export function resume(node) {
  for (const chart of node.querySelectorAll(".kub-chart")) {
    const state = states.get(chart);
    if (state) charts.set(state.data.key, state);
  }
  repaint();
}

export function clear(key, node) {
  const state = states.get(node);
  if (!state) return;
  states.delete(node);
  if (charts.get(key) === state) charts.delete(key); // else another one is drawn under this key
  delete node.dataset.drawn;
  state.watch.disconnect();
  clearTimeout(state.later);
  if (state.drawn) window.Plotly.purge(state.plot);
}

// --- the picture: chart, title, subtitle and source in one PNG, 1600 px wide ------------------------

const WIDE = 800;
const EDGE = 32;

async function fontRule() {
  fontData ??= fetch(new URL(LOOK.fontFile, document.baseURI))
    .then((answer) => answer.blob())
    .then((blob) => new Promise((resolve) => Object.assign(new FileReader(), { onload: (event) => resolve(event.target.result) }).readAsDataURL(blob)));
  return `<style>@font-face{font-family:"${LOOK.family}";src:url(${await fontData}) format("woff2");font-weight:200 800}</style>`;
}

// A picture drawn from SVG sees none of the page's fonts: the font travels inside it.
async function chartImage(state, mode) {
  const { data, layout, config } = dressed(state.data, mode, WIDE);
  const width = WIDE - 2 * EDGE;
  const address = await window.Plotly.toImage({ data, layout: { ...withMargins(layout, data, width, state.data.height), width, autosize: false }, config }, { format: "svg", width, height: state.data.height });
  const svg = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  const styled = svg.replace(/(<svg[^>]*>)/, `$1${await fontRule()}`);
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([styled], { type: "image/svg+xml" }));
  await image.decode();
  return image;
}

function wrapped(pen, text, width) {
  const lines = [""];
  for (const word of text.split(/ +/)) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.filter(Boolean);
}

async function picture(state) {
  await Promise.all([library(), font()]);
  const mode = paintedMode();
  const colours = LOOK.colours[mode];
  const { title, subtitle, source } = state.data;
  const image = await chartImage(state, mode);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const blocks = [
    { text: title, size: LOOK.sizes.title, weight: 700, colour: colours.ink },
    { text: subtitle, size: LOOK.sizes.small + 1, weight: 400, colour: colours.muted },
    { image },
    { text: source, size: LOOK.sizes.small - 1, weight: 400, colour: colours.muted },
  ].filter((block) => block.image || block.text);
  let height = EDGE;
  for (const block of blocks) {
    block.font = `${block.weight} ${block.size}px ${LOOK.font}`;
    pen.font = block.font;
    block.lines = block.image ? [] : wrapped(pen, block.text, WIDE - 2 * EDGE);
    block.top = height;
    height += block.image ? state.data.height + 20 : block.lines.length * block.size * 1.35 + 8;
  }
  height += EDGE - 8;
  Object.assign(canvas, { width: WIDE * 2, height: Math.round(height * 2) });
  pen.scale(2, 2);
  pen.fillStyle = colours.background;
  pen.fillRect(0, 0, WIDE, height);
  pen.textBaseline = "top";
  for (const block of blocks) {
    if (block.image) pen.drawImage(block.image, EDGE, block.top + 8, WIDE - 2 * EDGE, state.data.height);
    Object.assign(pen, { font: block.font, fillStyle: block.colour ?? colours.ink });
    block.lines.forEach((line, index) => pen.fillText(line, EDGE, block.top + index * block.size * 1.35));
  }
  URL.revokeObjectURL(image.src);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

// The drawn chart of that key, saved as PNG.
export async function save(key) {
  const state = charts.get(key);
  if (!state?.drawn) return;
  const href = URL.createObjectURL(await picture(state));
  const link = Object.assign(document.createElement("a"), { href, download: `${state.data.filename}.png` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}
