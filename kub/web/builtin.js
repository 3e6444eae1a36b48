// Streamlit's own words in the page's language: texts, tooltips and names that only screen readers say.
// pairs come from kub/ui/frame.py: [what Streamlit writes, what is to stand there]; {0} and {1} stand for anything.
const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
let [plain, patterns] = [new Map(), []];
// What was put where, so that a change of the language finds Streamlit's own words again.
const memory = { texts: new WeakMap(), attributes: new WeakMap(), watch: null };

function translated(text) {
  const trimmed = text.trim();
  if (!trimmed) return text;
  if (plain.has(trimmed)) return plain.get(trimmed);
  const [head] = trimmed.split(": ", 1); // "Search: name of the table"
  if (plain.has(head)) return plain.get(head) + trimmed.slice(head.length);
  for (const [pattern, to] of patterns) {
    const match = pattern.exec(trimmed);
    if (match) return to.replace(/\{(\d)\}/g, (_, number) => match[Number(number) + 1]);
  }
  return text;
}

// Only where Streamlit writes: names of places and sentences of ours may hold the same words.
const SELF = ".kub-page, .kub-header, .kub-chart";
const OURS = ".kub-page, .kub-header, .kub-chart, [data-testid='stMarkdownContainer'], [data-testid='stHtml'], .stHtml";
function put(own, current, write) {
  const source = own.get("now") === current ? own.get("from") : current;
  const wanted = translated(source);
  own.set("from", source).set("now", wanted);
  if (wanted !== current) write(wanted);
}

function text(node) {
  if (node.parentElement?.closest(OURS) && !node.parentElement.closest("[data-testid='stFileUploader'], [role='dialog'], [role='tooltip']")) return;
  const own = memory.texts.get(node) ?? new Map();
  memory.texts.set(node, own);
  put(own, node.data, (wanted) => (node.data = wanted));
}

function attributes(element) {
  for (const name of ATTRIBUTES) {
    if (!element.hasAttribute(name)) continue;
    const all = memory.attributes.get(element) ?? {};
    memory.attributes.set(element, all);
    put((all[name] ??= new Map()), element.getAttribute(name), (wanted) => element.setAttribute(name, wanted));
  }
}

function walk(root) {
  if (root.nodeType === Node.TEXT_NODE) return text(root);
  if (root.nodeType !== Node.ELEMENT_NODE || root.closest(".kub-page, .kub-header, .kub-chart, script, style")) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node.nodeType === Node.ELEMENT_NODE && node.matches(".kub-page, .kub-header, .kub-chart, script, style") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  for (let node = root; node; node = walker.nextNode()) node.nodeType === Node.TEXT_NODE ? text(node) : attributes(node);
}

// From now on Streamlit's words are written so. Where both are the same there is nothing to watch for.
export function translate(pairs) {
  plain = new Map(pairs.filter(([from]) => !from.includes("{")));
  patterns = pairs.filter(([from]) => from.includes("{")).map(([from, to]) => {
    const escaped = from.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    return [new RegExp(`^${escaped.replace(/\{\d\}/g, "(.+)")}$`, "u"), to];
  });
  memory.watch?.disconnect();
  walk(document.body);
  if (!pairs.length) return;
  memory.watch = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.target.closest?.(SELF)) continue; // ours, drawn often
      if (change.type === "childList") change.addedNodes.forEach(walk);
      else if (change.type === "characterData") text(change.target);
      else attributes(change.target);
    }
  });
  memory.watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
}
