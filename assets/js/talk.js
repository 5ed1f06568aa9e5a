// The page of a chat: it looks for an answer every few seconds, and sends again by itself when the network dropped. What is
// written stands in its field until it has come in, and nowhere afterwards. Without this file two buttons do the same.
const EVERY = 4000;
const LATER = 10000;
const MOST = 30000;
const PATIENCE = 20000;
let timer;
let asking = false;
let again = false;
let failed = 0;
let since = 0;

export function keepTalking(replacePage) {
  document.addEventListener('submit', (event) => {
    const go = event.submitter?.value;
    if (!event.target.matches('form[data-talk]') || !['send', 'look'].includes(go)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (go === 'send') again = true;
    ask(replacePage);
  }, true);
  // Whoever changes what was written sends it themselves.
  document.addEventListener('input', (event) => { if (event.target.form?.matches('[data-talk]')) again = false; });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) ask(replacePage); });
  window.addEventListener('online', () => ask(replacePage));
}

export function beginTalk(replacePage) {
  clearTimeout(timer);
  again = false;
  failed = 0;
  since = Date.now();
  if (document.querySelector('form[data-talk]')) later(replacePage);
}

function later(replacePage) {
  clearTimeout(timer);
  const calm = Date.now() - since > 300000 ? LATER : EVERY;
  // What was pressed while a look was under way is not kept waiting.
  const soon = again ? 0 : calm;
  timer = setTimeout(() => ask(replacePage), failed ? Math.min(MOST, EVERY * 2 ** (failed - 1)) : soon);
}

async function ask(replacePage) {
  const form = document.querySelector('form[data-talk]');
  if (!form || asking || (document.hidden && !again)) return;
  clearTimeout(timer);
  asking = true;
  const talk = document.getElementById('talk');
  const sending = again;
  const words = form.elements.words.value;
  const body = new URLSearchParams(new FormData(form));
  body.set('part', '1');
  body.set('go', sending ? 'send' : 'look');
  if (sending) say(form.dataset.sending); else { body.set('have', talk.dataset.mark); body.delete('words'); }
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(form.action, { method: 'POST', body, cache: 'no-store', signal: stop.signal });
    const text = answer.status === 204 ? '' : await answer.text();
    if (answer.status === 429 || answer.status >= 500) {
      failed += 1;
      say(answer.status === 429 ? form.dataset.slow : form.dataset.lost, !sending);
    } else if (text && !text.includes('id="talk"')) {
      again = false;
      replacePage(text, form.action);
      return;
    } else {
      if (failed || sending) say('');
      failed = 0;
      if (text) took(form, text);
      if (sending && answer.ok) {
        since = Date.now();
        if (form.elements.words.value === words) form.elements.words.value = '';
        form.elements.words.dispatchEvent(new Event('input')); // the count of characters
        if (form.contains(document.activeElement)) form.elements.words.focus({ preventScroll: true });
      }
      if (sending) again = false;
    }
  } catch {
    failed += 1;
    say(sending ? form.dataset.lost : form.dataset.blind);
  } finally {
    clearTimeout(limit);
    asking = false;
    if (document.querySelector('form[data-talk]')) later(replacePage);
  }
}

function took(form, text) {
  const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('talk');
  if (fresh.dataset.state) form.elements.state.value = fresh.dataset.state;
  delete fresh.dataset.state;
  const before = document.querySelectorAll('#talk li').length;
  document.getElementById('talk').replaceWith(fresh);
  const lines = fresh.querySelectorAll('li');
  if (lines.length > before) {
    since = Date.now();
    lines[lines.length - 1].scrollIntoView({ block: 'nearest' });
  }
}

function say(words, quiet = false) {
  let line = document.querySelector('.a-unsent');
  if (quiet) return;
  if (!words) { line?.remove(); return; }
  if (!line) {
    line = document.createElement('p');
    line.setAttribute('role', 'status');
    document.querySelector('form[data-talk]').prepend(line);
  }
  line.className = 'govuk-error-message a-unsent';
  line.textContent = words;
}
