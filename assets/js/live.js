// For pages that renew parts of themselves: htmx with everything dangerous switched off.
import htmx from 'htmx.org/dist/htmx.esm.js';

// No code from attributes, no pages kept in the browser's storage, requests to our own origin only.
Object.assign(htmx.config, {
  allowEval: false, allowScriptTags: false, historyCacheSize: 0, selfRequestsOnly: true,
  includeIndicatorStyles: false, refreshOnHistoryMiss: true, scrollBehavior: 'instant',
});
