// A field for one of many in a form that Streamlit draws (kub/ui/list_field.py). What is chosen is the session's: it is told
// of a choice, and its next run says what stands there.
import { combobox } from "./combobox.js";
import { element, filled } from "./nodes.js";

export function mount({ data, parentElement, setTriggerValue }) {
  const node = parentElement.querySelector(".kub-list-field");
  const field = (node.kubField ??= { made: "", names: new Map() });
  Object.assign(field, { data, code: data.code, send: (code) => setTriggerValue("chosen", { code }) });
  field.names.set(data.code, data.name);
  const made = JSON.stringify([data.lang, data.label]);
  if (field.made !== made) build(node, field);
  field.made = made;
  field.part.update();
}

let fields = 0;

function build(node, field) {
  const { lang, label, placeholder, words, address } = field.data;
  const say = (name, values) => filled(words[name], values, lang);
  const status = element("p", { class: "kub-hidden", role: "status" });
  field.names = new Map([[field.code, field.data.name]]);
  // An emptied field: nothing is chosen.
  const none = { code: "", label: placeholder };
  const search = async (text) => {
    const response = await fetch(`${address}&${new URLSearchParams({ q: text })}`);
    if (!response.ok) throw new Error(response.status);
    const { rows, more } = await response.json();
    for (const [code, name] of rows) field.names.set(code, name);
    const options = rows.map(([code, name]) => ({ code, label: name }));
    return { more, options: text ? options : [none, ...options] };
  };
  field.part = combobox({ say, lang, tell: (text) => (status.textContent = text) }, {
    name: `list-${(fields += 1)}`,
    label,
    placeholder,
    options: () => (field.data.options ?? []).map(([code, name]) => ({ code, label: name })),
    search: address ? search : undefined,
    chosen: () => [field.code],
    labelOf: (code) => field.names.get(code) ?? field.data.options?.find(([other]) => other === code)?.[1],
    choose: (code) => {
      field.code = code;
      field.send(code);
    },
  });
  node.replaceChildren(field.part.node, status);
}
