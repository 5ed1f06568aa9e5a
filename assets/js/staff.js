// Staff pages: the libraries' components that we use, and htmx with everything dangerous switched off.
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, createAll,
} from 'govuk-frontend';
import { ButtonMenu } from '@ministryofjustice/frontend/moj/components/button-menu/button-menu.mjs';
import htmx from 'htmx.org/dist/htmx.esm.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');

// No code from attributes, no pages kept in the browser's storage, requests to our own origin only.
Object.assign(htmx.config, {
  allowEval: false, allowScriptTags: false, historyCacheSize: 0, selfRequestsOnly: true,
  includeIndicatorStyles: false, refreshOnHistoryMiss: true, scrollBehavior: 'instant',
});

const components = [
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, ButtonMenu,
];
const start = (scope) => components.forEach((component) => createAll(component, undefined, { scope }));
start(document);
document.addEventListener('htmx:load', (event) => { if (event.target !== document.body) start(event.target); });

// Language and theme change at once; without JavaScript their forms have a button.
document.addEventListener('change', (event) => {
  if (event.target instanceof HTMLSelectElement && event.target.matches('[data-submit]')) event.target.form.requestSubmit();
});
