// What the other in-page scripts share: selectors, names, visibility, landmarks.
// Evaluates to an object; nothing is left in the page's global scope but one symbol.
(() => {
  const clean = (text, limit = 300) => (text || '').replace(/\s+/g, ' ').trim().slice(0, limit);
  const escape = (text) => CSS.escape(text);

  const selectors = new WeakMap();
  const isStable = (id) => id && id.length < 60 && !/\d{3,}|[0-9a-f]{8,}|^(ember|react|radix|:r)/i.test(id);
  const idCounts = new Map();
  for (const element of document.querySelectorAll('[id]')) {
    idCounts.set(element.id, (idCounts.get(element.id) || 0) + 1);
  }

  /** A selector that matches the element alone: from the nearest stable id, or from the root. */
  function selectorOf(element) {
    const known = selectors.get(element);
    if (known) return known;
    let selector;
    const parent = element.parentElement;
    if (isStable(element.id) && idCounts.get(element.id) === 1) {
      selector = '#' + escape(element.id);
    } else if (!parent) {
      selector = element.localName;
    } else {
      const tag = element.localName;
      let position = 0, count = 0;
      for (const sibling of parent.children) {
        if (sibling.localName !== tag) continue;
        count += 1;
        if (sibling === element) position = count;
      }
      const step = count > 1 ? `${escape(tag)}:nth-of-type(${position})` : escape(tag);
      selector = `${selectorOf(parent)} > ${step}`;
    }
    selectors.set(element, selector);
    return selector;
  }

  const IMPLIED = {
    a: (e) => (e.hasAttribute('href') ? 'link' : ''), button: () => 'button', summary: () => 'button', nav: () => 'navigation',
    main: () => 'main', aside: () => 'complementary', h1: () => 'heading', h2: () => 'heading', h3: () => 'heading',
    h4: () => 'heading', h5: () => 'heading', h6: () => 'heading', ul: () => 'list', ol: () => 'list', table: () => 'table',
    img: (e) => (e.getAttribute('alt') === '' ? 'presentation' : 'img'), search: () => 'search', select: () => 'combobox',
    textarea: () => 'textbox', form: (e) => (labelled(e) ? 'form' : ''), section: (e) => (labelled(e) ? 'region' : ''),
    header: (e) => (inSection(e) ? '' : 'banner'), footer: (e) => (inSection(e) ? '' : 'contentinfo'),
    input: (e) => ({ submit: 'button', button: 'button', image: 'button', reset: 'button', checkbox: 'checkbox', radio: 'radio',
      search: 'searchbox', hidden: '' }[e.type] ?? 'textbox'),
  };
  const inSection = (element) => !!element.parentElement?.closest('article,aside,main,nav,section,[role=article],[role=main],[role=region]');
  const labelled = (element) => element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby') || element.hasAttribute('title');
  function roleOf(element) {
    const explicit = (element.getAttribute('role') || '').trim().split(/\s+/)[0];
    return explicit || (IMPLIED[element.localName]?.(element) ?? '');
  }

  const LANDMARKS = new Set(['banner', 'navigation', 'main', 'complementary', 'contentinfo', 'search', 'form', 'region', 'dialog']);
  const regionCache = new WeakMap();
  /** Landmark roles around the element, outermost first. */
  function regionsOf(element) {
    const parent = element.parentElement || element.getRootNode().host;
    if (!parent) return [];
    const known = regionCache.get(parent);
    if (known) return known;
    const role = roleOf(parent);
    const regions = LANDMARKS.has(role) ? [...regionsOf(parent), role] : regionsOf(parent);
    regionCache.set(parent, regions);
    return regions;
  }

  let styles = new Map();
  const styleOf = (element) => {
    let style = styles.get(element);
    if (!style) styles.set(element, (style = getComputedStyle(element)));
    return style;
  };

  /** Whether one can scroll sideways to what reaches outside the page's right edge. */
  function scrollsSideways() {
    const own = styleOf(document.documentElement).overflowX;
    const used = own === 'visible' && document.body ? styleOf(document.body).overflowX : own;
    return !/hidden|clip/.test(used);
  }
  const PANEL = /menu|meny|nav|drawer|off-?canvas|side-?bar|panel|dialog|modal/i;
  /** A menu or panel that waits outside the right edge, where no scrolling leads. */
  function waitsOutside(element, style) {
    if (style.position !== 'absolute' && style.transform === 'none' && style.translate === 'none') return false;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.left < innerWidth - 20) return false;
    const says = PANEL.test(`${element.id} ${element.getAttribute('class') || ''} ${roleOf(element)}`) || !!element.querySelector('nav,[role=navigation]');
    if (!says) return false;
    if (!scrollsSideways()) return true;
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (/hidden|clip/.test(styleOf(up).overflowX) && up.getBoundingClientRect().right <= box.left + 20) return true;
    }
    return false;
  }

  let clipCache = new Map();
  /** Whether an ancestor shows nothing of what is in it: folded to no height or width, or moved out of the viewport. */
  function folded(element) {
    if (!element || element === document.body || element === document.documentElement) return false;
    if (clipCache.has(element)) return clipCache.get(element);
    const style = styleOf(element);
    let answer = false;
    if (style.overflowX !== 'visible' || style.overflowY !== 'visible') {
      const box = element.getBoundingClientRect();
      answer = box.width < 2 || box.height < 2;
    }
    if (!answer && style.position === 'fixed') {
      const box = element.getBoundingClientRect();
      answer = box.right <= 0 || box.left >= innerWidth || box.bottom <= 0 || box.top >= innerHeight;
    }
    if (!answer && style.opacity === '0' && element.children.length) answer = true;
    if (!answer) answer = waitsOutside(element, style);
    answer = answer || folded(element.parentElement);
    clipCache.set(element, answer);
    return answer;
  }

  /** Whether it lies above or to the left of where any scrolling leads; boxes around it may be scrolled back. */
  function isOutside(element, box) {
    let right = box.left + box.width + scrollX, bottom = box.top + box.height + scrollY;
    for (let up = element.parentElement; up && (right <= 0 || bottom <= 0) && up !== document.scrollingElement; up = up.parentElement) {
      const style = styleOf(up);
      if (/auto|scroll/.test(style.overflowX)) right += up.scrollLeft;
      if (/auto|scroll/.test(style.overflowY)) bottom += up.scrollTop;
    }
    return right <= 0 || bottom <= 0;
  }

  /** Rendered, with an area that a person can see somewhere on the scrollable page. */
  function isVisible(element) {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    let box = element.getBoundingClientRect();
    if ((box.width < 2 || box.height < 2) && element.childElementCount) {
      const child = [...element.children].map((inner) => inner.getBoundingClientRect()).find((inner) => inner.width >= 2 && inner.height >= 2);
      if (child) box = child;
    }
    if (box.width < 2 || box.height < 2) return false;
    if (isOutside(element, box)) return false;
    const style = styleOf(element);
    if (style.clip !== 'auto' && /rect\((0|1)(px)?,? (0|1)(px)?,? (0|1)(px)?,? (0|1)(px)?\)/.test(style.clip)) return false;
    if (/^(inset\((50|100)%\)|circle\(0|polygon\(0(px|%)? 0(px|%)?, 0(px|%)? 0)/.test(style.clipPath)) return false;
    if (style.opacity === '0') return false;
    return !folded(element.parentElement) && !(style.position === 'fixed' && folded(element)) && !waitsOutside(element, style);
  }

  /** Text that the element gives to an accessible name, after accname-1.2 steps 2A–2I, without CSS content. */
  function nameFromContent(element, depth = 0) {
    if (depth > 40) return '';
    let text = '';
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) text += node.nodeValue;
      else if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.getAttribute('aria-hidden') === 'true' || /^(script|style|template|noscript)$/.test(node.localName)) continue;
        const style = styleOf(node);
        if (style.display === 'none' || style.visibility === 'hidden') continue;
        const label = node.getAttribute('aria-label');
        const block = style.display !== 'inline' ? ' ' : '';
        if (label?.trim()) text += ` ${label} `;
        else if (node.localName === 'img' || node.localName === 'area') text += ` ${node.getAttribute('alt') || ''} `;
        else if (node.localName === 'svg') text += ` ${node.querySelector(':scope > title')?.textContent || ''} `;
        else text += block + nameFromContent(node, depth + 1) + block;
      }
    }
    return text;
  }
  function referenced(element) {
    const ids = (element.getAttribute('aria-labelledby') || '').split(/\s+/).filter(Boolean);
    return ids.map((id) => document.getElementById(id)).filter(Boolean)
      .map((source) => source.getAttribute('aria-label') || source.textContent).join(' ');
  }
  /** [name, source] of any element. */
  function nameOf(element) {
    const by = clean(referenced(element));
    if (by) return [by, 'aria-labelledby'];
    const label = clean(element.getAttribute('aria-label'));
    if (label) return [label, 'aria-label'];
    if (/^(input|select|textarea)$/.test(element.localName)) {
      if (/^(submit|button|reset)$/.test(element.type) && element.value) return [clean(element.value), 'value'];
      if (element.type === 'image' && element.alt) return [clean(element.alt), 'alt'];
      const labels = clean([...(element.labels || [])].map((source) => nameFromContent(source)).join(' '));
      if (labels) return [labels, 'label'];
      if (element.type === 'submit') return ['Submit', 'default'];
    } else if (element.localName === 'img') {
      if (element.alt) return [clean(element.alt), 'alt'];
    } else {
      const content = clean(nameFromContent(element));
      if (content) return [content, 'content'];
    }
    const title = clean(element.getAttribute('title'));
    if (title) return [title, 'title'];
    const placeholder = clean(element.getAttribute('placeholder'));
    return placeholder ? [placeholder, 'placeholder'] : ['', ''];
  }

  const startTag = (element) => clean(element.cloneNode(false).outerHTML.replace(/<\/[^>]*>$/, ''));
  const boxOf = (element) => {
    const box = element.getBoundingClientRect();
    const round = (value) => Math.round(value * 10) / 10;
    return { x: round(box.left + scrollX), y: round(box.top + scrollY), width: round(box.width), height: round(box.height) };
  };
  const textOf = (element, limit = 300) => clean(element.innerText ?? element.textContent, limit);

  function describe(element, extra = {}) {
    const role = roleOf(element), visible = isVisible(element);
    // What is hidden by visibility has no innerText, though it has a text once it is opened. Both take time: whoever knows
    // better, or does not want to know, says so in *extra*.
    const text = extra.text ?? (textOf(element) || (visible ? '' : clean(element.textContent)));
    return {
      selector: selectorOf(element), tag: element.localName, role, name: extra.name ?? nameOf(element)[0], text,
      html: startTag(element), box: boxOf(element), visible, regions: regionsOf(element), ...extra,
    };
  }

  const MENU_WORDS = /\b(meny|menyn|menu|huvudmeny|mobilmeny|navigation|hamburger|burger|(?:nav|menu|side-?bar|drawer|off-?canvas)-?toggle|toggle-?(?:menu|nav|side-?bar|drawer|off-?canvas))/i;
  /** Whether something says of itself that it opens a menu: in its text or name, or in its class or id. */
  const saysMenu = (element) =>
    MENU_WORDS.test(`${element.id} ${element.getAttribute('class') || ''} ${element.getAttribute('aria-label') || ''} ${clean(element.textContent, 40)}`);

  const SEARCH_WORDS = /(^|[^a-zåäö])(sök|sok|search)/i;
  /** Whether something says of itself, in its name or text, or in its class or id, that it has to do with searching. */
  const saysSearch = (element) =>
    SEARCH_WORDS.test(`${element.id} ${element.getAttribute('class') || ''} ${element.getAttribute('aria-label') || ''} ${element.getAttribute('title') || ''} ${clean(element.textContent, 40)}`);

  /** Whether an element stands in one of the elements that *selectors* name; without any, all do. */
  const insideOf = (selectors) => {
    if (!selectors) return () => true;
    const areas = selectors.map((one) => document.querySelector(one)).filter(Boolean);
    return (element) => areas.some((area) => area.contains(element));
  };

  /** A fingerprint of a text: equal texts have equal ones. */
  const printOf = (text) => {
    let print = 0;
    for (const letter of text) print = (Math.imul(print, 31) + letter.charCodeAt(0)) | 0;
    return print;
  };
  /** Whether anything could answer what is done to the page: a script, an attribute that holds one, or what has a document of its own. */
  const mayAnswer = () => document.scripts.length > 0 || !!document.querySelector('iframe,frame,object,embed')
    || document.evaluate('boolean(//@*[starts-with(name(), "on")])', document, null, XPathResult.BOOLEAN_TYPE, null).booleanValue
    || [...document.querySelectorAll('*')].some((element) => element.shadowRoot);
  /** Waits until the page was drawn twice; in a page that is not drawn, a tenth of a second. */
  const twoFrames = () => Promise.race([
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))), new Promise((done) => setTimeout(done, 100)),
  ]);
  const refresh = () => { styles = new Map(); clipCache = new Map(); };
  const kit = { clean, selectorOf, roleOf, regionsOf, styleOf, isVisible, nameOf, describe, saysMenu, saysSearch, scrollsSideways, boxOf, textOf, insideOf, printOf, mayAnswer, twoFrames, refresh, LANDMARKS };
  Object.defineProperty(globalThis, Symbol.for('auditor'), { value: kit, configurable: true, enumerable: false });
  return true;
})()
