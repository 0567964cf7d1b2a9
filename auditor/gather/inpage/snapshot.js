// A page as it is shown now, as plain HTML: without what is not seen, with numbers (data-n) on what can be pressed.
// Needs look.js. Takes {step: read | press | seen, number, option}; `read` gives {html, address, title}, `press` whether
// it could; `seen` remembers the links that are seen now, which `read` marks with data-seen.
async ({ step, number, option }) => {
  const kit = globalThis[Symbol.for('auditor')];
  const { clean, nameOf } = kit;
  kit.refresh();
  const ELEMENTS = 12000, LETTERS = 400000;
  const PRESSED = 'a,button,summary,input,select,option,label,[role=button],[role=link],[role=tab],[role=option],[role=radio],[role=checkbox],[role=switch],[role=menuitem],[role=menuitemradio],[onclick]';
  const KEPT = ['id', 'class', 'role', 'rel', 'type', 'name', 'for', 'title', 'datetime', 'method', 'aria-label', 'aria-current',
    'aria-selected', 'aria-pressed', 'aria-checked', 'aria-expanded', 'aria-haspopup', 'aria-disabled', 'aria-live', 'aria-sort'];
  const OWN = new Set(['data-n', 'data-name', 'data-seen']);
  const BARE = new Set(['script', 'style', 'noscript', 'template', 'svg', 'canvas', 'iframe', 'object', 'video', 'audio', 'head', 'link', 'meta']);
  const VOID = new Set(['input', 'br', 'hr', 'img', 'wbr', 'area', 'col', 'source', 'track', 'embed', 'base', 'param']);

  if (step === 'seen') {
    globalThis.auditorSeen = new WeakSet([...document.links].filter(kit.isVisible));
    return true;
  }
  if (step === 'press') {
    const element = kit.marked?.[number];
    if (!element?.isConnected || element.disabled || element.getAttribute('aria-disabled') === 'true') return false;
    if (element.localName === 'select') {
      element.value = option;
      element.dispatchEvent(new Event('input', { bubbles: true }));
      element.dispatchEvent(new Event('change', { bubbles: true }));
      return true;
    }
    const label = element.localName === 'input' && !element.checkVisibility({ visibilityProperty: true }) ? element.labels?.[0] : null;
    (label || element).click();
    return true;
  }

  const marked = (kit.marked = []);
  const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);
  let elements = 0, html = '';
  const absolute = (address) => { try { return new URL(address, document.baseURI).href.slice(0, 2000); } catch { return ''; } };
  const choosable = (element) => element.localName === 'input' && /^(radio|checkbox)$/.test(element.type);
  const attributes = (element) => {
    let said = '';
    for (const name of KEPT) {
      const value = element.getAttribute(name);
      if (value !== null) said += ` ${name}="${escape(clean(value, 200))}"`;
    }
    // What a site's own selectors may go by.
    for (const { name, value } of element.attributes) if (/^data-[a-z][a-z-]{1,30}$/.test(name) && !OWN.has(name) && value.length <= 40) said += ` ${name}="${escape(value)}"`;
    const tag = element.localName;
    if (tag === 'a' && typeof element.href === 'string' && element.hasAttribute('href')) said += ` href="${escape(element.href.slice(0, 2000))}"`;
    if (globalThis.auditorSeen?.has(element)) said += ' data-seen';
    if (tag === 'form') said += ` action="${escape(absolute(element.getAttribute('action') || location.href))}"`;
    if (tag === 'img') said += ` alt="${escape(clean(element.alt, 200))}"`;
    if (tag === 'option' || choosable(element) || (tag === 'input' && /^(search|text|submit|button)$/.test(element.type))) said += ` value="${escape(clean(element.value, 300))}"`;
    if (element.checked) said += ' checked';
    if (element.selected) said += ' selected';
    if (element.disabled) said += ' disabled';
    if (element.matches(PRESSED) || (element.tabIndex >= 0 && element.hasAttribute('tabindex'))) {
      said += ` data-n="${marked.length}"`;
      marked.push(element);
      // A field's name is what its label says, wherever that stands.
      if (/^(input|select)$/.test(tag)) said += ` data-name="${escape(clean(nameOf(element)[0], 200))}"`;
    }
    return said;
  };
  const write = (node) => {
    if (html.length > LETTERS || elements > ELEMENTS) return;
    if (node.nodeType === 3) {
      const text = node.nodeValue.replace(/\s+/g, ' ');
      const around = node.parentElement;
      if (text.trim() && around && (around.localName === 'option' || getComputedStyle(around).visibility === 'visible')) html += escape(text);
      else if (text) html += ' ';
      return;
    }
    if (node.nodeType !== 1 || BARE.has(node.localName)) return;
    const shown = node.checkVisibility() || /^(option|optgroup)$/.test(node.localName) || node.localName === 'area';
    if (!shown && !(choosable(node) && node.labels?.[0]?.checkVisibility())) return;
    elements += 1;
    html += `<${node.localName}${attributes(node)}>`;
    if (VOID.has(node.localName)) return;
    (node.shadowRoot ? node.shadowRoot.childNodes : node.localName === 'slot' && node.assignedNodes().length ? node.assignedNodes() : node.childNodes).forEach(write);
    html += `</${node.localName}>`;
  };
  if (document.body) write(document.body);
  return { html: `<!doctype html><html><title>${escape(clean(document.title))}</title>${html}</html>`, address: location.href, title: clean(document.title) };
}
