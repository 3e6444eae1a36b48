// The second half of chart.js (assets.py joins them): how large a figure is drawn in its place, on screen and on paper.

// On a projector the page is enlarged (style.css), and with it the whole drawing: letters, marks and distances alike.
function enlarged(name = "--kub-enlarged") {
  return Number(getComputedStyle(document.documentElement).getPropertyValue(name)) || 1;
}

// behind.js may come after the first chart, which would stay as small as for letters of 16 px: its place is no wider then.
function letters() {
  const root = document.documentElement;
  const size = String(parseFloat(getComputedStyle(root).fontSize) / 16);
  if (root.style.getPropertyValue("--kub-letters") !== size) root.style.setProperty("--kub-letters", size);
}

// fill: px the drawing needs, where the chart is as high as its place; tall: the same on a phone. It is enlarged as far
// as that leaves room, and at least by --kub-least: letters must be read, so rows stand closer. A phone scrolls instead.
function fit(state) {
  letters();
  const { fill, tall, height } = state.data;
  const [most, least] = [enlarged(), enlarged("--kub-least")];
  const need = tall && state.node.clientWidth / most < NARROW ? tall : fill;
  if (fill) state.node.parentElement.style.setProperty("--kub-need", `${need * least}px`);
  state.node.style.height = fill ? "100%" : `${height * most}px`;
  const by = fill ? Math.max(Math.min(most, state.node.clientHeight / need), least) : most;
  state.high = fill ? Math.floor(state.node.clientHeight / by) : height;
  Object.assign(state.plot.style, { transform: by === 1 ? "" : `scale(${by})`, width: `${100 / by}%`, height: `${100 / by}%` });
  return state.node.clientWidth / by;
}

// Names on a map and values at diamonds come with the most important first; one that would lie on another of them, or
// stand out of the picture, is left out. Only the drawing knows: how large letters are beside the land depends on the window.
function thinned(plot) {
  if (!plot.layout.annotations?.some(({ name }) => name === "spare")) return; // looking has the browser lay all out
  const edge = plot.getBoundingClientRect();
  // The locator of a cropped map (kub/charts/crop.py) stands in a corner of it.
  const kept = [...plot.querySelectorAll(".x2y2 > .bg")].map((inset) => inset.getBoundingClientRect());
  for (const node of plot.querySelectorAll(".annotation")) {
    if (plot.layout.annotations?.[node.dataset.index]?.name !== "spare") continue;
    const text = node.querySelector("text");
    if (!text) continue; // it stands on land that a cropped map does not show
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const gap = (bottom - top) / 2; // less, and two names are read as one
    const free = left >= edge.left && right <= edge.right && kept.every((box) => right < box.left || left > box.right || bottom < box.top || top > box.bottom);
    if (free) kept.push({ left: left - gap, right: right + gap, top, bottom });
    node.style.visibility = free ? "" : "hidden";
  }
}

// Paper is narrower than the window, and known to the browser too late to wait for: all charts are drawn at once.
function paper(on) {
  const root = document.documentElement;
  if (root.classList.contains("kub-paper") === on) return;
  root.classList.toggle("kub-paper", on);
  for (const state of charts.values()) {
    if (!state.drawn) continue;
    const width = fit(state);
    if (!width) continue;
    const { data: traces, layout, config } = dressed(state.data, on ? "light" : paintedMode(), width);
    const white = on ? { paper_bgcolor: "#FFFFFF", plot_bgcolor: "#FFFFFF" } : {};
    window.Plotly.react(state.plot, traces, { ...sized(state, layout, traces, width), ...white }, config);
    thinned(state.plot);
    [state.width, state.tall] = [state.node.clientWidth, state.node.clientHeight];
    state.node.dataset.width = String(Math.round(width));
  }
}
window.addEventListener("beforeprint", () => paper(true));
window.addEventListener("afterprint", () => paper(false));
matchMedia("print").addEventListener("change", (event) => paper(event.matches));
