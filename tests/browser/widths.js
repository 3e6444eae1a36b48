// What tests/browser/test_widths.py measures in a page.
const box = (element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left, right, top, bottom };
};

// Entries of the menu that are seen. The line under the current page is part of its entry.
const menu = () => [...document.querySelectorAll(":is(.kub-nav, .kub-more) > :is(a, button)")].filter((e) => e.checkVisibility()).map(box);

const header = () => box(document.querySelector(".kub-header"));

// How many large numbers stand in each row, for each strip of them.
const rows = () => [...document.querySelectorAll(".kub-strip")].map((strip) => {
  const counted = {};
  for (const number of strip.children) {
    const top = Math.round(number.getBoundingClientRect().top);
    counted[top] = (counted[top] ?? 0) + 1;
  }
  return Object.values(counted);
});

// How far the page can be scrolled sideways, px.
const sideways = () => {
  const main = document.querySelector("[data-testid=stMain]");
  return main.scrollWidth - main.clientWidth;
};

// Text that its own box cuts, and placeholders wider than their field. Lists of choices and tables scroll.
const cut = () => {
  const found = [];
  const scrolls = "[data-testid=stSidebar], [role=listbox], .kub-chart, .kub-rows-box, .kub-grid";
  for (const e of document.querySelectorAll(".stApp :is(p, h1, h2, h3, button, a, label, dt, dd, span, td, th)")) {
    if (!e.checkVisibility() || e.closest(scrolls)) continue;
    const style = getComputedStyle(e);
    if (style.position === "absolute" || style.clipPath !== "none" || style.display === "inline") continue;
    if (style.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1) found.push(`${e.tagName} ${e.textContent.slice(0, 60)}`);
  }
  const pen = document.createElement("canvas").getContext("2d");
  for (const e of document.querySelectorAll(".stApp input[placeholder]")) {
    if (!e.checkVisibility() || !e.placeholder || e.value || box(e).right <= 0 || !e.clientWidth) continue;
    const style = getComputedStyle(e);
    pen.font = style.font;
    const room = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (pen.measureText(e.placeholder).width > room + 1) found.push(`placeholder ${e.placeholder}`);
  }
  return found;
};

// Letters of charts and cells of tables that stand out of the page: on paper nobody scrolls.
const outside = () => {
  const page = box(document.querySelector("[data-testid=stMainBlockContainer]"));
  return [...document.querySelectorAll(".kub-plot text, .kub-matrix :is(th, td), .kub-rows-box :is(th, td)")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width)
    .filter((e) => box(e).left < page.left - 1 || box(e).right > page.right + 1)
    .map((e) => e.textContent);
};

// What Streamlit wrote outside our sentences, and names that only screen readers say, where the pattern is in it.
const spoken = (pattern) => {
  const sought = new RegExp(pattern, "i");
  const ours = ".kub-chart, .kub-rows-box, .stHtml, [data-testid=stMarkdownContainer], [data-testid=stCaptionContainer], script, style, noscript";
  const signs = "[data-testid=stIconMaterial]"; // their names are drawn as signs
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.parentElement;
    if (at.closest(signs) || (at.closest(ours) && !at.closest("[data-testid=stFileUploader]"))) continue;
    if (sought.test(node.data)) found.add(node.data.trim());
  }
  for (const name of ["aria-label", "title", "placeholder"]) {
    for (const e of document.querySelectorAll(`[${name}]`)) {
      if (!e.closest(".kub-chart") && sought.test(e.getAttribute(name))) found.add(`${name}: ${e.getAttribute(name)}`);
    }
  }
  return [...found];
};

// --- text on text ------------------------------------------------------------------------------------
// What lies over the page on purpose, is drawn by Streamlit on a canvas, or is for screen readers alone.
const APART = "[data-testid=stIconMaterial], .hoverlayer, script, style, noscript, svg title";

const name = (text) => text.replace(/\s+/g, " ").trim().slice(0, 40);

// A rectangle without what the boxes around it do not show of it; null where nothing is left. The page itself is
// read to its end, whatever of it is in the window now.
const seen = (rect, element) => {
  let { left, right, top, bottom } = rect;
  for (let e = element; e && e !== document.documentElement; e = e.parentElement) {
    const style = getComputedStyle(e);
    if (style.clipPath !== "none" || style.clip !== "auto") return null;
    if (e.matches("[data-testid=stMain]")) break;
    if (style.display !== "inline" && (style.overflowX !== "visible" || style.overflowY !== "visible")) {
      const b = e.getBoundingClientRect();
      if (style.overflowX !== "visible") [left, right] = [Math.max(left, b.left), Math.min(right, b.right)];
      if (style.overflowY !== "visible") [top, bottom] = [Math.max(top, b.top), Math.min(bottom, b.bottom)];
    }
    if (style.position === "fixed") break;
  }
  return right - left > 1 && bottom - top > 1 ? { left, right, top, bottom } : null;
};

// What moves by itself: the text of such a layer may lie over the page's where the layer hides that.
const layer = (element) => {
  for (let e = element; e; e = e.parentElement) if (["fixed", "sticky"].includes(getComputedStyle(e).position)) return e;
  return null;
};

const opaque = (element, upTo) => {
  for (let e = element; e; e = e.parentElement) {
    const colour = getComputedStyle(e).backgroundColor.match(/[\d.]+/g) ?? [];
    if (colour.length === 3) return true;
    if (e === upTo) return false;
  }
  return false;
};

// Lines of text in sight, without the room above and below their letters.
const lines = () => {
  const out = [];
  const add = (rect, element, text) => {
    const shown = seen(rect, element);
    if (!shown) return;
    const least = (shown.bottom - shown.top) * 0.22;
    out.push({ ...shown, top: shown.top + least, bottom: shown.bottom - least, element, text: name(text) });
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest(APART) || e.closest("svg text")) continue;
    if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) add(rect, e, node.data);
  }
  for (const e of document.querySelectorAll("svg text")) {
    if (!e.textContent.trim() || e.closest(APART)) continue;
    if (e.getScreenCTM().b) continue; // slanted ones stand side by side; their upright boxes overlap
    if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    for (const part of e.querySelector("tspan.line") ? e.querySelectorAll("tspan.line") : [e]) {
      add(part.getBoundingClientRect(), e, part.textContent);
    }
  }
  return out;
};

// Pairs of texts of which one is written over the other, with how far, px. Lines of one paragraph are no pair.
const overlapping = () => {
  const all = lines().sort((a, b) => a.top - b.top);
  const pairs = [];
  all.forEach((a, index) => {
    for (const b of all.slice(index + 1)) {
      if (b.top >= a.bottom - 1) break;
      const [wide, high] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - b.top];
      if (wide <= Math.max(2, (a.bottom - a.top) / 4) || high <= 1 || a.element === b.element) continue;
      if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
      const [above, below] = [layer(a.element), layer(b.element)];
      if (above !== below && (opaque(a.element, above) || opaque(b.element, below))) continue;
      pairs.push(`${a.text} | ${b.text} (${Math.round(wide)}x${Math.round(high)})`);
    }
  });
  return pairs;
};

// Labels of charts that stand out of the chart's own picture, which cuts them.
const clipped = () => [...document.querySelectorAll(".kub-plot text")]
  .filter((e) => e.textContent.trim() && !e.closest(".hoverlayer") && e.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .filter((e) => {
    const [text, chart] = [box(e), box(e.closest(".kub-plot"))];
    return text.right > text.left && (text.left < chart.left - 1 || text.right > chart.right + 1 || text.top < chart.top - 2 || text.bottom > chart.bottom + 2);
  })
  .map((e) => name(e.textContent));
