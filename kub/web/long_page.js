// A long page (kub/web/long_page.py): the way down it, and what readers ask, with the formula behind a click.
import { element } from "./nodes.js";

const PATIENCE = 15_000; // ms that a part which a link names may take to be drawn
const AGAIN = [0, 500, 1500]; // ms: what stands above it may still grow
const UNFOLDED = 600; // ms in which Streamlit unfolds
const still = matchMedia("(prefers-reduced-motion: reduce)");

export function contents(node, block) {
  node.setAttribute("aria-label", block.label);
  node.replaceChildren(element("p", { "aria-hidden": "true" }, block.label), list(block.items));
}

const list = (places) => element("ul", {}, places.map(({ text, anchor, items }) => element("li", {}, jump(text, anchor), items ? list(items) : null)));

const jump = (text, anchor) => element("a", { class: "kub-jump", href: `#${anchor}`, "data-focus": `jump ${anchor}` }, text);

export function explanations(node, block) {
  node.replaceChildren(...block.items.map(({ anchor, heading, name, text, formula }) =>
    element("section", { "aria-labelledby": anchor },
      element("h3", { id: anchor }, heading),
      element("p", {}, name ? element("b", {}, `${name}. `) : null, text),
      formula ? element("details", {}, element("summary", { class: "kub-quiet", "data-focus": `formula ${anchor}` }, block.formula), element("code", {}, formula)) : null)));
}

// --- the way there ---------------------------------------------------------------------------------------

const find = (name) => document.getElementById(name) ?? document.querySelector(`.kub-card[data-key="${CSS.escape(name)}"]`);

// To a heading or a card, opened where it is folded away. False where there is none of that name.
function lead(name, behavior = still.matches ? "auto" : "smooth") {
  const target = find(name);
  if (!target) return false;
  const fold = target.closest("details:not([open])") ?? target.closest('[class*="st-key-fold-"]')?.querySelector("details:not([open])");
  const heading = target.matches(".kub-card") ? target.querySelector("h2") : target;
  heading.tabIndex = -1;
  const show = () => {
    target.scrollIntoView({ behavior, block: "start" });
    heading.focus({ preventScroll: true });
  };
  show();
  if (fold) {
    fold.querySelector("summary").click(); // Streamlit itself keeps what is open
    setTimeout(show, UNFOLDED); // until then it takes no focus, and the page may be too short
  }
  return true;
}

// The address stays the view: a fragment would be lost at the next click. A link that is opened elsewhere keeps it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".kub-jump");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  lead(named(link.hash));
});

function named(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return ""; // typed by hand
  }
}

// What a link from elsewhere names, once it is drawn. Whoever acts meanwhile leads.
function arrive() {
  const name = named(location.hash);
  if (!name) return;
  const ends = performance.now() + PATIENCE;
  let acted = false;
  for (const act of ["pointerdown", "wheel", "touchstart", "keydown"]) addEventListener(act, () => (acted = true), { once: true, passive: true });
  const wait = () => {
    if (acted || performance.now() > ends) return;
    if (find(name)) for (const ms of AGAIN) setTimeout(() => acted || lead(name, "auto"), ms);
    else setTimeout(wait, 200);
  };
  wait();
}
window.addEventListener("hashchange", arrive);
arrive();
