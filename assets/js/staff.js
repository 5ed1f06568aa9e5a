// Staff pages: the libraries' components that we use.
import './numbers';
import './typing';
import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, createAll,
} from 'govuk-frontend';
import { ButtonMenu } from '@ministryofjustice/frontend/moj/components/button-menu/button-menu.mjs';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');

const components = [
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, ButtonMenu,
];
const start = (scope) => components.forEach((component) => createAll(component, undefined, { scope }));
start(document);
document.addEventListener('htmx:load', (event) => { if (event.target !== document.body) start(event.target); });

// On the figure of a body a place is chosen for the form below it: what is typed there already stays.
document.addEventListener('click', (event) => {
  const place = event.target.closest('a[data-place]');
  const field = place && document.getElementById('id_region');
  if (!field) return;
  event.preventDefault();
  field.value = place.dataset.place;
  field.focus();
});
