// The in-page pass: facts about the page as this viewport shows it, at rest. Its shape is auditor.model.facts.Facts.
// Needs look.js. Returns plain data; changes nothing but the scroll position, which it puts back.
() => {
  const kit = globalThis[Symbol.for('auditor')];
  const { clean, describe, isVisible, nameOf, regionsOf, roleOf, saysMenu, selectorOf, styleOf, boxOf, textOf } = kit;
  kit.refresh();
  const ELEMENTS = 20000, TEXT = 60000, LIST = 3000;
  const root = document.documentElement;
  const all = document.body ? [...document.body.getElementsByTagName('*')].slice(0, ELEMENTS) : [];
  const truncated = document.body ? document.body.getElementsByTagName('*').length > ELEMENTS : false;
  const pick = (selector) => [...document.querySelectorAll(selector)].slice(0, LIST);
  const words = (text) => (text.match(/[\p{L}\p{N}]+/gu) || []).length;
  const found = [];               // [element, fact]: what reveal.js may bring to light
  const keep = (element, fact) => { found.push([element, fact]); return fact; };

  const headings = pick('h1,h2,h3,h4,h5,h6,[role=heading]').map((element) => keep(element, describe(element, {
    level: Number(element.getAttribute('aria-level')) || Number(element.localName[1]) || 2,
  })));

  const landmarks = all.filter((element) => kit.LANDMARKS.has(roleOf(element))).slice(0, 200).map((element) => {
    const [name, source] = nameOf(element);
    return { ...describe(element), name: source.startsWith('aria') || source === 'title' ? name : '', text: '' };
  });

  const BLOCKS = 'li,p,td,th,dd,dt,figcaption,blockquote,article,section,div,nav,header,footer,main,body';
  let heading = '';
  const links = [];
  const order = pick('h1,h2,h3,h4,h5,h6,[role=heading],a[href],area[href]');
  for (const element of order) {
    if (element.localName !== 'a' && element.localName !== 'area') { heading = clean(element.textContent, 120); continue; }
    const raw = element.getAttribute('href');
    let fragment = null;
    const target = element.href;
    if (typeof target === 'string' && element.hash && target.split('#')[0] === location.href.split('#')[0]) {
      const id = decodeFragment(element.hash.slice(1));
      fragment = !id || id === 'top' || !!document.getElementById(id) || !!document.getElementsByName(id).length;
    }
    const block = element.parentElement?.closest(BLOCKS);
    const context = block ? textOf(block) : '';
    const display = styleOf(element).display;
    const fact = describe(element, {
      href: typeof target === 'string' ? target : String(target?.baseVal || raw), raw_href: raw.slice(0, 2000),
      new_window: /^_(blank|new)$/i.test(element.target || ''), current: element.getAttribute('aria-current') || '', context,
      heading, inline: display === 'inline' && context.length > textOf(element).length + 10, fragment_found: fragment,
    });
    links.push(keep(element, fact));
  }
  function decodeFragment(text) { try { return decodeURIComponent(text); } catch { return text; } }

  const controls = [];
  const controlFact = (element, native) => {
    const summary = element.localName === 'summary';
    const state = element.getAttribute('aria-expanded');
    return keep(element, describe(element, {
      native, expanded: summary ? !!element.parentElement?.open : state === null ? null : state === 'true',
      controls: element.getAttribute('aria-controls') || '', focusable: element.tabIndex >= 0 && !element.disabled,
    }));
  };
  for (const element of pick('button,summary,[role=button],[aria-expanded],input[type=button],input[type=submit],input[type=image]')) {
    controls.push(controlFact(element, /^(button|summary|input|a|select)$/.test(element.localName) || element.hasAttribute('role')));
  }
  const native = 'a,button,summary,input,select,textarea,[role=button],[aria-expanded]';
  for (const element of all) {
    const bare = !element.matches(native) && !element.closest('a,button,summary,[role=button]') && !element.querySelector('a,button,input:not([type=checkbox]),nav,ul');
    const bareLink = element.localName === 'a' && !element.hasAttribute('aria-expanded') && !element.hasAttribute('role')
      && /^(#|javascript:|$)/.test(element.getAttribute('href') ?? '');
    if ((bare || bareLink) && saysMenu(element) && (element.hasAttribute('onclick') || styleOf(element).cursor === 'pointer')
        && !regionsOf(element).includes('main')) {
      if (bare && element.parentElement && styleOf(element.parentElement).cursor === 'pointer' && saysMenu(element.parentElement)) continue;
      if (bareLink && /^#.+/.test(element.getAttribute('href')) && !element.hasAttribute('onclick') && !/menu|meny|nav/i.test(element.className)) continue;
      controls.push(controlFact(element, false));
    }
    if (controls.length > 500) break;
  }

  const fieldFact = (element) => {
    const [, source] = nameOf(element);
    const style = styleOf(element);
    const room = element.getBoundingClientRect().width - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return describe(element, {
      kind: element.localName === 'input' ? element.type : element.localName, label_source: source,
      placeholder: clean(element.getAttribute('placeholder')), key: element.getAttribute('name') || '', text: '',
      visible_characters: Math.max(0, Math.floor(room / (parseFloat(style.fontSize) * 0.5 || 8))),
    });
  };
  const isField = (element) => !/^(hidden|submit|button|image|reset)$/.test(element.type);
  const fields = pick('input,select,textarea').filter(isField).map((element) => keep(element, fieldFact(element)));
  const forms = pick('form,[role=search],search').map((element) => keep(element, describe(element, {
    action: element.localName === 'form' ? new URL(element.getAttribute('action') || '', document.baseURI).href : '',
    method: (element.getAttribute('method') || 'get').toLowerCase(), text: '',
    fields: [...element.querySelectorAll('input,select,textarea')].filter(isField).slice(0, 100).map(fieldFact),
    has_submit: !!element.querySelector('button:not([type=button]):not([type=reset]),input[type=submit],input[type=image]'),
  })));

  const scroller = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (/auto|scroll/.test(styleOf(up).overflowX)) return up;
    }
    return null;
  };
  const tables = pick('table').slice(0, 200).map((element) => {
    const around = scroller(element);
    return describe(element, {
      rows: element.rows.length, columns: Math.max(0, ...[...element.rows].slice(0, 20).map((row) => row.cells.length)),
      header_cells: element.querySelectorAll('th').length, caption: clean(element.caption?.textContent), text: '',
      scroller: around ? selectorOf(around) : '', scroller_focusable: !!around && around.tabIndex >= 0,
      scroller_name: around ? clean(around.getAttribute('aria-label') || '') || (around.hasAttribute('aria-labelledby') ? nameOf(around)[0] : '') : '',
    });
  });
  const images = pick('img').slice(0, 500).map((element) => describe(element, { alt: element.getAttribute('alt'), source: (element.currentSrc || element.src || '').slice(0, 500) }));
  const frames = pick('iframe').slice(0, 50).map((element) => describe(element, { text: '' }));
  const dates = pick('time').slice(0, 200).map((element) => describe(element, { value: clean(element.getAttribute('datetime') || element.textContent, 60) }));
  const live = pick('[role=status],[role=alert],[role=log],[aria-live]').slice(0, 50).map((element) => describe(element));

  // One walk for what only styles tell: areas that stay, and what reaches outside the right edge.
  const width = root.clientWidth, edge = width + 1;
  const staying = [], overflow = [];
  const EXEMPT = [['table', 'table,[role=grid],[role=table]'], ['media', 'img,video,audio,canvas,svg,object,embed,picture,figure,[role=img]'],
    ['embed', 'iframe'], ['code', 'pre,code,samp,kbd'], ['map', '[class*=map i],[class*=karta i],[class*=leaflet i]'], ['toolbar', '[role=toolbar],[role=tablist]']];
  const exempt = (element) => {
    for (const [word, selector] of EXEMPT) if (element.closest(selector)) return word;
    const box = element.getBoundingClientRect();
    for (const [word, selector] of EXEMPT) {
      for (const inner of element.querySelectorAll(selector)) if (inner.getBoundingClientRect().width >= box.width - 40) return word;
    }
    return '';
  };
  const cutter = (element) => {
    for (let up = element.parentElement; up; up = up.parentElement) {
      const style = styleOf(up);
      if (/auto|scroll/.test(style.overflowX) && up !== document.body && up !== root) return 'scroller';
      if (/hidden|clip/.test(style.overflowX)) return up.getBoundingClientRect().right < edge ? 'hidden' : null;
    }
    return null;
  };
  for (const element of all) {
    const style = styleOf(element);
    if (style.position === 'fixed' || style.position === 'sticky') staying.push(element);
    if (overflow.length >= 20) continue;
    const box = element.getBoundingClientRect();
    if (box.right <= edge || box.width < 2 || box.left >= edge) continue;
    const parent = element.parentElement;
    if (parent && parent !== document.body && parent.getBoundingClientRect().right > edge) continue;
    if (!isVisible(element)) continue;
    const cut = cutter(element);
    if (cut === 'scroller' || (cut === 'hidden' && !clean(element.textContent))) continue;
    overflow.push(describe(element, { exempt: exempt(element), clipped: cut === 'hidden' }));
  }

  const fixed = [];
  if (staying.length) {
    const [left, top] = [scrollX, scrollY];
    const room = root.scrollHeight - innerHeight;
    if (room > 0) scrollTo({ left, top: room / 2, behavior: 'instant' });
    kit.refresh();
    for (const element of staying.slice(0, 200)) {
      if (staying.some((other) => other !== element && other.contains(element))) continue;
      const box = element.getBoundingClientRect();
      const across = Math.max(0, Math.min(box.right, innerWidth) - Math.max(box.left, 0));
      const down = Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0));
      if (across * down === 0 || !isVisible(element)) continue;
      const style = styleOf(element);
      if (style.position === 'sticky' && room <= 0) continue;
      const stuck = style.position === 'fixed' || (style.top !== 'auto' && Math.abs(box.top - parseFloat(style.top)) < 1.5)
        || (style.bottom !== 'auto' && Math.abs(innerHeight - box.bottom - parseFloat(style.bottom)) < 1.5);
      if (!stuck) continue;
      const banner = /kakor|cookie|samtycke|consent/i.test(element.textContent || '') && !!element.querySelector('button,a,input');
      fixed.push(describe(element, { position: style.position, share: Math.round(across * down / (innerWidth * innerHeight) * 1000) / 1000, is_banner: banner }));
    }
    scrollTo({ left, top, behavior: 'instant' });
    kit.refresh();
  }

  // Main content in reading order.
  const main = document.querySelector('main,[role=main]') || document.body;
  const blocks = [];
  const TEXTS = /^(p|pre|blockquote|dd|dt|figcaption|address|summary|label|legend)$/;
  const walk = (element, depth) => {
    if (blocks.length >= LIST || depth > 100) return;
    const tag = element.localName, role = roleOf(element);
    if (/^(script|style|template|noscript|svg|select)$/.test(tag)) return;
    let kind = null;
    if (role === 'heading') kind = 'heading';
    else if (TEXTS.test(tag)) kind = 'text';
    else if (tag === 'ul' || tag === 'ol') kind = 'list';
    else if (tag === 'table') kind = 'table';
    else if ([...element.childNodes].some((node) => node.nodeType === 3 && clean(node.nodeValue).length > 2)) kind = 'text';
    if (kind) {
      const text = clean(element.innerText ?? element.textContent, 20000);
      if (text) blocks.push(keep(element, describe(element, { kind, words: words(text), text: text.slice(0, 300), name: '',
        level: kind === 'heading' ? Number(element.getAttribute('aria-level')) || Number(tag[1]) || 2 : 0 })));
      return;
    }
    for (const child of element.children) walk(child, depth + 1);
  };
  if (main) for (const child of main.children) walk(child, 0);

  const sizes = new Map();
  const walker = document.createTreeWalker(document.body || root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(), seen = 0; node && seen < ELEMENTS; node = walker.nextNode(), seen += 1) {
    const count = clean(node.nodeValue, 5000).length;
    if (!count || !node.parentElement || !node.parentElement.checkVisibility({ visibilityProperty: true })) continue;
    const size = Math.round(parseFloat(styleOf(node.parentElement).fontSize) * 10) / 10;
    sizes.set(size, (sizes.get(size) || 0) + count);
  }

  kit.found = found;
  return {
    width: innerWidth, height: innerHeight, scroll_width: root.scrollWidth, page_height: root.scrollHeight,
    title: clean(document.title), language: root.getAttribute('lang') || '',
    meta_viewport: document.querySelector('meta[name=viewport i]')?.getAttribute('content') ?? null,
    headings, landmarks, links, controls, forms, fields, tables, images, frames, fixed, overflow, blocks, dates,
    live_regions: live, font_sizes: [...sizes], truncated,
    text: clean(document.body?.innerText, TEXT), main_text: clean(main?.innerText, TEXT),
  };
}
