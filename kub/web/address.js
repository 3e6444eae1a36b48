// The address is the view: what a click changes goes there first, and everything follows from it.
// One module for the filter bar, the menu and the page, so that all go by one counter.
import { LINK } from "./link.js"; // names, orders and defaults of a link, from kub/answers/link.py
import { SITE } from "./site.js";

export const pageOf = (path) => path.slice(SITE.base.length).replace(/^\/+|\/+$/g, "") || SITE.first;
export const pathOf = (page) => `${SITE.base}/${page === SITE.first ? "" : page}`;
export const here = () => ({ page: pageOf(location.pathname), query: location.search.slice(1) });

// One way to write a query, by which two of them are compared.
export function plain(query) {
  const params = new URLSearchParams(query);
  params.sort();
  return params.toString();
}

// What a query says: {name: value}, a list for a name that may be said several times.
export function current(query = location.search) {
  const values = {};
  for (const [name, value] of new URLSearchParams(query)) {
    if (value === "") continue;
    // Of a name that is said once the last counts, as browsers' forms have it.
    if (name in values && !LINK.once.includes(name)) values[name] = [values[name], value].flat();
    else values[name] = LINK.many.includes(name) ? [value] : value;
  }
  return values;
}

// The query after changes: name -> value, list of values, or null to take it out. A function gets the
// present value and gives the next, and { without: values } leaves the others: two quick clicks then lose nothing.
// Defaults are left out.
export function changed(changes, query = location.search) {
  const before = current(query);
  const next = { ...before };
  for (const [name, change] of Object.entries(changes)) {
    const value = before[name] ?? (LINK.many.includes(name) ? [] : (LINK.defaults[name] ?? null));
    next[name] = applied(change, value);
  }
  return canonical(fitted(next, (before.programme ?? null) !== (next.programme ?? null)));
}

function applied(change, value) {
  if (typeof change === "function") return change(value);
  if (!change?.without) return change;
  const left = [value ?? []].flat().filter((item) => !change.without.includes(item));
  return Array.isArray(value) ? left : (left[0] ?? null);
}

// The address of a view, for links: the middle button opens it elsewhere.
export const link = (changes, page = here().page, query = location.search) => {
  const text = changed(changes, query);
  return pathOf(page) + (text ? `?${text}` : "");
};

let number = 0;

// Go to another view. Streamlit is told as Back tells it, once whoever draws at once has drawn: its run needs the same
// processor. Whoever draws puts a promise into the event's detail.
export function visit(page, query, { replace = false } = {}) {
  const url = pathOf(page) + (query ? `?${query}` : "");
  if (url === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"]({}, "", url);
  const detail = { page, query, number: (number += 1), drawn: null };
  window.dispatchEvent(new CustomEvent("kub-view", { detail }));
  const mine = number;
  const tell = () => mine === number && window.dispatchEvent(new PopStateEvent("popstate"));
  if (detail.drawn) detail.drawn.finally(tell);
  else tell();
}

export function go(changes, { page, replace } = {}) {
  visit(page ?? here().page, changed(changes), { replace });
}

// Call back at every change of the view, also by Back and Forward (those of ours are not trusted by the browser).
export function onView(listener) {
  window.addEventListener("kub-view", listener);
  window.addEventListener("popstate", (event) => event.isTrusted && listener());
}

// The rules of link.within that need no data: the server holds them all.
function fitted(query, otherProgramme) {
  // Places belong to one regency; sectors and years mean the same in another.
  if (otherProgramme) Object.assign(query, { districts: [], villages: [], ...Object.fromEntries(LINK.against.map((name) => [name, null])) });
  // A village's code begins with its district's.
  const inside = (code) => query.districts.some((district) => code.startsWith(`${district}.`));
  if (query.districts?.length && query.villages) query.villages = query.villages.filter(inside);
  const { since, until } = query;
  if (since && until && Number(since) > Number(until)) Object.assign(query, { since: until, until: since });
  return query;
}

// As kub/answers/link.py writes it: one view, one address.
function canonical(query) {
  const controls = Object.keys(query).filter((name) => !LINK.frame.includes(name)).sort();
  const search = new URLSearchParams();
  for (const name of [...LINK.frame, ...controls]) {
    const values = [query[name] ?? []].flat().map(String).filter((text) => text !== "");
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
