// "Compare with …" beside the scope: one field in which districts, villages, sectors, programmes and years are found by
// typing. What is chosen goes to the address, as the filter bar's choices do; the options are those of the bar, fetched
// when somebody first comes near the field.
import { go } from "./address.js";
import { combobox } from "./combobox.js";
import { element, filled, folded } from "./nodes.js";

const MOST = 400; // options shown at once: more are found by typing
const kept = new Map(); // address -> promise of the options there

// block: label, placeholder, options (address), search (addresses of places that are too many to be listed), programme,
// own (codes of this side), chosen (codes), name, names (of a link), kinds (texts by kind), words.
export function against(block, lang) {
  const say = (name, values) => filled(block.words[name], values, lang);
  const status = element("p", { class: "kub-hidden", role: "status" });
  const named = new Map([[block.chosen ?? "", block.name ?? ""]]);
  const field = combobox({ say, tell: (text) => (status.textContent = text), lang }, {
    name: "against",
    label: block.label,
    placeholder: block.placeholder,
    options: () => [],
    search: async (text) => {
      const all = await options(block, text, lang);
      return { options: all.slice(0, MOST), more: all.length > MOST };
    },
    chosen: () => (block.chosen ? [block.chosen] : []),
    labelOf: (code) => named.get(code),
    choose: (code) => go(changes(block, code)),
  });
  const input = field.node.querySelector("input");
  input.dataset.focus = "against";
  const near = () => load(block.options).catch(() => {});
  field.node.addEventListener("pointerenter", near, { once: true });
  input.addEventListener("focus", near, { once: true });
  field.update();
  return element("div", { class: "kub-against" }, field.node, status);
}

// One choice replaces all that was compared before.
function changes(block, code) {
  const [kind, value] = split(code);
  const next = Object.fromEntries(block.names.map((name) => [name, null]));
  next[`against_${kind}`] = ["districts", "villages", "sectors"].includes(kind) ? [value] : value;
  return next;
}

const split = (code) => [code.slice(0, code.indexOf(":")), code.slice(code.indexOf(":") + 1)];

function load(address) {
  if (!kept.has(address)) {
    const answer = fetch(address).then((response) => (response.ok ? response.json() : Promise.reject(new Error(address))));
    answer.catch(() => kept.delete(address));
    kept.set(address, answer);
  }
  return kept.get(address);
}

async function options(block, text, lang) {
  const offer = await load(block.options);
  const listed = [];
  const places = async (kind) => {
    for (const { code, label } of offer[kind] ?? (await find(block, kind, text))) listed.push([kind, code, label]);
  };
  await places("districts");
  listed.push(...offer.sectors.map(({ code, label }) => ["sectors", code, label]));
  if (offer.programmes.length > 1) listed.push(...offer.programmes.map(({ code, label }) => ["programme", code, label]));
  listed.push(...offer.years.toReversed().map((year) => ["until", String(year), String(year)]));
  await places("villages"); // the many come last
  const own = new Set(block.own);
  const all = listed
    .map(([kind, code, label]) => ({ code: `${kind}:${code}`, label: filled(block.kinds[kind], { name: label }, lang) }))
    .filter(({ code }) => !own.has(code));
  return ranked(all, text);
}

// Where a word begins with what was typed comes first.
function ranked(all, text) {
  const typed = folded(text);
  const rank = ({ label }) => {
    const place = folded(label).indexOf(typed);
    return place <= 0 ? place : 2 - /[\s(]/.test(label[place - 1]);
  };
  if (!typed) return all;
  return all.map((option) => [rank(option), option]).filter(([far]) => far >= 0).sort(([a], [b]) => a - b).map(([, option]) => option);
}

async function find(block, kind, text) {
  const query = new URLSearchParams({ programme: block.programme, q: text });
  const { rows } = await load(`${block.places.replace("{kind}", kind)}?${query}`);
  return rows.map(([code, label]) => ({ code, label }));
}
