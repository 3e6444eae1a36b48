// The address is the truth: what the page shows follows from it, and every change of the view is a
// change of it. One module for the filter bar, the menu and the page, so that all go by one counter.
import { LINK } from "./link.js"; // names, orders and defaults of a link, from kub/answers/link.py
import { SITE } from "./site.js";

let number = 0;

// What the address says now: {name: value}, an array for a name that may be repeated.
export function current() {
  const query = {};
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (value === "") continue;
    // Of a name that is said once the last counts, as browsers' forms have it.
    if (name in query && !LINK.once.includes(name)) query[name] = [].concat(query[name], value);
    else query[name] = LINK.many.includes(name) ? [value] : value;
  }
  return query;
}

// The number of the view that is wanted: an answer to a smaller one comes too late.
export const latest = () => number;

// "growth", as the address has it.
export const page = () => location.pathname.slice(home().length).split("/")[0] || SITE.first;

// Put another view in the address: go({lang: "en", districts: ["33.25.13"], scale: null}).
// Each change is a value, or a function of the present one: two quick clicks then lose nothing.
// null, "", [] and a default take a name out. page: another page, with the same filters.
// replace: no entry of its own for Back.
export function go(changes, { page: other, replace = false } = {}) {
  const query = canonical(changed(current(), changes));
  const path = other === undefined ? location.pathname : home() + (other === SITE.first ? "" : other);
  if (path === location.pathname && query === location.search.slice(1)) return number;
  const url = path + (query ? `?${query}` : "");
  if (replace) history.replaceState({}, "", url);
  else history.pushState({}, "", url);
  tell();
  // What Streamlit does at Back: it runs the page of this path with this query.
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  return number;
}

// The address of what go() would show, for links: the middle button opens it elsewhere.
export function href(changes, other = page()) {
  const query = canonical(changed(current(), changes));
  return home() + (other === SITE.first ? "" : other) + (query ? `?${query}` : "");
}

// Listen to every change of the view, Back and Forward too; detail: {page, query, number}.
export function onView(listener) {
  const heard = (event) => listener(event.detail);
  window.addEventListener("kub-view", heard);
  return () => window.removeEventListener("kub-view", heard);
}

const home = () => `${SITE.base}/`;

function tell() {
  number += 1;
  const detail = { page: page(), query: location.search.slice(1), number };
  window.dispatchEvent(new CustomEvent("kub-view", { detail }));
}

// Before Streamlit's own listener is asked: the direct way is the faster one.
window.addEventListener("popstate", (event) => event.isTrusted && tell(), true);

function changed(query, changes) {
  const next = { ...query };
  for (const [name, change] of Object.entries(changes)) {
    const before = query[name] ?? (LINK.many.includes(name) ? [] : LINK.defaults[name] ?? null);
    next[name] = typeof change === "function" ? change(before) : change;
  }
  return fitted(next, (query.programme ?? null) !== (next.programme ?? null));
}

// The rules of link.within that need no data: the server holds them all.
function fitted(query, otherProgramme) {
  // Places belong to one regency; sectors and years mean the same in another.
  if (otherProgramme) Object.assign(query, { districts: [], villages: [] });
  // A village's code begins with its district's.
  const inside = (code) => query.districts.some((district) => code.startsWith(`${district}.`));
  if (query.districts?.length && query.villages) query.villages = query.villages.filter(inside);
  const { since, until } = query;
  if (since && until && Number(since) > Number(until)) Object.assign(query, { since: until, until: since });
  return query;
}

// As kub/ui/link.py writes it: one view, one address.
function canonical(query) {
  const controls = Object.keys(query).filter((name) => !LINK.frame.includes(name)).sort();
  const search = new URLSearchParams();
  for (const name of [...LINK.frame, ...controls]) {
    const value = query[name] ?? "";
    const values = [].concat(value).map(String).filter((text) => text !== "");
    if (values.length === 1 && values[0] === LINK.defaults[name]) continue;
    for (const text of ordered(name, values)) search.append(name, text);
  }
  return search.toString();
}

function ordered(name, values) {
  const once = [...new Set(values)];
  const order = LINK.orders[name];
  if (!order) return once;
  return order.length ? order.filter((code) => once.includes(code)) : once.sort();
}
