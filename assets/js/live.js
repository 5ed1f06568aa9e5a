// For pages that renew parts of themselves: htmx with everything dangerous switched off.
import htmx from 'htmx.org/dist/htmx.esm.js';

// No code from attributes, no pages kept in the browser's storage, requests to our own origin only.
Object.assign(htmx.config, {
  allowEval: false, allowScriptTags: false, historyCacheSize: 0, selfRequestsOnly: true,
  includeIndicatorStyles: false, refreshOnHistoryMiss: true, scrollBehavior: 'instant',
});

// A page of a form is drawn anew while somebody already writes in its next field: what was written since stays.
const sent = new WeakMap();

function values(page) {
  const fields = [...page.querySelectorAll('input[id], select[id], textarea[id]')];
  return new Map(fields.map((field) => [field.id, field.type === 'radio' || field.type === 'checkbox' ? field.checked : field.value]));
}

document.addEventListener('htmx:beforeRequest', ({ detail }) => {
  if (detail.target.matches('[data-form-page]')) sent.set(detail.xhr, values(detail.target));
});
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  const before = sent.get(detail.xhr);
  if (before) sent.set(detail.xhr, new Map([...values(detail.target)].filter(([id, value]) => before.get(id) !== value)));
});
document.addEventListener('htmx:afterSwap', ({ detail }) => {
  (sent.get(detail.xhr) ?? []).forEach((value, id) => {
    const field = document.getElementById(id);
    if (field) field[typeof value === 'boolean' ? 'checked' : 'value'] = value;
  });
  sent.delete(detail.xhr);
});
