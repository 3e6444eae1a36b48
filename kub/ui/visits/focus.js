// A moved step is drawn in another line, and with it the button that moved it: whoever pressed it by keyboard presses it again.
// WANTED comes from kub/ui/visits/plan.py: selectors, the first that can have the focus gets it.
const focus = (left) => {
  const [first, ...rest] = WANTED.map((wanted) => document.querySelector(wanted));
  if (!first) {
    if (left > 0) setTimeout(() => focus(left - 1), 50); // drawn a moment after this runs
    return;
  }
  const button = [first, ...rest].find((candidate) => candidate && !candidate.disabled);
  button?.focus();
  button?.scrollIntoView({ block: "nearest" });
};
setTimeout(() => focus(40), 50);
