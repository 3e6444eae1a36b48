// Buttons of the header for the view as it is: light or dark, its link, paper.
import { element, menu } from "./nodes.js";

const THEMES = ["system", "light", "dark"];
const status = element("p", { class: "kub-done", role: "status" });
let words = {};
let fading = null;

// Said to screen readers and shown for a moment.
function say(text) {
  clearTimeout(fading);
  status.textContent = text;
  if (text) fading = setTimeout(() => say(""), 4000);
}

// The buttons with their texts behind one sign (frame.css shows them in the row where it has room), the same
// buttons for the menu of the narrowest, and where it is said what they did.
export function tools(texts) {
  words = texts;
  const own = menu(element("span", {}, words.label), buttons("tools"), "tools", words.label);
  own.classList.add("kub-tools");
  return { own, more: buttons("more"), status };
}

function buttons(place) {
  const made = (name, act) => {
    const button = element("button", { type: "button", class: "kub-tool", "data-tool": name, "data-focus": `${place} ${name}` }, element("span", {}, words[name]));
    button.title = words[name] ?? "";
    button.onclick = (event) => {
      event.stopPropagation(); // the menu is closed here, or stays open
      act(button);
    };
    return button;
  };
  const theme = made("theme", nextTheme);
  show(theme);
  return [theme, made("share", share), made("print", print)];
}

function nextTheme() {
  window.kubTheme.choose(THEMES[(THEMES.indexOf(window.kubTheme.chosen) + 1) % THEMES.length]);
  say(words[`theme_${window.kubTheme.chosen}`]);
}

function show(button) {
  const { chosen } = window.kubTheme;
  button.dataset.chosen = chosen;
  button.title = button.firstChild.textContent = words[`theme_${chosen}`];
}

// Chosen here or in another window; the system's own change shows nowhere here.
window.kubTheme.onChange(() => document.querySelectorAll('.kub-tool[data-tool="theme"]').forEach(show));

async function share(button) {
  close(button);
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    try {
      return await navigator.share({ title: document.title, url: location.href });
    } catch (fault) {
      if (fault.name === "AbortError") return; // the reader thought better of it
    }
  }
  say(words[(await copied(location.href)) ? "copied" : "not_copied"]);
}

function print(button) {
  close(button);
  window.print();
}

function close(button) {
  const toggle = button.closest(".kub-menu-box").querySelector("button");
  if (toggle.getAttribute("aria-expanded") !== "true") return;
  toggle.click();
  toggle.focus();
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text); // without https there is no clipboard
  }
}

function copiedBySelection(text) {
  const focused = document.activeElement;
  const field = element("textarea", { readonly: true, style: "position: fixed; opacity: 0" });
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus();
  return done;
}
