// Behind chart.js, chart_fit.js and table.js in a file for taking home: all that they would fetch lies in it already.
const { cards, lang, words } = JSON.parse(document.getElementById("blocks").textContent);
window.Plotly.register(ID);
plotly = Promise.resolve(window.Plotly);
const face = [...document.styleSheets[0].cssRules].find((rule) => rule instanceof CSSFontFaceRule);
fontData = Promise.resolve(face.style.getPropertyValue("src").match(/data:[^"')]+/)[0]);

for (const block of cards) {
  const node = document.getElementById(block.key);
  const rows = node.querySelector("table");
  if (rows) sortable(rows, block.table.order, words);
  if (!block.chart) continue;
  paint(node.querySelector(".kub-chart"), drawing(block, lang));
  const picture = node.querySelector(".kub-picture");
  picture.hidden = false;
  picture.onclick = () => save(block.key);
}
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
