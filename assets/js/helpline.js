// The operator's console: keys, and what is half written is kept while it is typed. Without this file every button works.
import './sms';

const desk = document.querySelector('form[data-draft]');
const told = document.querySelector('[data-kept]');
const PAUSE = 700;
let timer = 0;
let unkept = false;

function body() {
  desk.elements.drafted.value = String(Date.now());
  return new URLSearchParams(new FormData(desk));
}

async function keep() {
  window.clearTimeout(timer);
  if (!unkept) return;
  unkept = false;
  try {
    const answer = await fetch(desk.dataset.draft, { method: 'POST', body: body(), headers: { 'X-Draft': '1' }, cache: 'no-store' });
    if (!answer.ok) throw new Error(String(answer.status));
    told.textContent = unkept ? '' : told.dataset.words;
  } catch {
    unkept = true;
    told.textContent = told.dataset.lost;
    timer = window.setTimeout(keep, 5 * PAUSE);
  }
}

if (desk) {
  desk.addEventListener('input', () => {
    unkept = true;
    told.textContent = '';
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, PAUSE);
  });
  desk.addEventListener('submit', () => {
    window.clearTimeout(timer);
    unkept = false;
    desk.elements.drafted.value = String(Date.now());
  });
  window.addEventListener('pagehide', () => {
    if (unkept) navigator.sendBeacon(desk.dataset.draft, body());
  });
  // Enter in a line of a section means that section's button.
  desk.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.target.tagName !== 'INPUT') return;
    const button = event.target.closest('section')?.querySelector('button[formaction]');
    if (button && ['text', 'tel'].includes(event.target.type)) {
      event.preventDefault();
      button.click();
    }
  });
  const message = document.getElementById('message');
  if (message && !document.querySelector('.govuk-error-message') && window.matchMedia('(hover: hover)').matches) {
    message.focus({ preventScroll: true });
    message.setSelectionRange(message.value.length, message.value.length);
  }
  const log = document.querySelector('.a-log');
  if (log) {
    const down = () => { log.scrollTop = log.scrollHeight; };
    down();
    new MutationObserver(down).observe(log, { childList: true });
  }
}

function press(key) {
  document.querySelector(`[data-key="${key}"]`)?.click();
}

function turn(step) {
  const lines = [...document.querySelectorAll('.a-contact[data-list="mine"]')];
  if (!lines.length) return;
  const here = lines.findIndex((line) => line.getAttribute('aria-current') === 'page');
  const next = here < 0 ? (step > 0 ? 0 : lines.length - 1) : (here + step + lines.length) % lines.length;
  lines[next].click();
}

// Keys by their place, so that they are the same on a Kazakh, Russian and English keyboard; the browser's own would press
// a second time.
const PLACES = { KeyN: 'next-waiting', KeyE: 'end' };
document.querySelectorAll('[accesskey]').forEach((button) => button.removeAttribute('accesskey'));
document.addEventListener('keydown', (event) => {
  const inMessage = event.target.id === 'message';
  if (event.key === 'F2') press('begin');
  else if (event.ctrlKey && event.key === 'Enter') press(inMessage ? 'send' : 'log');
  else if (event.altKey && event.key === 'ArrowDown') turn(1);
  else if (event.altKey && event.key === 'ArrowUp') turn(-1);
  else if (event.altKey && PLACES[event.code]) press(PLACES[event.code]);
  else return;
  event.preventDefault();
});

// How many of mine wait for a word stands in the window's title: a tab in the background says so, too.
const title = document.title;
function say() {
  const count = Number(document.getElementById('contacts')?.dataset.unanswered || 0);
  document.title = count ? `(${count}) ${title}` : title;
}
document.addEventListener('htmx:afterSettle', say);
say();
