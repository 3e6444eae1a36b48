// Name of the product, menu and language in one row, and what Streamlit's own page lacks: its language, a way past the
// menu for keyboards, its own words in the page's language.
import { here, link as address, onView } from "./address.js";
import { translate } from "./builtin.js";
import { element, follow, menu } from "./nodes.js";
import { prefetch } from "./page.js";
import { tools } from "./tools.js";

const LONG = 15; // letters from which a name stands in two smaller lines

let before = "";

export function mount(component) {
  const { data, parentElement } = component;
  const text = JSON.stringify(data);
  const node = parentElement.querySelector(".kub-header");
  if (node.kubDrawnFrom === text) return;
  node.kubDrawnFrom = text;
  page(data);
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  draw(node, data);
  if (focused) [...node.querySelectorAll("[data-focus]")].find((other) => other.dataset.focus === focused)?.focus();
}

function draw(node, data) {
  const links = (names, place) => names.map(([name, label]) => {
    const link = element("a", { "data-page": name, "data-focus": `${place} ${name}`, "aria-current": name === data.current ? "page" : null }, label);
    follow(link, {}, name);
    link.onpointerenter = link.onfocus = () => prefetch(name, address({}, name).split("?")[1] ?? "");
    return link;
  });
  const { own, more, status } = tools(data.tools);
  const rest = menu(data.more, [...links(data.pages.slice(data.fewest), "more"), ...more], "more");
  rest.classList.add("kub-more");
  rest.dataset.current = data.current;
  const langs = data.langs.map((lang) => {
    const link = element("a", { lang, hreflang: lang, "data-focus": `lang ${lang}`, "aria-current": lang === data.lang ? "true" : null }, lang.toUpperCase());
    follow(link, { lang });
    return link;
  });
  const account = element("a", { class: "kub-account", "data-page": "account", "data-focus": "account", title: data.account, "aria-current": data.current === "account" ? "page" : null }, element("span", {}, data.account));
  follow(account, {}, "account");
  node.replaceChildren(
    element("div", { class: `kub-brand${data.name.length > LONG ? " kub-long" : ""}` }, element("span", { title: data.name || `KUB ${data.place}` }, data.name ? element("b", {}, data.name) : ["KUB ", element("b", {}, data.place)])),
    element("nav", { class: "kub-nav", "aria-label": data.menu }, links(data.pages, "menu"), rest),
    account,
    own,
    element("div", { class: "kub-lang", role: "group", "aria-label": "Bahasa / Language" }, langs),
    status);
}

function page(data) {
  const root = document.documentElement;
  root.lang = data.lang;
  root.translate = false; // the product speaks both itself; a translated page would mix old and new findings
  const letters = String(parseFloat(getComputedStyle(root).fontSize) / 16);
  if (root.style.getPropertyValue("--kub-letters") !== letters) root.style.setProperty("--kub-letters", letters);
  root.style.setProperty("--kub-filters", JSON.stringify(data.filters));
  if (before !== data.lang) translate(data.builtin);
  before = data.lang;
  skip(data.skip);
}

function skip(label) {
  const link = document.getElementById("kub-skip") ?? element("a", { id: "kub-skip", href: "#" });
  link.textContent = label;
  link.onclick = (event) => {
    event.preventDefault(); // the address is the view; a fragment would add to it
    const title = document.querySelector(".kub-head h1");
    if (!title) return;
    title.tabIndex = -1;
    title.focus();
  };
  if (!link.isConnected) document.body.prepend(link);
}

// The menu follows the address at once; its words follow with the run.
onView(() => {
  const current = here().page;
  const node = document.querySelector(".kub-header");
  for (const link of node?.querySelectorAll("[data-page]") ?? []) {
    link.href = address({}, link.dataset.page);
    if (link.dataset.page === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const link of node?.querySelectorAll(".kub-lang a") ?? []) link.href = address({ lang: link.lang });
  const more = node?.querySelector(".kub-more");
  if (more) more.dataset.current = current;
});
