// Takes out of a stylesheet what no page can match: rules whose classes stand in none of the pages' texts.
const CLASS = /\.(-?[_a-zA-Z][\w-]*)/g;

export function purge(css, texts) {
  const known = new Set(texts.join(' ').match(/[\w-]+/g));
  const { out } = block(css, 0);
  return out;

  function block(text, from) {
    let out = '';
    let at = from;
    while (at < text.length) {
      const open = text.indexOf('{', at);
      const close = text.indexOf('}', at);
      if (close !== -1 && (open === -1 || close < open)) return { out: out + text.slice(at, close), end: close + 1 };
      if (open === -1) return { out: out + text.slice(at), end: text.length };
      // What ends with a semicolon before the next rule stands by itself: @charset, a declaration beside nested rules.
      const alone = text.lastIndexOf(';', open) + 1;
      if (alone > at) { out += text.slice(at, alone); at = alone; }
      const head = text.slice(at, open);
      const inner = block(text, open + 1);
      if (head.startsWith('@media') || head.startsWith('@supports')) {
        if (inner.out) out += `${head}{${inner.out}}`;
      } else if (head.startsWith('@')) {
        out += `${head}{${inner.out}}`;
      } else {
        const kept = selectors(head).filter(matches);
        if (kept.length) out += `${kept.join(',')}{${inner.out}}`;
      }
      at = inner.end;
    }
    return { out, end: at };
  }

  // `:not(.x)` matches pages without x, and `:is(a, .x)` those with a.
  function matches(selector) {
    const bare = selector.replace(/:(?:not|is|where|has)\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '');
    return [...bare.matchAll(CLASS)].every(([, name]) => known.has(name));
  }
}

function selectors(head) {
  const found = [];
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] === '(') depth += 1;
    if (head[at] === ')') depth -= 1;
    if (head[at] === ',' && depth === 0) { found.push(head.slice(begin, at)); begin = at + 1; }
  }
  return [...found, head.slice(begin)];
}
