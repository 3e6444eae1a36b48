// Where the rows and the files of a card come from. `rows(key)` gives a table twin, `item` an entry of the menu of downloads;
// `behind(key)` what the panel of origin.js shows, `rowsItem` an entry of its own downloads.
import { element } from "./nodes.js";
import { SITE } from "./site.js";

const PATIENCE = 15_000; // ms

// By address (kub/ui/page_route.py): a page that follows from its query alone.
export function byAddress({ page, query }) {
  const address = (key, ending, more = "") => {
    const text = [query, more].filter(Boolean).join("&");
    return `${SITE.base}/api/card/${page}/${encodeURIComponent(key)}.${ending}${text ? `?${text}` : ""}`;
  };
  const origin = (key, file = "", more = "") => {
    const text = [query, more].filter(Boolean).join("&");
    return `${SITE.base}/api/origin/${page}/${encodeURIComponent(key)}${file}${text ? `?${text}` : ""}`;
  };
  const got = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  return {
    rows: (key) => got(address(key, "table")),
    behind: (key) => got(origin(key)),
    rowsItem: (key, kind, ending, writing, attributes, label) =>
      element("a", { href: origin(key, `/${kind}.${ending}`, writing && `writing=${writing}`), download: true, ...attributes }, label),
    item: (key, ending, writing, attributes, label) =>
      element("a", { href: address(key, ending, writing && `writing=${writing}`), download: true, ...attributes }, label),
  };
}

// By the session (kub/ui/card.py): what a guest has stated never has an address. One question at a time; `reply` is told
// of the answer, which comes with the next run.
export function bySession() {
  const open = new Map(); // number of a question -> what to do with its answer
  let [number, turn, send] = [0, Promise.resolve(), null];

  const ask = (want) => {
    const answer = turn.then(() => new Promise((resolve, reject) => {
      const mine = (number += 1);
      open.set(mine, resolve);
      setTimeout(() => reject(new Error("no answer")), PATIENCE);
      send({ number: mine, ...want });
    }));
    turn = answer.catch(() => {});
    return answer;
  };

  return {
    sends: (by) => (send = by),
    reply({ number: of, ...answer }) {
      open.get(of)?.(answer);
      open.delete(of);
    },
    rows: async () => (await ask({ ending: "table" })).table,
    behind: async () => (await ask({ ending: "origin" })).origin,
    rowsItem: (key, rows, ending, writing, attributes, label) =>
      element("button", { type: "button", ...attributes, onclick: () => ask({ ending, writing, rows }).then(saved).catch(() => {}) }, label),
    item: (key, ending, writing, attributes, label) =>
      element("button", { type: "button", ...attributes, onclick: () => ask({ ending, writing }).then(saved).catch(() => {}) }, label),
  };
}

// A file as the browser keeps it. body: base64.
function saved({ name, type, body }) {
  const bytes = Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0));
  const href = URL.createObjectURL(new Blob([bytes], { type }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}
