// What tests/browser/test_widths.py measures in a page.
const box = (element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left, right, top, bottom };
};

// Entries of the menu that are seen. The line under the current page is part of its entry.
const menu = () => [...document.querySelectorAll(".st-key-menu :is(a, button)")].filter((e) => e.checkVisibility()).map(box);

const header = () => box(document.querySelector(".st-key-header"));

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
  const scrolls = "[data-testid=stDataFrame], [data-testid=stSidebar], [role=listbox], .kub-chart";
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

// Letters of charts that stand out of the page: on paper nobody scrolls.
const outside = () => {
  const page = box(document.querySelector("[data-testid=stMainBlockContainer]"));
  return [...document.querySelectorAll(".kub-plot text")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width)
    .filter((e) => box(e).left < page.left - 1 || box(e).right > page.right + 1)
    .map((e) => e.textContent);
};

// What Streamlit wrote outside our sentences, and names that only screen readers say, where the pattern is in it.
const spoken = (pattern) => {
  const sought = new RegExp(pattern, "i");
  const ours = ".kub-chart, .stHtml, [data-testid=stMarkdownContainer], [data-testid=stCaptionContainer], script, style, noscript";
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
