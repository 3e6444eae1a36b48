// Streamlit's page says lang="en", leads keyboards past the sidebar but not past the menu, and does
// not mark the current link.
// FRAME comes from kub/ui/frame.py: lang, skip and filters (words), current (selector in the menu).
document.documentElement.lang = FRAME.lang;
document.documentElement.translate = false; // the product speaks both itself; a translated page would mix old and new findings
document.documentElement.style.setProperty("--kub-letters", String(parseFloat(getComputedStyle(document.documentElement).fontSize) / 16));
document.documentElement.style.setProperty("--kub-filters", JSON.stringify(FRAME.filters));

const skip = document.getElementById("kub-skip") ?? document.createElement("a");
skip.id = "kub-skip";
skip.href = "#";
skip.textContent = FRAME.skip;
skip.onclick = (event) => {
  event.preventDefault(); // the address is the view; a fragment would add to it
  const title = document.querySelector(".st-key-title h1");
  if (!title) return;
  title.tabIndex = -1;
  title.focus();
};
document.body.prepend(skip);

// Down a long page; a fragment would add to the address.
document.onclick = (event) => {
  const link = event.target.closest?.(".kub-jump");
  if (!link) return;
  event.preventDefault();
  const target = document.querySelector(link.dataset.to);
  if (!target) return;
  target.tabIndex = -1;
  target.scrollIntoView();
  target.focus({ preventScroll: true });
};

// What opens behind "more" is drawn at the end of the page: the keyboard gets there from its button, and back.
document.onkeydown = (event) => {
  const button = document.querySelector("[class*='st-key-menu-more'] button");
  const links = [...document.querySelectorAll(".st-key-more a")];
  if (!button || !links.length) return;
  const at = links.indexOf(document.activeElement);
  const steps = { ArrowDown: 1, ArrowUp: -1, Tab: event.shiftKey ? -1 : 1 };
  if (event.key === "Escape" && at >= 0) {
    button.click();
    button.focus();
  } else if (event.key in steps && (at >= 0 || (document.activeElement === button && steps[event.key] > 0))) {
    (links[at + steps[event.key]] ?? button).focus();
  } else return;
  event.preventDefault();
};

// The menu may be drawn after this runs: look again a few times, not for ever.
const mark = (left) => {
  const current = document.querySelector(`${FRAME.current} a`);
  if (!current && left > 0) return setTimeout(() => mark(left - 1), 100);
  document.querySelectorAll(".st-key-menu a").forEach((link) => link.removeAttribute("aria-current"));
  current?.setAttribute("aria-current", "page");
};
mark(30);
document.fonts.ready.then(() => mark(0)); // its own letters are wider than those before them
