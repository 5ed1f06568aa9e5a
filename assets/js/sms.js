// How a short message goes out is counted while it is typed: Kazakh and Russian letters take more room than Latin ones.
const about = document.querySelector('[data-sms]');
const field = document.getElementById('message');

function parts(text) {
  const { basic, extended, oneGsm, oneUcs2, severalGsm, severalUcs2 } = about.dataset;
  const signs = [...text];
  const gsm = signs.every((sign) => basic.includes(sign) || extended.includes(sign));
  const sizes = signs.map((sign) => (gsm ? (extended.includes(sign) ? 2 : 1) : sign.length));
  const one = Number(gsm ? oneGsm : oneUcs2);
  const several = Number(gsm ? severalGsm : severalUcs2);
  const units = sizes.reduce((sum, size) => sum + size, 0);
  if (units <= one) return { count: units ? 1 : 0, left: one - units };
  let count = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > several) { count += 1; used = 0; }
    used += size;
  }
  return { count, left: several - used };
}

function show() {
  const { count, left } = parts(field.value.trim());
  const line = about.querySelector('[data-count]');
  if (!count) return;
  const words = about.dataset.words.replace('{parts}', count).replace('{left}', left);
  line.textContent = count > Number(about.dataset.most) ? `${words} ${about.dataset.long}` : words;
}

if (about && field) {
  field.addEventListener('input', show);
  show();
}
