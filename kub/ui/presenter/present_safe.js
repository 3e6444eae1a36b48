// The second half of present.js (remote.py joins them): a presentation that no key ends by mistake, and that a lost
// connection does not end either.
const CONFIRM_MS = 5000; // in which a second Esc leaves
const AWAY_MS = 3000; // without an answer until the sign is shown
const RELOAD_MS = 20000; // without Streamlit, while its server answers

// Welcome and closing slide stand before the first step and after the last, and have names in the address.
function named(step, total) {
  if (step < 1) return "welcome";
  return step > total ? "closing" : String(step);
}

function enlarge() {
  if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {});
}

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else enlarge();
}

const connected = () => {
  const state = document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState;
  return state === undefined || state === "CONNECTED"; // not navigator.onLine: a laptop may be in no network at all
};

// A quiet sign while no server answers; Streamlit connects again by itself and runs the page. Only where it has given
// up, or its own reconnection failed, the page is loaded anew once the server answers.
function away(show) {
  const { parts, data } = show;
  const now = performance.now();
  const unanswered = show.pending !== null && now - show.pressed > AWAY_MS;
  if (unanswered && connected() && now - show.since > AWAY_MS) { // a server just started forgets what came before its page
    show.since = now;
    tell(show, show.pending);
  }
  if (connected()) show.lost = null;
  else show.lost ??= now;
  parts.away.hidden = !unanswered && (show.lost === null || now - show.lost < AWAY_MS / 3);
  parts.away.textContent = data.words.away;
  if (show.lost === null || now - show.lost < RELOAD_MS || show.asking) return;
  show.asking = true;
  fetch(new URL("_stcore/health", document.baseURI), { cache: "no-store" })
    .then((answer) => answer.ok && !connected() && location.reload())
    .catch(() => {})
    .finally(() => { show.asking = false; });
}

// The kiosk shows charts, again and again: it never comes to the welcome or the closing slide by itself.
function onward(show) {
  const ready = show.parts.black.hidden && show.pending === null;
  const after = show.step >= show.data.total ? 1 : show.step + 1;
  if (ready && after !== show.step) go(show, after);
  else arm(show);
}

function leave(show) {
  if (!show.parts.code.hidden) return code(show, false);
  if (!show.parts.black.hidden) return black(show, false);
  if (show.parts.ask.hidden) return ask(show, true);
  quit(show);
}

// Clickers send F5 and Esc in turn from one key, so that one Esc must not end a presentation.
function ask(show, on) {
  clearTimeout(show.asked);
  show.parts.ask.hidden = !on;
  if (on) show.asked = setTimeout(() => ask(show, false), CONFIRM_MS);
}

function quit(show) {
  ask(show, false);
  if (document.fullscreenElement) document.exitFullscreen();
  document.querySelector(".st-key-present-leave a")?.click();
}
