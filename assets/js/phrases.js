// Ready phrases beside a contact: found and put in by keyboard, at the cursor. Without this file every button works.
const box = document.getElementById('phrases');
const asked = document.getElementById('phrase_q');
const message = document.getElementById('message');

function buttons() {
  return [...document.querySelectorAll('#phrase-list [data-phrase]')];
}

function put(button) {
  const { selectionStart: from, selectionEnd: to, value } = message;
  const before = from > 0 && !/\s$/.test(value.slice(0, from)) ? ' ' : '';
  const after = to < value.length && !/^\s/.test(value.slice(to)) ? ' ' : '';
  const words = before + button.dataset.phrase + after;
  if (value.length - (to - from) + words.length > message.maxLength) return;
  message.setRangeText(words, from, to, 'end');
  message.dispatchEvent(new Event('input', { bubbles: true }));
  message.focus();
  const token = message.form.elements.csrfmiddlewaretoken.value;
  fetch(button.dataset.used, { method: 'POST', headers: { 'X-CSRFToken': token }, cache: 'no-store' }).catch(() => {});
}

function move(step) {
  const all = buttons();
  const next = all.indexOf(document.activeElement) + step;
  if (next < 0) asked.focus();
  else all[Math.min(next, all.length - 1)]?.focus();
}

if (box && message) {
  document.addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.code !== 'KeyP') return;
    event.preventDefault();
    box.open = true;
    asked.focus();
    asked.select();
  });
  box.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') message.focus();
    else if (event.key === 'Enter' && event.target === asked) {
      const first = buttons()[0];
      if (first) put(first);
    } else return;
    event.preventDefault();
  });
  box.addEventListener('click', (event) => {
    const button = event.target.closest('[data-phrase]');
    if (!button) return;
    event.preventDefault();
    put(button);
  });
  // Searching is not writing: the draft is not kept anew for it.
  asked.addEventListener('input', (event) => event.stopPropagation());
}
