// An editable combobox with a listbox, one value or several, after the ARIA Authoring Practices: focus stays in the text
// field, arrows move aria-activedescendant, Enter chooses, Escape closes and then clears, Tab leaves. Of several values each
// is also a button above the field; Backspace in the empty field takes the last one out.
import { element, filled, folded } from "./nodes.js";

const MOST_LISTED = 400; // options shown at once: more are found by typing
const MOST_PICKS = 4; // more are counted in one
const PAUSE = 120; // ms after a key before the server is asked
const PAGE = 8; // options that PageDown passes
const QUIET = 400; // ms before a screen reader is told how many options are left

// field: name, label, placeholder, several, options() or search(text), chosen(), choose(code), empty(), labelOf(code),
// kub(option), counted(n), likely(code, sure) where something can be done before the choice. Gives { node, update }.
export function combobox({ say, tell, lang }, field) {
  const id = `kub-filter-${field.name}`;
  const input = element("input", { id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false" });
  const list = element("ul", { id: `${id}-list`, role: "listbox", hidden: true });
  const picks = element("ul", { class: "kub-picks", hidden: true });
  const box = element("div", { class: "kub-field-box" }, picks, input, element("span", { class: "kub-field-arrow", "aria-hidden": "true" }));
  const node = element("div", { class: "kub-field" }, element("label", { for: id }, field.label), box, list);
  const state = { open: false, typed: null, options: [], active: -1, asked: 0, note: "" };
  set(input, { "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox", autocapitalize: "off" });
  set(list, { "aria-label": field.label, ...(field.several ? { "aria-multiselectable": "true" } : {}) });
  picks.setAttribute("aria-label", field.label);
  node.dataset.filter = field.name;

  const labelOf = (code) => field.labelOf?.(code) ?? field.options().find((option) => option.code === code)?.label ?? code;
  const isChosen = (code) => field.chosen().includes(code);

  // --- the list ------------------------------------------------------------------------------------------------------
  const matching = () => {
    const text = folded((state.typed ?? "").trim());
    const rank = ({ label }) => {
      const place = folded(label).indexOf(text);
      return place <= 0 ? place : 1 + !/[\s(]/.test(label[place - 1]);
    };
    const ranked = field.options().map((option) => [rank(option), option]).filter(([far]) => far >= 0);
    return text ? ranked.sort(([a], [b]) => a - b).map(([, option]) => option) : field.options();
  };

  const searched = (wait) => {
    const number = (state.asked += 1);
    const ask = async () => {
      try {
        const { options, more } = await field.search((state.typed ?? "").trim());
        if (number !== state.asked || !state.open) return;
        show(options, more ? say("more", { count: options.length }) : "");
      } catch {
        if (number === state.asked && state.open) show([], say("lost"));
      }
    };
    if (!state.options.length) show([], say("searching"));
    setTimeout(() => number === state.asked && ask(), wait);
  };

  const narrow = (wait = 0) => {
    if (field.search) return searched(wait);
    const all = matching();
    const some = all.filter((option, place) => place < MOST_LISTED || isChosen(option.code));
    show(some, some.length < all.length ? say("more", { count: some.length }) : "");
  };

  const show = (options, note) => {
    Object.assign(state, { options, note, active: -1 });
    if (!options.length && !note) state.note = say("none");
    list.replaceChildren(...options.map(row));
    if (state.note) list.append(element("li", { class: "kub-list-note", role: "presentation" }, state.note));
    mark();
    const first = options.findIndex(({ code }) => isChosen(code));
    // The best match of what was typed is at hand for Enter; an emptied field means the option without a value.
    const begins = options.length && (state.typed || (state.typed === "" && options[0].code === ""));
    const start = field.several ? -1 : first;
    activate(begins ? 0 : start, true);
    count();
  };

  let silence = 0;
  const count = () => {
    clearTimeout(silence);
    if (!state.typed) return;
    const text = state.options.length ? say("options", { count: state.options.length }) : state.note;
    silence = setTimeout(() => state.open && tell(text), QUIET);
  };

  const row = (option, place) => {
    const item = element("li", { id: `${id}-${place}`, role: "option" }, element("span", { class: "kub-tick", "aria-hidden": "true" }), element("span", { class: "kub-option" }, option.label));
    item.dataset.code = option.code;
    if (field.kub) {
      const kub = field.kub(option);
      item.toggleAttribute("data-none", !kub);
      item.append(element("span", { class: "kub-count", "aria-hidden": "true" }, filled("{count}", { count: kub }, lang)));
      // The name stays the name alone; the number is told after it.
      item.setAttribute("aria-description", say("kub", { count: kub }));
    }
    item.onclick = () => choose(place);
    item.onpointerenter = () => field.likely?.(option.code, false);
    item.onpointerdown = () => field.likely?.(option.code, true);
    return item;
  };

  const mark = () => {
    for (const item of list.querySelectorAll("[role=option]")) {
      const on = isChosen(item.dataset.code);
      item.setAttribute("aria-selected", String(on));
      item.querySelector(".kub-tick").textContent = on ? "✓" : "";
    }
  };

  const activate = (place, quietly = false) => {
    list.querySelector("[data-active]")?.removeAttribute("data-active");
    state.active = place;
    const item = list.children[place];
    if (place < 0 || !item) return input.removeAttribute("aria-activedescendant");
    item.toggleAttribute("data-active", true);
    input.setAttribute("aria-activedescendant", item.id);
    if (!quietly || !field.several) list.scrollTop += Math.min(0, item.offsetTop - list.scrollTop) + Math.max(0, item.offsetTop + item.offsetHeight - list.scrollTop - list.clientHeight);
  };

  const open = () => {
    if (state.open) return;
    state.open = true;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    node.toggleAttribute("data-open", true);
    narrow();
    list.scrollIntoView({ block: "nearest" });
  };

  const close = () => {
    state.open = false;
    state.asked += 1;
    list.hidden = true;
    list.replaceChildren();
    state.options = [];
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    node.removeAttribute("data-open");
  };

  const choose = (place) => {
    const option = state.options[place];
    if (!option) return;
    const typed = Boolean(state.typed);
    const was = isChosen(option.code);
    if (field.several || !was) field.choose(option.code);
    state.typed = null;
    if (field.several) tell(say(was ? "removed" : "added", { name: option.label }));
    // Whoever typed is done with this one; whoever looks through the list goes on.
    if (typed || !field.several) close();
    else activate(place);
    update();
    input.focus();
    if (!field.several) input.select();
  };

  const remove = (code) => {
    field.choose(code);
    tell(say("removed", { name: labelOf(code) }));
    update();
  };

  // --- keys and pointer ----------------------------------------------------------------------------------------------
  const move = (steps, from) => {
    const last = state.options.length - 1;
    if (last < 0) return;
    const next = from + steps;
    // Arrows go round, pages stop at the ends.
    if (Math.abs(steps) > 1) activate(Math.max(0, Math.min(last, next)));
    else activate((next + last + 1) % (last + 1));
    field.likely?.(state.options[state.active].code, false);
  };

  const down = (event) => {
    if (state.open) return move(1, state.active);
    open();
    if (!event.altKey && state.active < 0) move(1, -1);
  };
  const up = (event) => {
    if (event.altKey) return close();
    open();
    move(-1, Math.max(0, state.active));
  };
  const escape = () => {
    if (state.open) return close();
    state.typed = null;
    update();
  };
  const keys = {
    ArrowDown: down,
    ArrowUp: up,
    PageDown: () => state.open && move(PAGE, Math.max(0, state.active)),
    PageUp: () => state.open && move(-PAGE, state.active),
    Enter: () => (state.open && state.active >= 0 ? choose(state.active) : open()),
    Escape: escape,
  };

  input.onkeydown = (event) => {
    if (event.isComposing) return;
    if (event.key === "Tab") return close();
    if (event.key === "Backspace" && field.several && input.value === "") {
      const last = field.chosen().at(-1);
      if (last !== undefined) remove(last);
      return;
    }
    if (!(event.key in keys)) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit's sidebar and dialogs hear Escape too
    keys[event.key](event);
  };
  input.oninput = () => {
    state.typed = input.value;
    if (state.open) narrow(PAUSE);
    else open();
  };
  input.onfocus = () => !field.several && input.select();
  input.onblur = () => {
    close();
    state.typed = null;
    update();
  };
  box.onmousedown = (event) => {
    if (event.target.closest(".kub-pick") || event.target === input) return;
    event.preventDefault();
    input.focus();
  };
  box.onclick = (event) => {
    if (event.target.closest(".kub-pick")) return;
    if (state.open && event.target !== input) return close();
    if (!field.several && !state.typed) input.select();
    open();
  };
  list.onmousedown = (event) => event.preventDefault(); // focus stays in the field

  // --- what is chosen --------------------------------------------------------------------------------------------------
  const pick = (label, drop) => {
    const button = element("button", { type: "button", class: "kub-pick" }, element("span", {}, label), element("span", { class: "kub-cross", "aria-hidden": "true" }, "×"));
    button.setAttribute("aria-label", say("remove", { name: label }));
    button.onclick = () => {
      const place = [...picks.querySelectorAll("button")].indexOf(button);
      drop();
      update();
      const left = picks.querySelectorAll("button");
      (left[Math.min(place, left.length - 1)] ?? input).focus();
    };
    return element("li", {}, button);
  };

  function update() {
    const codes = field.chosen();
    if (field.several) {
      const counted = codes.length > MOST_PICKS;
      const drops = counted ? [pick(field.counted(codes.length), field.empty)] : codes.map((code) => pick(labelOf(code), () => remove(code)));
      const signs = JSON.stringify(counted ? codes.length : codes.map(labelOf));
      if (picks.dataset.signs !== signs) {
        picks.dataset.signs = signs;
        picks.replaceChildren(...drops);
      }
      picks.hidden = !codes.length;
      input.placeholder = codes.length ? "" : field.placeholder;
      input.value = state.typed ?? "";
    } else if (state.typed === null) {
      const code = codes[0] ?? "";
      input.value = code === "" ? "" : labelOf(code);
      input.placeholder = field.placeholder ?? "";
    }
    if (state.open && !field.search) refreshList();
    else if (state.open) mark();
  }

  // The same options with new numbers or ticks keep their place; others are shown anew.
  function refreshList() {
    const now = matching();
    const same = now.length === state.options.length && now.every(({ code }, place) => code === state.options[place].code);
    if (!same) return show(now, "");
    state.options = now;
    mark();
  }

  return { node, update };
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}
