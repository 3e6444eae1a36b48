// Behind chart.js, chart_fit.js and table.js, without any import: a file that is opened from a disk may load no module.
const { cards, lang, words } = JSON.parse(document.getElementById("blocks").textContent);
const onDisk = location.protocol === "file:"; // where a page may not read the file beside it

for (const block of cards) {
  const node = document.getElementById(block.key);
  const rows = node.querySelector("table");
  if (rows) sortable(rows, block.table.order, words);
  if (!block.chart) continue;
  paint(node.querySelector(".kub-chart"), drawing(block, lang));
  const picture = node.querySelector(".kub-picture");
  picture.hidden = onDisk; // the picture holds the typeface, which is such a file
  picture.onclick = () => save(block.key);
}
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);

// What is read without any net: the worker keeps the pages of the language in use. Where a browser has none (a disk,
// plain http, a private window), the site is read as it comes.
async function keepForLater() {
  const workers = navigator.serviceWorker;
  if (!workers || onDisk) return;
  const keep = async () => (await workers.ready).active.postMessage({ lang });
  workers.addEventListener("controllerchange", keep); // a new publication came in between
  await workers.register(new URL("../sw.js", document.baseURI));
  await keep();
}
window.addEventListener("load", () => keepForLater().catch(() => {}));
