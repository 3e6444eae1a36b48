// The filter bar: comboboxes with a listbox (ARIA Authoring Practices), radio buttons, a switch, "clear all".
// What it shows is what the address says; a choice goes to the address at once and is never kept here.
import { changed, current, go, here, onView } from "./address.js";
import { combobox } from "./combobox.js";
import { LINK } from "./link.js";
import { element, filled } from "./nodes.js";
import { prefetch } from "./page.js";

const PLACES = ["districts", "villages"];
const CLEARED = Object.fromEntries(["districts", "villages", "sectors", "since", "until", "denominator", ...LINK.against].map((name) => [name, null]));
const kept = new Map(); // address -> promise of the options there
const names = new Map(); // code -> name of places that are not among the options
const bar = { node: null, data: null, offer: null, shown: null, parts: [] };

// Called after every run of the script, with what kub/ui/filters.py says.
export function mount({ data, parentElement }) {
  const node = parentElement.querySelector(".kub-filters");
  if (node !== bar.node) Object.assign(bar, { node, shown: null, parts: [] });
  bar.data = data;
  for (const [code, name] of Object.entries(data.names)) names.set(code, name);
  refresh();
}

onView(() => bar.node?.isConnected && refresh());

// The options belong to a programme and a language; both may change before the server has answered.
async function refresh() {
  const { lang, programme } = wanted();
  const address = `${bar.data.options}?programme=${encodeURIComponent(programme)}&lang=${lang}`;
  try {
    const offer = await load(address);
    const now = wanted();
    if (now.lang !== lang || now.programme !== programme) return;
    Object.assign(bar, { offer });
    if (bar.shown !== address + ("analyst" in bar.data)) build(address, lang);
    bar.parts.forEach((part) => part.update());
    lost(false);
  } catch {
    lost(true); // the run that follows tries again
  }
}

function lost(on) {
  const sign = bar.node.querySelector(".kub-filters-lost");
  if (sign) sign.textContent = on ? bar.offer.words.lost : "";
}

function load(address) {
  if (!kept.has(address)) {
    const answer = fetch(address).then((response) => (response.ok ? response.json() : Promise.reject(new Error(address))));
    answer.catch(() => kept.delete(address));
    kept.set(address, answer);
  }
  return kept.get(address);
}

// What the address asks for; what it says that nobody knows is the server's to read.
function wanted() {
  const query = current();
  const known = bar.offer?.programmes.map(({ code }) => code) ?? [];
  const own = query.programme ?? bar.offer?.default;
  const lang = query.lang ?? LINK.defaults.lang;
  return { lang: ["id", "en"].includes(lang) ? lang : bar.data.lang, programme: known.includes(own) ? own : bar.data.programme };
}

// What the address says and nobody knows goes out with the next change, as the server leaves it out of its own links.
function change(changes) {
  clearTimeout(resting);
  go(fittedToOffer(changes));
}

let resting = 0;
const REST = 120; // ms over an option, by pointer or key, before its page is fetched

// A choice that is likely is fetched before it is made; of a sure one (the button is down) a click is left to follow.
function likely(changes, sure) {
  clearTimeout(resting);
  const fetched = () => prefetch(here().page, changed(fittedToOffer(changes)));
  if (sure) fetched();
  else resting = setTimeout(fetched, REST);
}

function fittedToOffer(changes) {
  const { offer } = bar;
  if (offer.programme !== wanted().programme) return changes; // its options are on their way
  const next = { ...changes };
  for (const name of [...PLACES, "sectors"].filter((other) => offer[other])) {
    const wish = changes[name] === undefined ? (now) => now : changes[name];
    if (typeof wish === "function") next[name] = (now) => wish(now.filter((code) => known(name, code)));
  }
  for (const name of ["since", "until"]) if (!(name in changes)) next[name] = year(name);
  if (!("programme" in changes)) next.programme = (now) => (offer.programmes.some(({ code }) => code === now) ? now : null);
  return next;
}

