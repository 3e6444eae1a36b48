// The page: fetched by its address, drawn at once, and drawn again when the address changes. Streamlit's run follows
// and finds everything in place. Text is text everywhere: nothing here writes HTML.
import { here, plain } from "./address.js";
import { drawn, forgetPages } from "./draw_blocks.js";
import { byAddress } from "./files.js";
import { library, repaint } from "./chart.js";
import { SITE } from "./site.js";

const FRESH = 10_000; // ms that a page fetched ahead is taken as it is
const ahead = new Map(); // address -> { at, answer }
const state = { node: null, number: 0, shown: null, waiting: null, from: null };

const direct = (page) => SITE.direct.includes(page);
const same = (view, other) => view && other && view.page === other.page && plain(view.query) === plain(other.query);
const address = ({ page, query }) => `${SITE.base}/api/page/${page}${query ? `?${query}` : ""}`;

async function ask(view) {
  const url = address(view);
  const early = ahead.get(url);
  ahead.delete(url);
  if (early && performance.now() - early.at < FRESH) return early.answer;
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (answer.status === 404) return null; // not ours: Streamlit's run shows what there is
  return answer.json();
}

// A link that is pointed at is likely to be followed.
export function prefetch(page, query) {
  const view = { page, query };
  const url = address(view);
  const early = ahead.get(url);
  if (!direct(page) || same(view, here()) || (early && performance.now() - early.at < FRESH)) return;
  const answer = ask(view);
  answer.catch(() => ahead.delete(url));
  ahead.set(url, { at: performance.now(), answer });
}

// Fetch a view and draw it, unless another one is wanted meanwhile. Ends when it is drawn, or cannot be for now.
async function want(view) {
  const number = (state.number += 1);
  state.wanted = view;
  if (!direct(view.page)) return leave(view);
  const slow = setTimeout(() => number === state.number && busy(true), 300);
  try {
    const payload = await ask(view);
    if (number !== state.number) return;
    lost(false);
    if (payload) await show({ ...payload, ...view });
  } catch {
    if (number !== state.number) return;
    lost(true);
    setTimeout(() => number === state.number && want(view), 2000);
  } finally {
    clearTimeout(slow);
    if (number === state.number) busy(false);
  }
}

function show(payload) {
  if (!state.node?.isConnected) {
    state.waiting = payload;
    return;
  }
  const moved = state.shown && state.shown.page !== payload.page;
  Object.assign(state, { shown: payload, waiting: null });
  if (moved) document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0);
  const done = draw(payload);
  place(payload.page);
  if (payload.title) document.title = payload.title;
  return done;
}

// What Streamlit drew for another page is hidden until its run is over.
function place(page) {
  const late = direct(page) && state.from && state.from.page !== page && !direct(state.from.page);
  document.documentElement.toggleAttribute("data-kub-late", Boolean(late));
}

const draw = (payload) => drawn(state.node, payload, { host: state.host, files: byAddress(payload) });

// Streamlit draws the next page itself: nothing of another one may stand above it.
function leave(view) {
  if (!state.node || state.node.dataset.page === view.page) return;
  begun(view, []);
}

// Of such a page the frame draws the head alone, which the run gives.
function begun({ page, query, lang }, blocks) {
  state.shown = null;
  draw({ page, query, lang, blocks, words: {} });
  place(page);
  revealed();
}

function busy(on) {
  state.node?.toggleAttribute("aria-busy", on);
  state.node?.classList.toggle("kub-busy", on);
}

function lost(on) {
  const sign = state.node?.parentElement.querySelector(".kub-lost");
  if (!sign) return;
  sign.textContent = on ? (state.shown?.words.lost ?? "…") : "";
  sign.hidden = !on;
}

// What a run of the script says: which page it is on, under which query, of which data.
export function mount(component) {
  const { data, parentElement } = component;
  const node = parentElement.querySelector(".kub-page");
  const host = { ...data.host, kept: data.kept, add: (value) => component.setTriggerValue("keep", value) };
  Object.assign(state, { node, from: data, host });
  const current = here();
  if (!same(data, current) && state.shown) return later(data);
  if (!direct(data.page)) return begun(data, JSON.parse(data.head));
  if (state.waiting && same(state.waiting, data) && state.waiting.stamp === data.stamp) return show(state.waiting);
  if (same(state.shown, data) && state.shown.stamp === data.stamp) return again();
  if (same(state.wanted, data) && !state.shown && !state.waiting) return; // the first fetch is under way
  want({ page: data.page, query: data.query });
}

// The run spoke of another view than the address: a newer one is on its way, or the address comes a moment later.
function later(data) {
  setTimeout(() => {
    if (state.from !== data || same(state.shown, data)) return;
    if (same(data, here())) want({ page: data.page, query: data.query });
  }, 300);
}

function again() {
  draw(state.shown);
  place(state.shown.page);
  repaint();
}

export function unmount(node) {
  if (state.node !== node) return;
  forgetPages(node);
  Object.assign(state, { node: null, shown: null });
}

// Streamlit is told once the view is drawn, or shows that it cannot be.
window.addEventListener("kub-view", ({ detail }) => {
  const done = want({ page: detail.page, query: detail.query });
  if (direct(detail.page)) detail.drawn = Promise.race([done, new Promise((resolve) => setTimeout(resolve, 1500))]);
});
// Back and Forward: Streamlit hears them too. Those that address.js makes up are not trusted by the browser.
window.addEventListener("popstate", (event) => event.isTrusted && state.node && want(here()));

// Room for what comes one after the other (frame.css): the filters, and below the head the first window of a page that
// Streamlit draws, which is seen once it is whole. That holds for the first page alone, and not for ever.
const MOST = 8000; // ms after its head that a page is seen, whatever is still to come
const COMING = "[data-testid='stSkeleton'], [data-testid='stBidiComponentRegular']:empty, :is(.kub-part, .kub-list-field):empty";
const root = document.documentElement;

function reserve(page) {
  if (!SITE.pages.includes(page) && !SITE.unfiltered.includes(page)) return; // nothing surrounds it
  const filtered = SITE.unfiltered.includes(page) ? [] : ["filters"];
  root.dataset.kubWaits = ["page", ...filtered, ...(direct(page) ? [] : ["run"])].join(" ");
}

const waits = () => root.dataset.kubWaits?.includes("run");

function reveal() {
  if (waits()) root.dataset.kubWaits = root.dataset.kubWaits.replace(" run", "");
}

// Look again with each picture until all is there that the window shows.
function revealed(until = performance.now() + MOST) {
  if (!waits()) return;
  const shown = (node) => node.getBoundingClientRect().top < innerHeight;
  const page = document.querySelector(".st-key-page");
  const ended = document.querySelector("[data-testid='stApp'][data-test-script-state='notRunning'], .st-key-footer");
  const enough = ended || page?.getBoundingClientRect().bottom > innerHeight;
  const whole = page && enough && ![...page.querySelectorAll(COMING)].some(shown);
  if (whole || performance.now() > until) reveal();
  else requestAnimationFrame(() => revealed(until));
}

reserve(here().page);
if (direct(here().page)) {
  want(here());
  library().catch(() => {});
}
