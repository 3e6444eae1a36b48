// What Streamlit's text field cannot be told: the keyboard of a phone, and the message that belongs to it.
// FIELD comes from kub/ui/typed_field.py: field (selector), keyboard, message ("" if the text is fine).
const dress = (left) => {
  const box = document.querySelector(FIELD.field);
  const input = box?.querySelector("input");
  const note = box?.querySelector(".kub-typed-note");
  if (!input || !note) {
    if (left > 0) setTimeout(() => dress(left - 1), 100); // drawn a moment after this runs
    return;
  }
  input.inputMode = FIELD.keyboard;
  note.id = `${FIELD.field.slice(1)}-note`;
  input.setAttribute("aria-invalid", String(FIELD.message !== ""));
  if (FIELD.message) input.setAttribute("aria-describedby", note.id);
  else input.removeAttribute("aria-describedby");
};
dress(30);
