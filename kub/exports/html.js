// Behind chart.js in a file for taking home: everything it would fetch lies in the page already.

const FIGURES = JSON.parse(document.getElementById("figures").textContent);
const PAPER = 680; // px of a chart on A4 inside its margins
window.Plotly.register(ID);
plotly = Promise.resolve(window.Plotly);

function drawAll() {
  for (const [id, data] of Object.entries(FIGURES)) draw({ data, parentElement: document.getElementById(id) });
}

// A printer waits for nothing: drawn at once, light and as wide as the paper; afterwards as before.
window.addEventListener("beforeprint", () => {
  document.documentElement.classList.add("paper");
  for (const state of charts.values()) {
    const { data, layout, config } = dressed(state.data, "light", PAPER);
    window.Plotly.react(state.plot, data, { ...layout, width: PAPER }, config);
  }
});
window.addEventListener("afterprint", () => {
  document.documentElement.classList.remove("paper");
  for (const state of charts.values()) show(state);
});
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
drawAll();
