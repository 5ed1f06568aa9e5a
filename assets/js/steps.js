// The steps of a telling in one page: the browser's Back leads to the question before instead of asking whether to send
// a form again, and without a network every word stays. Without this file each step is a form like any other.
let busy = false;

export function keepInPage(begin) {
  document.addEventListener('submit', (event) => {
    if (!event.target.matches('form[data-unsent]')) return;
    event.preventDefault();
    step(event.target, event.submitter, begin);
  });
  // One entry of the history, at this very address, catches Back as long as there is a question before.
  window.addEventListener('popstate', () => {
    const back = document.querySelector('button[name="go"][value="back"]');
    if (back) {
      step(back.form, back, begin);
    } else {
      window.location.replace(document.querySelector('main a.govuk-back-link, .a-brand').href);
    }
  });
}

async function step(form, button, begin) {
  if (busy) return;
  const files = form.enctype === 'multipart/form-data' && form.querySelector('[type="file"]').files;
  if (files && [...files].some((file) => file.size > form.dataset.most)) {
    say(form.dataset.large);
    return;
  }
  busy = true;
  if (files && files.length) say(form.dataset.wait);
  const address = button?.getAttribute('formaction') ?? form.getAttribute('action');
  const body = files ? new FormData(form) : new URLSearchParams(new FormData(form));
  if (button?.name) body.append(button.name, button.value);
  try {
    const answer = await fetch(address, { method: 'POST', body, cache: 'no-store' });
    show(await answer.text(), address, begin);
  } catch {
    say(form.dataset.unsent);
  } finally {
    busy = false;
  }
}

export function show(text, address, begin) {
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  document.documentElement.lang = fresh.documentElement.lang;
  document.body.replaceChildren(...fresh.body.children);
  window.history[window.history.state === 'step' ? 'replaceState' : 'pushState']('step', '', address);
  begin();
  window.scrollTo(0, 0);
  if (!document.querySelector('main .govuk-error-summary')) {
    const main = document.querySelector('main');
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  }
}

function say(text) {
  document.querySelector('.a-unsent')?.remove();
  const words = document.createElement('p');
  words.className = 'govuk-error-message a-unsent';
  words.setAttribute('role', 'alert');
  words.textContent = text;
  document.querySelector('main').prepend(words);
  window.scrollTo(0, 0);
}