function build(address, lang) {
  const { offer } = bar;
  const focused = bar.node.contains(document.activeElement) ? document.activeElement.id : "";
  const say = (name, values) => filled(offer.words[name], values, lang);
  const status = element("p", { class: "kub-hidden", role: "status" });
  const tell = (text) => (status.textContent = text);
  const context = { say, tell, lang };
  const parts = [
    ...(offer.programmes.length > 1 ? [programmes(context)] : []),
    ...PLACES.map((name) => places(context, name)),
    several(context, "sectors", () => offer.sectors),
    years(context),
    denominator(context),
    clear(context),
    ...("analyst" in bar.data ? [analyst(context)] : []),
  ];
  const title = element("h2", {}, say("title"));
  const sign = element("p", { class: "kub-filters-lost", role: "status" });
  bar.node.replaceChildren(element("div", {}, title, sign), ...parts.map((part) => part.node), status);
  Object.assign(bar, { shown: address + ("analyst" in bar.data), parts });
  if (focused) document.getElementById(focused)?.focus();
}

// --- single controls -------------------------------------------------------------------------------------------------

function programmes(context) {
  const note = element("p", { class: "kub-field-note" });
  const field = combobox(context, {
    name: "programme",
    label: context.say("programme"),
    options: () => bar.offer.programmes,
    chosen: () => [wanted().programme],
    choose: (code) => change(another(code)),
    likely: (code, sure) => likely(another(code), sure),
  });
  field.node.append(note);
  const update = () => {
    field.update();
    note.textContent = bar.offer.programmes.find(({ code }) => code === wanted().programme)?.name ?? "";
  };
  return { node: field.node, update };
}

const another = (code) => ({ programme: code === bar.offer.default ? null : code, ...fitting(code) });

// The same for whoever else changes the programme, before the bar has its options too.
export const anotherProgramme = (code) => (bar.offer ? another(code) : { programme: code });

// Years that the other programme has no data of go out, and it is no peer of its own.
function fitting(code) {
  const [first, last = first] = bar.offer.programmes.find((programme) => programme.code === code).years;
  const within = (year) => (year !== null && Number(year) >= first && Number(year) <= last ? year : null);
  return { since: within, until: within, peers: (peers) => peers.filter((peer) => peer !== code) };
}

function places(context, name) {
  const all = () => bar.offer[name];
  if (all()) return several(context, name, () => all().filter(({ code }) => name !== "villages" || inDistricts(code)));
  return several(context, name, null, (text) => find(name, text));
}

function inDistricts(code) {
  const districts = chosen("districts");
  return !districts.length || districts.some((district) => code.startsWith(`${district}.`));
}

// Places by a part of their name, from the server.
async function find(name, text) {
  const query = new URLSearchParams({ programme: wanted().programme, q: text });
  if (name === "villages") for (const code of chosen("districts")) query.append("districts", code);
  if (year("until")) query.set("until", year("until"));
  const response = await fetch(`${bar.data.options.replace(/filters\/\w+$/, name)}?${query}`);
  if (!response.ok) throw new Error(response.status);
  const { rows, more } = await response.json();
  for (const [code, label] of rows) names.set(code, label);
  return { more, options: rows.map(([code, label, kub]) => ({ code, label, kub: [kub] })) };
}

function several(context, name, options, search) {
  return combobox(context, {
    name,
    several: true,
    label: context.say(name),
    placeholder: context.say(`${name}_all`),
    counted: (count) => context.say(`${name}_count`, { count }),
    options,
    search,
    labelOf: (code) => options?.().find((option) => option.code === code)?.label ?? names.get(code) ?? code,
    kub: (option) => (search ? option.kub[0] : at(option.kub)),
    chosen: () => chosen(name),
    choose: (code) => change(toggled(name, code)),
    likely: (code, sure) => likely(toggled(name, code), sure),
    empty: () => change({ [name]: null }),
  });
}

// A function of what the address says at the time of the click: no quick one is lost.
const toggled = (name, code) => ({ [name]: (now) => (now.includes(code) ? now.filter((other) => other !== code) : [...now, code]) });

// The values of a name that are known; what is not, the page says under its title.
function chosen(name) {
  const asked = current()[name] ?? [];
  return asked.filter((code) => known(name, code) && (name !== "villages" || inDistricts(code)));
}

