// Light or dark as the reader chose, remembered in this browser; without a choice as the system has it.
// Streamlit and charts learn it from matchMedia alone and follow its "change", so a choice needs no reload. (Streamlit's
// own memory of a theme is kept by path: a choice on one page would be none on the next.) It runs before all modules.
(() => {
  const [KEY, DARK, MODES] = ["kub-theme", "(prefers-color-scheme: dark)", ["light", "dark"]];
  const ask = window.matchMedia.bind(window);
  const system = ask(DARK);

  function remembered() {
    try {
      const mode = localStorage.getItem(KEY);
      return MODES.includes(mode) ? mode : "system";
    } catch {
      return "system"; // a browser that keeps nothing
    }
  }

  let chosen = remembered();

  class Theme extends EventTarget {
    media = DARK;
    onchange = null;
    get matches() {
      return chosen === "system" ? system.matches : chosen === "dark";
    }
    addListener(listener) {
      this.addEventListener("change", listener);
    }
    removeListener(listener) {
      this.removeEventListener("change", listener);
    }
  }
  const theme = new Theme();
  // Popovers and dialogs hang on the page's root, outside the element that Streamlit itself tells.
  const show = () => (document.documentElement.style.colorScheme = theme.matches ? "dark" : "light");
  show();
  const tell = () => {
    show();
    const event = Object.assign(new Event("change"), { matches: theme.matches, media: DARK });
    theme.dispatchEvent(event);
    theme.onchange?.(event);
  };

  window.matchMedia = (query) => (query === DARK ? theme : ask(query));
  system.addEventListener("change", tell);
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY && event.key !== null) return;
    chosen = remembered(); // chosen in another window
    tell();
  });
  window.kubTheme = {
    get chosen() {
      return chosen;
    },
    choose(mode) {
      chosen = mode;
      try {
        if (mode === "system") localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, mode);
      } catch {
        // it then holds until the page is left
      }
      tell();
    },
    onChange: (listener) => theme.addEventListener("change", listener),
  };
})();
