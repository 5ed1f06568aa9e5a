// Sends along with a form how many seconds somebody typed in it: a pause of more than five seconds is thinking, and
// does not count. Nothing of what was typed is looked at.
const PAUSE = 5000;
const FIRST = 1000;
const FIELD = 'typed_seconds';
const typed = new WeakMap();

document.addEventListener('input', (event) => {
  const form = event.target.form;
  if (!form || form.method !== 'post' || event.target.type === 'hidden') return;
  const now = performance.now();
  const { at, sum } = typed.get(form) || { at: -Infinity, sum: 0 };
  const pause = now - at;
  typed.set(form, { at: now, sum: sum + (pause < PAUSE ? pause : FIRST) });
});

const secondsOf = (form) => Math.round((typed.get(form)?.sum || 0) / 1000);

document.addEventListener('formdata', (event) => {
  const seconds = secondsOf(event.target);
  if (seconds) event.formData.set(FIELD, seconds);
});

// What is saved while somebody still types is counted then, and the count begins anew.
document.addEventListener('htmx:configRequest', (event) => {
  const from = event.target;
  const included = from.getAttribute('hx-include') || '';
  const form = from.closest('form') || (included.startsWith('#') && document.querySelector(included));
  const seconds = form && event.detail.verb === 'post' ? secondsOf(form) : 0;
  if (!seconds) return;
  event.detail.parameters[FIELD] = seconds;
  typed.delete(form);
});
