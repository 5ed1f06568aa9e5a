// The nearest district and how far places are, worked out on this phone: where it is goes into no request and is kept
// nowhere. The page works without this file by its lists.
const box = document.querySelector('[data-near]');
const RADIUS = 6371;
const FARTHEST = 150;
let here;

if (box && 'geolocation' in navigator) begin(box);

function begin(near) {
  near.hidden = false;
  near.querySelector('button').addEventListener('click', () => look(near));
  if (here) sort(near);
}

function look(near) {
  say(near, near.dataset.working);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => { here = [coords.latitude, coords.longitude]; took(near); },
    () => say(near, near.dataset.refused),
    { maximumAge: 600000, timeout: 20000 },
  );
}

async function took(near) {
  if (document.getElementById('found')) { sort(near); return; }
  try {
    const { points } = await (await fetch(near.dataset.points, { cache: 'no-store' })).json();
    const [code, far] = points.map(([kato, lat, lon]) => [kato, distance(lat, lon)]).sort((a, b) => a[1] - b[1])[0];
    if (far > FARTHEST) { say(near, near.dataset.far); return; }
    await show(near.closest('form'), code);
  } catch {
    say(near, near.dataset.refused);
  }
}

// The same question with the district's code, into this very page: a new page would no longer know where the phone is.
async function show(form, code) {
  const asked = new URLSearchParams(new FormData(form));
  asked.delete('r');
  asked.set('p', code);
  const address = `${form.getAttribute('action')}?${asked}`;
  const text = await (await fetch(address, { cache: 'no-store' })).text();
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  document.querySelector('main').replaceWith(fresh.querySelector('main'));
  window.history.replaceState(null, '', address);
  begin(document.querySelector('[data-near]'));
  const title = document.getElementById('found-title');
  title.tabIndex = -1;
  title.focus();
}

function sort(near) {
  const list = document.querySelector('.a-places');
  if (!list) return;
  const rows = [...list.children].map((row) => [row, row.dataset.lat ? distance(row.dataset.lat, row.dataset.lon) : Infinity]);
  // Whoever is closed for now stays last, however near.
  rows.sort(([a, far], [b, farther]) => ('last' in a.dataset) - ('last' in b.dataset) || far - farther);
  for (const [row, far] of rows) {
    list.append(row);
    if (far < Infinity) row.querySelector('.a-km').textContent = near.dataset.km.replace('{km}', Math.max(1, Math.round(far)));
  }
  say(near, near.dataset.sorted);
}

function distance(lat, lon) {
  const [a, b, c, d] = [here[0], Number(lat), here[1], Number(lon)].map((degrees) => degrees * Math.PI / 180);
  return 2 * RADIUS * Math.asin(Math.sqrt(Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin((d - c) / 2) ** 2));
}

function say(near, words) {
  near.querySelector('[role=status]').textContent = words;
}
