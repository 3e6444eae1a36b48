// Blocks in the middle of a page that Streamlit draws (kub/ui/part.py): given by the session, drawn as everywhere.
import { here } from "./address.js";
import { repaint } from "./chart.js";
import { drawn } from "./draw_blocks.js";
import { forget } from "./place_charts.js";
import { bySession } from "./files.js";

const nodeOf = (component) => component.parentElement.querySelector(".kub-part");

export function mount(component) {
  const node = nodeOf(component);
  const { host, kept, reply, ...payload } = JSON.parse(component.data.part);
  const files = (node.kubFiles ??= bySession());
  files.sends((want) => component.setTriggerValue("ask", want));
  if (reply) files.reply(reply);
  drawn(node, { ...payload, ...here() }, { files, host: { ...host, kept, add: ({ visit }) => component.setTriggerValue("keep", visit) } });
  repaint();
}

export const unmount = forget;
