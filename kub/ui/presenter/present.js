// The browser's half of kub/ui/presenter/remote.py: keys of a clicker, quiet buttons, black screen, timer, kiosk, QR code.
const FORWARD = ["PageDown", "ArrowRight", "ArrowDown", " ", "Enter"];
const BACK = ["PageUp", "ArrowLeft", "ArrowUp", "Backspace"];
const PATIENCE_MS = 4000; // until a step that the server never confirmed is forgotten
const SWIPE = 60; // px
const ICONS = {
  previous: "M15 5l-7 7 7 7", next: "M9 5l7 7-7 7", black: "M4 5h16v11H4zM9 20h6", full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  timer: "M12 7v5l3 2M12 3a9 9 0 100 18 9 9 0 000-18", qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v6h-4",
  speaker: "M3 5h18v11H3zM8 20h8M7 9h6M7 12h9", lock: "M6 11h12v9H6zM9 11V8a3 3 0 016 0v3", unlock: "M6 11h12v9H6zM9 11V8a3 3 0 016-1",
  pause: "M8 5v14M16 5v14", resume: "M8 5l10 7-10 7z", leave: "M6 6l12 12M18 6L6 18",
};

const icon = (name) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
const clock = (seconds) => {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = `${String(minutes).padStart(2, "0")}:${String(Math.floor(seconds) % 60).padStart(2, "0")}`;
  return hours ? `${hours}:${rest}` : rest;
};
const remembered = (name, value) => (value === undefined ? sessionStorage.getItem(`kub-${name}`) === "yes" : sessionStorage.setItem(`kub-${name}`, value ? "yes" : ""));

function go(show, step) {
  const { total } = show.data;
  const target = Math.min(Math.max(step, 0), total + 1);
  black(show, false);
  arm(show);
  if (target === show.step || !connected()) return; // without a server nothing could be drawn
  show.step = target;
  show.pending = target;
  show.since = show.pressed = performance.now();
  addressed("step", named(target, total));
  const key = new CustomEvent("kub-step", { detail: { step: target } });
  window.dispatchEvent(key);
  if (key.detail.lifted) seen(show, target); // drawn behind already (kub/web/stage.js)
  tell(show, target);
}

// Both at once: what a message leaves out, the server would take from the address as it was before the last one.
function tell(show, step) {
  show.component.setTriggerValue("go", { step, private: show.private });
}

// At once, so that a reload in this moment, or the next key, comes with it; replaced, so that Back leaves the presentation.
function addressed(name, value) {
  const address = new URL(location.href);
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  history.replaceState(history.state, "", address);
}

function lock(show) {
  window.dispatchEvent(new Event("kub-step-stale"));
  show.private = !show.private;
  show.locked = performance.now();
  addressed("private", show.private ? "yes" : "");
  tell(show, show.step);
}

function black(show, on) {
  show.parts.black.hidden = !on;
}

function code(show, on) {
  const { parts, data } = show;
  parts.code.hidden = !on;
  if (!on) return;
  parts.codeText.textContent = data.qr ? data.words.scan : data.words.local.replaceAll("`", "");
  parts.codeSign.innerHTML = data.qr;
  parts.codeAddress.textContent = data.qr ? data.address : "";
}

// The kiosk goes on by itself after so many seconds, and begins again after the last step.
function arm(show) {
  clearTimeout(show.kiosk);
  if (show.data.kiosk && !show.paused)
    show.kiosk = setTimeout(() => onward(show), show.data.kiosk * 1000);
}

function pause(show) {
  if (!show.data.kiosk) return;
  show.paused = !show.paused;
  arm(show);
  buttons(show);
}

function tick(show) {
  const { parts, data } = show;
  const on = remembered("timer");
  parts.timer.hidden = !on;
  if (!on) return;
  const seconds = (performance.now() - show.started) / 1000;
  parts.timer.textContent = clock(seconds) + (data.minutes ? ` / ${clock(data.minutes * 60)}` : "");
  parts.timer.classList.toggle("over", Boolean(data.minutes) && seconds > data.minutes * 60);
}

function speaker() {
  const address = new URL(location.href);
  address.searchParams.set("speaker", "yes");
  window.open(address, "kub-speaker");
}

const ACTIONS = {
  previous: (show) => go(show, show.step - 1),
  next: (show) => go(show, show.step + 1),
  black: (show) => black(show, show.parts.black.hidden),
  full,
  timer: (show) => { remembered("timer", !remembered("timer")); tick(show); },
  qr: (show) => code(show, show.parts.code.hidden),
  speaker,
  lock,
  pause,
  leave,
  stay: (show) => ask(show, false),
  quit,
  start: (show) => { black(show, false); enlarge(); },
};
const KEYS = { b: "black", ".": "black", f: "full", t: "timer", q: "qr", s: "speaker", p: "pause", F5: "start", Escape: "leave" };

