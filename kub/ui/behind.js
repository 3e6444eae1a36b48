// Streamlit's page says lang="en", has no way past the menu and does not mark the current link.
document.documentElement.lang = "__LANG__";

(function skipLink() {
  const old = document.getElementById("kub-skip");
  if (old) old.remove();
  const link = document.createElement("a");
  link.id = "kub-skip";
  link.href = "#";
  link.textContent = "__SKIP__";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const title = document.querySelector(".st-key-title h1");
    if (!title) return;
    title.tabIndex = -1;
    title.focus();
    title.scrollIntoView();
  });
  document.body.prepend(link);
})();

// The menu may be drawn after this runs: look again a few times, not for ever.
(function markCurrent(left) {
  const links = document.querySelectorAll(".st-key-menu a");
  links.forEach((link) => link.removeAttribute("aria-current"));
  const current = document.querySelector(".st-key-menu-__PAGE__-current a");
  if (current) current.setAttribute("aria-current", "page");
  else if (left > 0) setTimeout(() => markCurrent(left - 1), 100);
})(30);
