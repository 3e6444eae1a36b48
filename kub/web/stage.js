// The stage of a presentation: one slide stands, and the next is drawn behind it, so that a key of the clicker has only
// to lift it. The server's run follows and finds it in place. The HTML is made by kub/ui/presenter, every text escaped.
import { clear, paint } from "./chart.js";
import { element } from "./nodes.js";

const PATIENCE = 4000; // ms in which a run that speaks of an older step lifts nothing (present.js)
const slides = new Map(); // step -> { node, text, chart }
const state = { root: null, standing: null, stamp: null, wanted: null };

// What a run says: the slide of its step. stamp: of all that may change what other slides say.
export function stand({ data, parentElement }) {
  state.root = parentElement.querySelector(".kub-stage");
  if (state.stamp !== data.stamp) forget();
  state.stamp = data.stamp;
  slideOf(data.step, data.slide);
  const { wanted } = state;
  if (wanted && wanted.step !== data.step && performance.now() - wanted.at < PATIENCE) return;
  state.wanted = null;
  lift(data.step);
}

// The slide that comes next, once the one that stands is seen.
export function prepare({ data }) {
  const draw = () => state.root?.isConnected && data.stamp === state.stamp && slideOf(data.step, data.ahead);
  if (window.requestIdleCallback) requestIdleCallback(draw, { timeout: 500 });
  else setTimeout(draw, 100);
}

export function leave() {
  forget(true);
  Object.assign(state, { root: null, standing: null, stamp: null, wanted: null });
}

// The node of a step's slide; one that says what it said before stays as it is.
function slideOf(step, slide) {
  const text = JSON.stringify(slide);
  const before = slides.get(step);
  if (before?.node.isConnected && before.text === text) return drawn(before);
  const node = element("div", { class: "kub-slide" });
  node.innerHTML = `${slide.head}<div class="kub-slide-figure">${slide.figure}</div>${slide.end}`;
  if (slide.chart) {
    // The chart that stands goes on standing until the new figure is drawn in its place.
    const chart = before?.node.querySelector(".kub-chart") ?? element("div", { class: "kub-chart", role: "img" }, element("div", { class: "kub-plot" }));
    node.querySelector(".kub-slide-figure").append(chart);
  }
  const made = { node, text, chart: slide.chart && { ...slide.chart, key: `${slide.chart.key} ${step}` } };
  hide(node, state.standing !== step);
  state.root.append(node);
  if (before) drop(before);
  slides.set(step, made);
  drawn(made);
}

function drawn({ node, chart }) {
  if (chart) paint(node.querySelector(".kub-chart"), chart);
}

function lift(step) {
  if (!slides.get(step)?.node.isConnected) return false;
  if (state.standing !== step) document.querySelector(".st-key-present")?.scrollTo(0, 0); // a phone scrolls through a step
  state.standing = step;
  for (const [other, { node }] of slides) hide(node, other !== step);
  for (const [other, slide] of slides) if (Math.abs(other - step) > 1) drop(slide, other);
  return true;
}

function hide(node, behind) {
  node.toggleAttribute("data-behind", behind);
  node.inert = behind;
}

function drop({ node, chart }, step = null) {
  const drawing = node.querySelector(".kub-chart");
  if (chart && drawing) clear(chart.key, drawing);
  node.remove();
  if (step !== null) slides.delete(step);
}

function forget(all = false) {
  for (const [step, slide] of slides) if (all || step !== state.standing) drop(slide, step);
}

// A key of the clicker (present.js): lifted says whether the step is seen now.
window.addEventListener("kub-step", ({ detail }) => {
  state.wanted = { step: detail.step, at: performance.now() };
  detail.lifted = lift(detail.step);
});
// Names are to be hidden: what was drawn before the server knew shows them.
window.addEventListener("kub-step-stale", () => forget());