function pressed(show, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  // A button that the keyboard has reached is pressed by its own keys.
  if ([" ", "Enter"].includes(event.key) && event.target.closest?.("button, a")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key !== "Escape") ask(show, false);
  if (FORWARD.includes(key)) go(show, show.step + 1);
  else if (BACK.includes(key)) go(show, show.step - 1);
  else if (key === "Home") go(show, 1);
  else if (key === "End") go(show, show.data.total);
  else if (key in KEYS) event.repeat || ACTIONS[KEYS[key]](show); // held down it must not reload the page either
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// The counter waits for the drawing.
function seen(show, step) {
  const { total, words } = show.data;
  const end = named(step, total);
  show.parts.count.textContent = end in words ? words[end] : `${step} / ${total}`;
  if (show.root.dataset.step !== String(step)) show.root.dataset.step = step;
}

function buttons(show) {
  const { data, parts } = show;
  const labels = { ...data.words, lock: show.private ? data.words.unlock : data.words.lock, pause: show.paused ? data.words.resume : data.words.pause };
  const icons = { lock: show.private ? "lock" : "unlock", pause: show.paused ? "resume" : "pause" };
  for (const button of parts.buttons) {
    const name = button.dataset.action;
    if (button.title === labels[name]) continue;
    button.title = labels[name];
    button.setAttribute("aria-label", labels[name]);
    button.innerHTML = icon(icons[name] ?? name);
  }
  parts.pause.hidden = !data.kiosk;
  parts.bar.setAttribute("aria-label", data.words.controls);
  parts.askText.textContent = data.words.leave_ask;
  parts.black.dataset.sign = data.words.black;
  for (const button of parts.answers) button.textContent = data.words[button.dataset.action];
}

function build(root) {
  const names = ["leave", "lock", "speaker", "qr", "timer", "full", "black", "pause", "previous"];
  const button = (name) => `<button type="button" data-action="${name}"></button>`;
  root.innerHTML = `<div class="kub-bar" role="toolbar"><span class="kub-time" hidden></span>${names.map(button).join("")}
    <span class="kub-count" role="status"></span>${button("next")}</div>
    <div class="kub-qr" hidden role="dialog"><div><p></p><div class="kub-sign"></div><p class="kub-address"></p></div></div>
    <div class="kub-ask" role="alertdialog" hidden><p></p><button type="button" data-action="stay"></button><button type="button" data-action="quit"></button></div>
    <p class="kub-away" role="status" hidden></p>
    <div class="kub-black" hidden></div>`;
  const find = (selector) => root.querySelector(selector);
  return {
    bar: find(".kub-bar"), timer: find(".kub-time"), count: find(".kub-count"), buttons: [...root.querySelectorAll(".kub-bar button")],
    pause: find("[data-action=pause]"), code: find(".kub-qr"), codeText: find(".kub-qr p"), codeSign: find(".kub-sign"),
    codeAddress: find(".kub-address"), black: find(".kub-black"),
    ask: find(".kub-ask"), askText: find(".kub-ask p"), answers: [...root.querySelectorAll(".kub-ask button")], away: find(".kub-away"),
  };
}

function start(root, component) {
  const show = { component, root, data: component.data, parts: build(root), step: component.data.step, private: component.data.private, pending: null, lost: null, paused: false };
  const off = new AbortController();
  const on = (target, name, does, more = {}) => target.addEventListener(name, does, { signal: off.signal, ...more });
  on(document, "keydown", (event) => pressed(show, event), { capture: true });
  on(root, "click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    ACTIONS[button.dataset.action](show);
    if (event.detail) button.blur(); // after a mouse the keys are the clicker's again
  });
  on(show.parts.black, "click", () => black(show, false));
  on(show.parts.code, "click", () => code(show, false));
  let from = null;
  on(document, "touchstart", (event) => { from = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
  on(document, "touchend", (event) => {
    const [end, begin] = [event.changedTouches[0], from];
    from = null;
    if (!begin) return;
    const [x, y] = [end.clientX - begin.clientX, end.clientY - begin.clientY];
    if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) go(show, show.step + (x < 0 ? 1 : -1));
  }, { passive: true });
  const every = setInterval(() => { tick(show); away(show); }, 1000);
  // Streamlit adds an entry to the history for each change of the address; thirty steps would bury the page before.
  const push = history.pushState;
  history.pushState = function (state, title, address) {
    const same = new URL(address ?? "", location.href).pathname === location.pathname;
    return (same ? history.replaceState : push).call(history, state, title, address);
  };
  show.stop = () => {
    off.abort();
    clearInterval(every);
    clearTimeout(show.kiosk);
    history.pushState = push;
  };
  import(new URL(component.data.charts, document.baseURI).href).then((module) => module.library()); // ready before the first chart
  navigator.wakeLock?.request("screen").catch(() => {}); // where the browser allows it, the projector stays awake
  return show;
}

export default function (component) {
  const root = component.parentElement.querySelector(".kub-remote");
  const show = (root.kub ??= start(root, component));
  const { data } = component;
  Object.assign(show, { component, data, started: performance.now() - data.elapsed * 1000 });
  document.documentElement.lang = data.lang;
  const waits = show.pending && show.pending !== data.step && performance.now() - show.since < PATIENCE_MS;
  if (!waits) {
    if (show.step !== data.step) arm(show);
    Object.assign(show, { step: data.step, pending: null });
  }
  if (show.data.kiosk && !show.kiosk) arm(show);
  if (!show.parts.code.hidden) code(show, true);
  if (!waits) seen(show, data.step);
  if (!(performance.now() - show.locked < PATIENCE_MS)) show.private = data.private; // a run from before the lock may be late
  buttons(show);
  tick(show);
  away(show);
  return () => {
    show.stop();
    root.kub = null;
  };
}
