// The year that a page shows: a slider over the filter "until", and a button that lets the years run until the last.
// It is the same filter as in the bar, so links, Back and all charts of the page follow as they do there.
import { changed, current, go, here } from "./address.js";
import { element } from "./nodes.js";
import { prefetch } from "./page.js";

const SVG = "http://www.w3.org/2000/svg";
const PACE = 1200; // ms that each year is looked at; charts change at once, so there is no motion to be reduced
const WAIT = 100; // ms until it is asked again whether a year is drawn
const SERIES = 2500; // ms: years that follow each other faster are one step of Back
const SHAPES = { play: "M3 1.5v13L14 8z", pause: "M3 1.5h4v13H3zM9 1.5h4v13H9z" };

export function year(node, block) {
  const known = (node.kubYear ??= begin(node));
  known.block = block;
  const { range, play, label } = known;
  const { years, texts } = block;
  label.textContent = block.label;
  range.min = years[0];
  range.max = years.at(-1);
  range.setAttribute("aria-description", texts.keys);
  play.title = texts.keys;
  known.ends[0].textContent = years[0];
  known.ends[1].textContent = years.at(-1);
  show(known, asked(known));
}

function begin(node) {
  const range = element("input", { type: "range", step: 1, id: "kub-year", "data-focus": "year", "aria-keyshortcuts": "Space" });
  const play = element("button", { type: "button", class: "kub-year-play", "data-focus": "year play" });
  const number = element("output", { class: "kub-year-number", for: range.id });
  const note = element("span", { class: "kub-year-note" });
  const label = element("label", { for: range.id });
  const ends = [0, 1].map(() => element("span", { "aria-hidden": "true" }));
  const known = { range, play, number, note, label, ends, timer: 0, at: -SERIES };
  node.append(
    element("div", { class: "kub-year-now" }, label, number, note),
    play,
    element("div", { class: "kub-year-range" }, range, element("div", { class: "kub-year-ends" }, ends)));
  range.oninput = () => {
    stop(known);
    to(known, Number(range.value));
  };
  range.onkeydown = (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    toggle(known);
  };
  play.onclick = () => toggle(known);
  node.kubForget = () => stop(known);
  return known;
}

// The year in the address, which may be ahead of what is drawn.
function asked({ block: { years } }) {
  const wish = Number(current().until);
  return years.includes(wish) ? wish : years.at(-1);
}

function show(known, shown) {
  const { block, range, number, note, play } = known;
  range.value = shown;
  range.setAttribute("aria-valuetext", String(shown));
  number.textContent = shown;
  note.textContent = shown === block.years.at(-1) ? (block.note ?? "") : "";
  const does = known.timer ? "pause" : "play";
  if (play.dataset.does === does && play.getAttribute("aria-label") === block.texts[does]) return;
  play.dataset.does = does;
  play.setAttribute("aria-label", block.texts[does]);
  const sign = document.createElementNS(SVG, "svg");
  const shape = document.createElementNS(SVG, "path");
  for (const [name, value] of Object.entries({ viewBox: "0 0 16 16", "aria-hidden": "true" })) sign.setAttribute(name, value);
  shape.setAttribute("d", SHAPES[does]);
  sign.append(shape);
  play.replaceChildren(sign);
}

// A run of years is one step of Back, however long each takes to be drawn.
function to(known, wish, runs = false) {
  const replace = (runs && known.ran) || performance.now() - known.at < SERIES;
  Object.assign(known, { at: performance.now(), ran: runs });
  go(changes(known, wish), { replace });
  show(known, wish);
}

// The first year cannot lie after the last: then it goes out.
function changes({ block: { years } }, wish) {
  const { since } = current();
  return { until: wish === years.at(-1) ? null : String(wish), ...(since > String(wish) ? { since: null } : {}) };
}

const toggle = (known) => (known.timer ? stop(known) : start(known));

function start(known) {
  const { years } = known.block;
  known.timer = setTimeout(() => next(known), PACE);
  known.ran = false;
  if (asked(known) === years.at(-1)) to(known, years[0], true);
  else show(known, asked(known));
  ahead(known);
}

function stop(known) {
  clearTimeout(known.timer);
  if (!known.timer) return;
  known.timer = 0;
  show(known, asked(known));
}

// A year is shown at least so long as it takes to be drawn.
function next(known) {
  const { years, value } = known.block;
  const now = asked(known);
  if (value !== now) {
    known.timer = setTimeout(() => next(known), WAIT);
    return;
  }
  const wish = years[years.indexOf(now) + 1] ?? now;
  const ends = wish === years.at(-1);
  known.timer = ends ? 0 : setTimeout(() => next(known), PACE);
  to(known, wish, true);
  if (!ends) ahead(known);
}

// The page of the year that follows is fetched while this one is looked at.
function ahead(known) {
  const { years } = known.block;
  const wish = years[years.indexOf(asked(known)) + 1];
  if (wish !== undefined) prefetch(here().page, changed(changes(known, wish)));
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) for (const node of document.querySelectorAll(".kub-year")) if (node.kubYear) stop(node.kubYear);
});
