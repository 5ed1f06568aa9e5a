// Public pages: leaving fast, and forms that help. Nothing is stored; every page works without this file.
import './numbers';
import { Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, Radios, SkipLink, createAll } from 'govuk-frontend';
import { keepInPage, show } from './steps';
import { beginTalk, keepTalking } from './talk';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
const begin = () => {
  for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, Radios, SkipLink]) createAll(component);
  beginTalk(replacePage);
};
const replacePage = (text, address) => show(text, address, begin);
keepTalking(replacePage);
begin();
keepInPage(begin);
// A page that the browser kept in memory is not shown again to whoever presses Back.
window.addEventListener('pageshow', (event) => { if (event.persisted) window.location.replace(window.location.href); });

// Escape three times leaves as well: children know that key better than Shift.
let presses = 0;
let timer;
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') { presses = 0; return; }
  presses += 1;
  clearTimeout(timer);
  timer = setTimeout(() => { presses = 0; }, 3000);
  if (presses >= 3) document.querySelector('.govuk-js-exit-this-page-button')?.click();
});
