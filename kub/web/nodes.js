// Small pieces of the page: an element, a link that stays on the page, a menu behind one word. Text is text.
import { go, link } from "./address.js";

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node[name] = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

// "{count} KUB aktif" with its values; numbers as the language writes them.
export function filled(text, values = {}, lang = "id") {
  return text.replace(/\{(\w+)\}/g, (all, name) => {
    const value = values[name] ?? all;
    return typeof value === "number" ? value.toLocaleString(lang) : value;
  });
}

// Letters without case and accents: "Éx" is found by "ex".
export const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// A link that a plain click follows without a new page; other clicks do what they always do.
export function follow(node, changes, page) {
  node.href = link(changes, page);
  node.onclick = (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(changes, { page });
  };
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
let menus = 0;

// A few things behind one word: opened by click or key, closed by Escape, by leaving it, or by taking one.
export function menu(label, items, focus, help) {
  const id = `kub-menu-${(menus += 1)}`;
  const list = element("ul", { class: "kub-menu-list", id, hidden: true }, items.map((item) => element("li", {}, item)));
  const button = element("button", { type: "button", class: "kub-quiet kub-drop", "aria-expanded": "false", "aria-controls": id, "data-focus": focus, title: help }, label);
  const box = element("div", { class: "kub-menu-box" }, button, list);
  const shown = (node) => node.checkVisibility();
  const open = (on) => {
    list.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    if (!on) return;
    list.style.insetInlineEnd = "";
    list.classList.remove("kub-up");
    const { left, bottom } = list.getBoundingClientRect();
    if (left < 4) list.style.insetInlineEnd = "auto";
    list.classList.toggle("kub-up", bottom > window.innerHeight - 4);
  };
  button.onclick = () => open(list.hidden);
  list.onclick = () => open(false);
  box.onkeydown = (event) => {
    const hidden = list.hidden && shown(button);
    if (hidden && event.key in STEPS) open(true);
    const all = [button, ...items].filter(shown);
    const at = all.indexOf(document.activeElement);
    if (event.key === "Escape" && !list.hidden) {
      open(false);
      button.focus();
    } else if (event.key in STEPS) {
      all[(at + STEPS[event.key] + all.length) % all.length].focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  box.onfocusout = (event) => !box.contains(event.relatedTarget) && event.relatedTarget && open(false);
  return box;
}

document.addEventListener("pointerdown", (event) => {
  for (const list of document.querySelectorAll(".kub-menu-list:not([hidden])")) {
    if (!list.parentElement.contains(event.target)) list.parentElement.querySelector("button").click();
  }
});
