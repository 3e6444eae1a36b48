// Where charts stand on a page: noted while its blocks are made, drawn once all of them stand.
import { clear, paint } from "./chart.js";

const waiting = new Map(); // node of a chart -> what is to be drawn there

// data, answering: what paint takes (chart.js).
export const place = (node, data, answering) => waiting.set(node, [data, answering]);

// What is in sight comes first, and is seen before the rest is drawn: a chart takes 10 to 40 ms.
export async function putCharts() {
  const inSight = [...waiting.keys()].filter((node) => node.getBoundingClientRect().top < window.innerHeight);
  inSight.forEach(put);
  if (!waiting.size) return;
  await Promise.race([new Promise((shown) => requestAnimationFrame(() => setTimeout(shown))), new Promise((late) => setTimeout(late, 60))]);
  [...waiting.keys()].forEach(put);
}

function put(node) {
  const [data, answering] = waiting.get(node);
  waiting.delete(node);
  if (node.isConnected) paint(node, data, answering);
}

export function forget(node) {
  node.querySelectorAll(".kub-chart").forEach((chart) => clear(chart.dataset.key, chart));
}
