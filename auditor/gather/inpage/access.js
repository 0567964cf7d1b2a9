// Facts for rules of accessibility that axe has no answer to, or a wrong one. Its shape is auditor.model.access.Access.
// Needs look.js, and runs after facts.js in the same rendering, so that styles are known already. Changes nothing.
// Takes {within}: selectors of the elements that are asked about; without it, the whole page is. Then what takes time is
// left out: nothing is waited for, and no picture looked at.
async (given) => {
  const brief = !!given?.within;
  const kit = globalThis[Symbol.for('auditor')];
  const inside = kit.insideOf(given?.within);
  const { clean, describe, isVisible, nameOf, roleOf, styleOf } = kit;
  const ELEMENTS = 20000, LIST = 200;
  const root = document.documentElement;
  const all = [root, ...root.getElementsByTagName('*')].slice(0, ELEMENTS);
  const html = (element) => element.namespaceURI === 'http://www.w3.org/1999/xhtml';
  const round = (value) => Math.round(value * 1000) / 1000;

  const modal = document.querySelector('dialog:modal');
  /** Within what assistive technology is told of. */
  const exposed = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-hidden=true],[inert]')
    && (!modal || modal.contains(element) || element.contains(modal));
  /** Text that a person sees: not in what is hidden, moved out of sight or cut to nothing. */
  const shownText = (element, limit = 300) => {
    const parts = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(), seen = 0; node && seen < 200; node = walker.nextNode(), seen += 1) {
      const parent = node.parentElement;
      if (!clean(node.nodeValue) || /^(script|style|template|noscript|title)$/.test(parent.localName)) { parts.push(' '); continue; }
      if (parent !== element && !isVisible(parent) && !inlineShown(parent, element)) { parts.push(' '); continue; }
      for (let up = parent; up && up !== element; up = up.parentElement) if (styleOf(up).display !== 'inline') { parts.push(' '); break; }
      parts.push(node.nodeValue);
      if (parent !== element && styleOf(parent).display !== 'inline') parts.push(' ');
      if (node.nextSibling?.localName === 'br') parts.push(' ');
    }
    return clean(parts.join(''), limit);
  };
  /** A narrow inline element («i», «1») is seen though it is less than two pixels wide in one direction. */
  const inlineShown = (parent, element) => styleOf(parent).display === 'inline' && parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && parent.getBoundingClientRect().width > 0 && (parent.parentElement === element || isVisible(parent.parentElement));
  const ownText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && clean(node.nodeValue));

  // Spacing that the page forbids readers to change.
  const SPACING = ['letter-spacing', 'word-spacing', 'line-height'];
  const used = (element, property) => {
    const style = styleOf(element), size = parseFloat(style.fontSize) || 16, value = style.getPropertyValue(property);
    if (value === 'normal') return property === 'line-height' ? 1.2 * size : 0;
    return parseFloat(value) || 0;
  };
  const linesOf = (element) => {
    const range = document.createRange();
    const tops = new Set();
    for (const node of element.childNodes) {
      if (node.nodeType !== 3 || !clean(node.nodeValue)) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) tops.add(Math.round(box.top / 3));
    }
    return tops.size;
  };
  const spacings = [];
  for (const element of document.querySelectorAll('[style*="important" i]')) {
    if (spacings.length >= LIST || !html(element)) continue;
    for (const property of SPACING) {
      const value = element.style.getPropertyValue(property);
      if (!value || element.style.getPropertyPriority(property) !== 'important' || /^(inherit|unset|revert|revert-layer)$/.test(value)) continue;
      const own = used(element, property), size = parseFloat(styleOf(element).fontSize) || 16;
      for (const text of [element, ...element.querySelectorAll('*')].slice(0, 300)) {
        if (!html(text) || !ownText(text) || !inside(text) || !isVisible(text)) continue;
        const here = parseFloat(styleOf(text).fontSize) || 16, spacing = used(text, property);
        const follows = Math.abs(spacing - own) < 0.01 || (property === 'line-height' && Math.abs(spacing / here - own / size) < 0.001);
        if (follows) spacings.push(describe(text, { property, spacing: round(spacing), font_size: here, lines: linesOf(text) }));
      }
    }
  }

  // Frames: what is in them, where that can be seen.
  const focusableIn = (tree) => [...tree.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary,audio[controls],video[controls],[tabindex],[contenteditable=""],[contenteditable=true],iframe')]
    .some((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]'));
  const frames = [], seenFrames = (tree, outer) => {
    for (const element of tree.querySelectorAll('iframe,frame')) {
      if (frames.length >= 50) return;
      if (!inside(outer || element)) continue;
      let inner = null;
      try { inner = element.contentDocument; } catch { inner = null; }
      const body = inner?.body;
      const shown = !!element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]') && (!!outer || !modal || modal.contains(element));
      frames.push(describe(outer || element, {
        name: clean(element.getAttribute('aria-label') || '') || (outer ? '' : nameOf(element)[0]) || clean(element.getAttribute('title') || ''),
        text: '', tab_index: element.hasAttribute('tabindex') ? element.tabIndex : 0, nested: !!outer,
        shown: shown && element.clientWidth > 1 && element.clientHeight > 1, exposed: shown && !element.closest('[aria-hidden=true]'),
        focusable: body ? focusableIn(inner) : null, address: element.src || '', readable: !!body,
        title: clean(inner?.title || ''), content: body ? clean(body.innerText || body.textContent, 1000) : '',
      }));
      if (inner && !outer) seenFrames(inner, element);
    }
  };
  seenFrames(document, null);

  // Areas that scroll on their own.
  const scrollers = [];
  const outside = (element) => {
    const box = element.getBoundingClientRect();
    const left = box.left + element.clientLeft, top = box.top + element.clientTop;
    const right = left + element.clientWidth, bottom = top + element.clientHeight;
    let most = 0;
    const count = (rect) => {
      if (rect.width < 1 || rect.height < 1) return;
      const across = Math.max(rect.right - right, left - rect.left) - 2, down = Math.max(rect.bottom - bottom, top - rect.top) - 2;
      most = Math.max(most, across / (right - left || 1), down / (bottom - top || 1));
    };
    const range = document.createRange();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(), seen = 0; node && seen < 3000; node = walker.nextNode(), seen += 1) {
      if (node.nodeType === 3) {
        if (!clean(node.nodeValue) || !node.parentElement.checkVisibility({ visibilityProperty: true })) continue;
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) count(rect);
      } else if (/^(img|svg|video|canvas|iframe|object|input|select|textarea|button)$/.test(node.localName) && node.checkVisibility({ visibilityProperty: true })) count(node.getBoundingClientRect());
      if (most > 1) break;
    }
    return most;
  };
  for (const element of all) {
    if (scrollers.length >= 100) break;
    if (element === root || element === document.body || !html(element) || /^(textarea|select|input|iframe|option|optgroup)$/.test(element.localName)) continue;
    const style = styleOf(element);
    const scrolls = (/auto|scroll/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
      || (/auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1);
    if (!scrolls || !inside(element) || !isVisible(element)) continue;
    const hidden = outside(element);
    if (hidden > 0) scrollers.push(describe(element, {
      outside: round(hidden),
      focusable: element.tabIndex >= 0, popup: !!element.closest('[role=listbox],[role=menu],[role=tree],[role=grid],[role=combobox],[aria-activedescendant]'),
      focusable_inside: focusableIn(element), inert: !!element.closest('[inert]') || (!!modal && !modal.contains(element)),
    }));
  }

  // Sound and picture that start by themselves.
  const CONTROL = /paus|stop|stänga? av|ljud av|tyst|mute|silence|play|spela/i;
  const told = (element) => new Promise((done) => {
    for (const event of ['loadedmetadata', 'error']) element.addEventListener(event, done, { once: true, capture: true });
    setTimeout(done, 800);
  });
  if (!brief) await Promise.all([...document.querySelectorAll('audio[autoplay],video[autoplay]')].slice(0, 5)
    .filter((element) => !element.muted && element.readyState < 1 && !element.error && element.networkState !== 3).map(told));
  const media = [...document.querySelectorAll('audio,video')].filter(inside).slice(0, 50).map((element) => {
    const [start, end] = (/#t=([\d.]*)(?:,([\d.]+))?/.exec(element.currentSrc) || []).slice(1).map(Number);
    const duration = Number.isFinite(element.duration) ? element.duration : null;
    return describe(element, {
      autoplay: element.autoplay, muted: element.muted || element.defaultMuted || element.volume === 0, controls: element.controls,
      seconds: duration === null ? null : round(Math.max(0, (end || duration) - (start || 0))),
      audible: element.localName === 'audio' ? true : null,          // a film's track of sound may be silent
      loops: element.loop,
      other_controls: [...document.querySelectorAll('button,[role=button],input[type=button],a[href="#"]')].slice(0, 500)
        .some((button) => exposed(button) && isVisible(button) && CONTROL.test(nameOf(button)[0])),
    });
  });

  // Header cells of tables, with the number of cells that they are the header of.
  const headers = [];
  const cellsOf = (table) => {
    const grid = [], cells = [];
    [...table.rows].forEach((row, y) => {
      grid[y] = grid[y] || [];
      let x = 0;
      for (const cell of row.cells) {
        while (grid[y][x]) x += 1;
        const width = Math.min(cell.colSpan || 1, 1000), height = cell.rowSpan === 0 ? table.rows.length - y : Math.min(cell.rowSpan || 1, table.rows.length - y);
        const place = { element: cell, x, y, width, height };
        for (let down = 0; down < height; down += 1) {
          grid[y + down] = grid[y + down] || [];
          for (let across = 0; across < width; across += 1) grid[y + down][x + across] = grid[y + down][x + across] || place;
        }
        cells.push(place);
        x += width;
      }
    });
    return cells;
  };
  const ariaCells = (table) => {
    const cells = [];
    [...table.querySelectorAll('[role=row]')].filter((row) => row.closest('[role=table],[role=grid],[role=treegrid]') === table).forEach((row, y) => {
      let x = 0;
      for (const cell of row.querySelectorAll('[role=cell],[role=gridcell],[role=columnheader],[role=rowheader]')) {
        if (cell.closest('[role=row]') !== row) continue;
        const at = Number(cell.getAttribute('aria-colindex')) - 1;
        const width = Number(cell.getAttribute('aria-colspan')) || 1;
        if (at > 0) x = at;
        cells.push({ element: cell, x, y, width, height: Number(cell.getAttribute('aria-rowspan')) || 1 });
        x += width;
      }
    });
    return cells;
  };
  const overlap = (start, length, other, size) => start < other + size && other < start + length;
  const isHeader = (cell) => /^(columnheader|rowheader)$/.test(cell.getAttribute('role') || '') || (cell.localName === 'th' && !cell.hasAttribute('role'));
  for (const table of [...document.querySelectorAll('table,[role=table],[role=grid],[role=treegrid]')].slice(0, 100)) {
    const role = table.getAttribute('role') || '';
    if (!exposed(table) || !/^(|table|grid|treegrid)$/.test(role)) continue;
    const cells = table.localName === 'table' ? cellsOf(table) : ariaCells(table);
    if (cells.length > 2000 || !cells.some(({ element }) => !isHeader(element))) continue;
    const linked = new Set(cells.flatMap(({ element }) => (element.getAttribute('headers') || '').split(/\s+/).filter(Boolean)));
    for (const { element, x, y, width, height } of cells) {
      if (headers.length >= 500) break;
      if (!isHeader(element) || !inside(element) || !exposed(element) || !clean(element.textContent)) continue;
      const scope = (element.getAttribute('scope') || element.getAttribute('role') || '').toLowerCase();
      const down = !/^(row|rowgroup|rowheader)$/.test(scope), across = !/^(col|colgroup|columnheader)$/.test(scope);
      const assigned = (element.id && linked.has(element.id)) || cells.some((cell) => cell.element !== element && !cell.element.hasAttribute('headers')
        && ((down && cell.y >= y + height && overlap(x, width, cell.x, cell.width))
          || (across && cell.x >= x + width && overlap(y, height, cell.y, cell.height) && (!isHeader(cell.element) || scope))));
      headers.push(describe(element, { assigned: !!assigned }));
    }
  }

  // Controls whose name is not their content: does it hold the words that one sees?
  const WIDGETS = 'a[href],button,summary,[role=button],[role=link],[role=menuitem],[role=menuitemcheckbox],[role=menuitemradio],[role=tab],[role=checkbox],[role=radio],[role=switch],[role=option],[role=treeitem]';
  const ICONS = /icon|symbol|awesome|glyph|fontello|icomoon/i;
  const labelled = [];
  for (const element of document.querySelectorAll(WIDGETS)) {
    if (labelled.length >= LIST) break;
    if (!element.hasAttribute('aria-label') && !element.hasAttribute('aria-labelledby')) continue;
    if (!inside(element) || !exposed(element) || !isVisible(element)) continue;
    const [name, source] = nameOf(element);
    if (!source.startsWith('aria')) continue;
    const icons = [element, ...element.querySelectorAll('*')].slice(0, 30).some((inner) => ownText(inner) && ICONS.test(`${styleOf(inner).fontFamily} ${inner.getAttribute('class') || ''}`));
    labelled.push(describe(element, { name, text: shownText(element), icons }));
  }

  const mains = [...document.querySelectorAll('main:not([role]),[role=main]')].filter(exposed).length;

  // Links by role alone.
  const role_links = [...document.querySelectorAll('[role=link]:not(a[href]):not(area)')].filter(inside).slice(0, LIST).filter(exposed).map((element) => describe(element));

  // Names on elements that may have none, after ARIA in HTML.
  const NAMELESS = /^(div|span|p|b|i|u|small|em|strong|del|ins|s|sub|sup|code|pre|samp|kbd|var|q|cite|abbr|mark|time|caption|bdi|bdo|data)$/;
  const NAMELESS_ROLE = /^(generic|paragraph|caption|code|deletion|emphasis|insertion|strong|subscript|superscript|none|presentation|term|time|mark|suggestion)$/;
  const NAMES = ['aria-label', 'aria-labelledby', 'aria-braillelabel'], DESCRIPTIONS = ['aria-roledescription', 'aria-brailleroledescription'];
  const nameless = [];
  for (const element of document.querySelectorAll([...NAMES, ...DESCRIPTIONS].map((name) => `[${name}]`).join())) {
    if (nameless.length >= LIST) break;
    if (!html(element) || !inside(element) || !exposed(element)) continue;
    const role = (element.getAttribute('role') || '').trim().split(/\s+/)[0];
    const barred = role ? NAMELESS_ROLE.test(role) : NAMELESS.test(element.localName);
    const given = [...NAMES, ...(barred ? DESCRIPTIONS : [])].filter((name) => clean(element.getAttribute(name)));
    if (given.length) nameless.push(describe(element, { name: '', attributes: given.join(' '), barred, empty: !clean(element.textContent) && !element.childElementCount }));
  }

  // Parts that style sheets turn on their side in one orientation of the screen.
  const turns = [], found = new Set();
  const angleOf = (style) => {
    let angle = null;
    try { if (style.transform && style.transform !== 'none') { const m = new DOMMatrix(style.transform); angle = Math.atan2(m.b, m.a) * 180 / Math.PI; } } catch { angle = null; }
    const own = /^(?:z\s+)?(-?[\d.]+)(deg|rad|turn|grad)$/.exec(style.rotate || '');
    if (own) angle = (angle || 0) + Number(own[1]) * { deg: 1, rad: 180 / Math.PI, turn: 360, grad: 0.9 }[own[2]];
    return angle;
  };
  const plain = [], turned = [];
  const collect = (rules, inside, depth) => {
    for (const rule of rules) {
      if (plain.length + turned.length > 5000 || depth > 6) return;
      if (rule instanceof CSSMediaRule) collect(rule.cssRules, inside || /orientation\s*:\s*(portrait|landscape)/i.test(rule.conditionText), depth + 1);
      else if (rule instanceof CSSStyleRule) {
        if (rule.style.transform || rule.style.rotate) (inside ? turned : plain).push(rule);
      } else if (rule.cssRules) collect(rule.cssRules, inside, depth + 1);
    }
  };
  for (const sheet of [...document.styleSheets].slice(0, 100)) {
    let rules = null;
    try { rules = sheet.cssRules; } catch { rules = null; }           // another host's
    if (rules) collect(rules, /orientation\s*:\s*(portrait|landscape)/i.test(sheet.media?.mediaText || ''), 0);
  }
  for (const rule of turned) {
    const angle = angleOf(rule.style);
    if (angle === null || !/rotate|matrix/.test(`${rule.style.transform} ${rule.style.rotate ? 'rotate' : ''}`)) continue;
    let targets = [];
    try { targets = [...document.querySelectorAll(rule.selectorText)].slice(0, 20); } catch { targets = []; }
    for (const element of targets) {
      if (turns.length >= 20 || found.has(element) || !inside(element) || !element.checkVisibility({ visibilityProperty: true }) || !clean(element.textContent)) continue;
      const base = plain.filter((other) => { try { return element.matches(other.selectorText); } catch { return false; } }).map((other) => angleOf(other.style) || 0).at(-1) || 0;
      const page = element === root || element === document.body || element.getBoundingClientRect().width >= innerWidth / 2 || !!element.querySelector('main,h1,nav');
      found.add(element);
      turns.push(describe(element, { text: '', name: '', angle: round(angle - base), page }));
    }
  }

  // Pictures: what they are called, where they come from, and whether they look like text on a plain ground.
  const pictures = [];
  const LOOKED = 6, WIDE = 300;
  let looked = 0;
  const pixels = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  /** Whether most of the picture has few shades, and some of its rows go back and forth as strokes of letters do. */
  const looksLikeText = (image, width, height) => {
    if (brief || looked >= LOOKED || width < 60 || height < 20 || width * height > 4e6) return null;
    looked += 1;
    const scale = Math.min(1, WIDE / width), across = Math.round(width * scale), down = Math.max(1, Math.round(height * scale));
    let data;
    try {
      pixels.canvas.width = across; pixels.canvas.height = down;
      pixels.fillStyle = '#fff'; pixels.fillRect(0, 0, across, down);
      pixels.drawImage(image, 0, 0, across, down);
      data = pixels.getImageData(0, 0, across, down).data;
    } catch { return null; }                                           // another host's
    const grey = new Uint8Array(across * down), shades = new Array(16).fill(0);
    for (let at = 0; at < grey.length; at += 1) {
      grey[at] = (data[at * 4] * 299 + data[at * 4 + 1] * 587 + data[at * 4 + 2] * 114) / 1000;
      shades[grey[at] >> 4] += 1;
    }
    const order = [...shades].sort((one, other) => other - one), ground = shades.indexOf(order[0]) * 16 + 8;
    if (order[0] + order[1] + order[2] < 0.5 * grey.length) return false;
    let busy = 0, most = 0;
    for (let y = 0; y < down; y += 1) {
      let turns = 0, before = null;
      for (let x = 0; x < across; x += 1) {
        const ink = Math.abs(grey[y * across + x] - ground) > 64;
        if (before !== null && ink !== before) turns += 1;
        before = ink;
      }
      if (turns >= 8) busy += 1;
      most = Math.max(most, turns);
    }
    return most >= 12 && busy >= 0.05 * down;
  };
  const fileOf = (address) => {
    if (/^data:/i.test(address)) return '';
    try { return decodeURIComponent(new URL(address, location.href).pathname.split('/').at(-1)).slice(0, 200); } catch { return ''; }
  };
  const wordsOf = (address) => {
    const svg = /^data:image\/svg\+xml([^,]*),(.*)$/is.exec(address);
    if (!svg) return '';
    let source = svg[2];
    try { source = /;base64/i.test(svg[1]) ? atob(source) : decodeURIComponent(source); } catch { source = svg[2]; }
    const tree = new DOMParser().parseFromString(source, 'image/svg+xml');
    return clean([...tree.querySelectorAll('text')].map((text) => text.textContent).join(' '));
  };
  const picture = (element, address, image, width, height) => {
    const said = `${element.id} ${element.getAttribute('class') || ''} ${element.getAttribute('alt') || ''} ${element.getAttribute('aria-label') || ''} ${address.slice(0, 500)} ${element.closest('a,div,figure')?.getAttribute('class') || ''}`;
    const control = element.closest('a,button,summary,[role=button],[role=link]');
    const home = control?.localName === 'a' && control.origin === location.origin && /^\/?$/.test(control.pathname || '');
    pictures.push(describe(element, {
      kind: element.localName, text: '', name: exposed(element) ? clean(element.getAttribute('alt') || '') || nameOf(element)[0] || (element.localName === 'svg' ? clean(element.querySelector(':scope > title')?.textContent || '') : '') : '',
      file: fileOf(address), words: wordsOf(address), in_control: !!control, logo: home || /logo|brand|vapen|emblem/i.test(said),
      text_like: image ? looksLikeText(image, width, height) : null,
    }));
  };
  for (const element of document.querySelectorAll('img,input[type=image],svg[role=img],canvas,object,[role=img]')) {
    if (pictures.length >= LIST) break;
    if (!inside(element) || !isVisible(element) || element.parentElement?.closest('svg,[role=img]')) continue;
    const drawable = element.localName === 'img' && element.complete && element.naturalWidth > 0;
    const address = element.currentSrc || element.src || element.data || '';
    const box = element.getBoundingClientRect();
    picture(element, String(address), drawable ? element : element.localName === 'canvas' ? element : null,
      drawable ? element.naturalWidth : box.width, drawable ? element.naturalHeight : box.height);
  }
  const fetched = async (address) => {
    const image = new Image();
    image.src = address;
    try { await Promise.race([image.decode(), new Promise((_, fail) => setTimeout(fail, 500))]); } catch { return null; }
    return image;
  };
  const grounds = brief ? [] : [...document.querySelectorAll('input[type=image]')].slice(0, 2).filter(isVisible).map((element) => [element, element.src]);
  for (const element of brief ? [] : all) {
    if (grounds.length >= 4) break;
    const ground = styleOf(element).backgroundImage;
    if (ground === 'none' || !html(element) || element === root || element === document.body || /^(img|input)$/.test(element.localName)) continue;
    const address = /url\(["']?([^"')]+)["']?\)/.exec(ground)?.[1];
    if (!address || clean(element.textContent)) continue;
    const box = element.getBoundingClientRect();
    if (box.width >= 60 && box.height >= 20 && isVisible(element)) grounds.push([element, address]);
  }
  for (const [element, address] of grounds) {
    const image = await fetched(address);
    if (image) picture(element, address, image, image.naturalWidth, image.naturalHeight);
  }

  return { spacings, frames, scrollers, media, headers, labelled, nameless, role_links, mains, turns, pictures };
}