const known = (name, code) => (bar.offer[name] ? bar.offer[name].some((option) => option.code === code) : names.has(code));

const year = (name) => (bar.offer.years.includes(Number(current()[name])) ? Number(current()[name]) : null);

// Active KUB at the end of the year that is looked at; the numbers end with the last year.
function at(kub) {
  const { years } = bar.offer;
  const place = year("until") === null ? years.length - 1 : years.indexOf(year("until"));
  return kub[place - years.length + kub.length] ?? 0;
}

function years(context) {
  const ends = ["since", "until"].map((name) =>
    combobox(context, {
      name,
      label: context.say(name),
      placeholder: context.say(`${name}_all`),
      // The way back to all years stands first.
      options: () => [{ code: "", label: context.say(`${name}_all`) }, ...bar.offer.years.toReversed().map((value) => ({ code: String(value), label: String(value) }))],
      chosen: () => [String(year(name) ?? "")],
      choose: (code) => change({ [name]: code || null }),
      likely: (code, sure) => likely({ [name]: code || null }, sure),
    }),
  );
  const bars = element("div", { class: "kub-years-bars", "aria-hidden": "true" });
  const node = element("div", { class: "kub-years", role: "group" }, element("div", { class: "kub-years-title", id: "kub-years" }, context.say("years")), bars, ...ends.map((end) => end.node));
  node.setAttribute("aria-labelledby", "kub-years");
  const update = () => {
    ends.forEach((end) => end.update());
    const [since, until] = [year("since") ?? -Infinity, year("until") ?? Infinity];
    const totals = bar.offer.years.map((_, place) => bar.offer.sectors.reduce((sum, { kub }) => sum + (kub[place - bar.offer.years.length + kub.length] ?? 0), 0));
    const most = Math.max(...totals, 1);
    const drawn = (total, place) => {
      const column = element("i", {});
      column.style.height = `${Math.max(total / most, 0.04) * 100}%`;
      column.toggleAttribute("data-in", bar.offer.years[place] >= since && bar.offer.years[place] <= until);
      return column;
    };
    bars.replaceChildren(...totals.map(drawn));
  };
  return { node, update };
}

function denominator(context) {
  const radios = bar.offer.denominators.map(({ code, label }) => {
    const input = element("input", { type: "radio", name: "kub-denominator", value: code, id: `kub-denominator-${code}` });
    input.onchange = () => change({ denominator: code });
    return { code, input, node: element("label", {}, input, element("span", {}, label)) };
  });
  const help = element("p", { class: "kub-field-note", id: "kub-denominator-help" }, context.say("denominator_help"));
  const node = element("fieldset", {}, element("legend", {}, context.say("denominator")), ...radios.map((radio) => radio.node), help);
  node.setAttribute("aria-describedby", help.id);
  const update = () => {
    const now = current().denominator ?? LINK.defaults.denominator;
    node.hidden = !bar.offer.targets && now === LINK.defaults.denominator;
    radios.forEach(({ code, input }) => (input.checked = code === now));
  };
  return { node, update };
}

function clear(context) {
  const node = element("button", { type: "button", class: "kub-clear" }, context.say("clear"));
  const idle = () => changed({}) === changed(CLEARED);
  node.onclick = () => idle() || change(CLEARED);
  // Not `disabled`: the keyboard would lose its place.
  return { node, update: () => node.setAttribute("aria-disabled", String(idle())) };
}

function analyst(context) {
  const help = element("p", { class: "kub-field-note", id: "kub-analyst-help" }, context.say("analyst_help"));
  const node = element("button", { type: "button", class: "kub-switch", role: "switch", id: "kub-analyst" }, element("span", {}, context.say("analyst")), element("i", { "aria-hidden": "true" }));
  const on = () => current().role === "analyst";
  node.setAttribute("aria-describedby", help.id);
  node.onclick = () => change({ role: on() ? null : "analyst" });
  return { node: element("div", {}, node, help), update: () => node.setAttribute("aria-checked", String(on())) };
}
