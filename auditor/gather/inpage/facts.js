// The in-page pass: facts about the page as this viewport shows it, at rest. Its shape is auditor.model.facts.Facts.
// Needs look.js. Returns plain data; changes nothing but the scroll position, which it puts back.
// Takes {within}: selectors of the elements whose facts are asked for; without it, the page's. Then it says nothing of the
// page's text, and of links elsewhere only those that lead where one in there does.
(given) => {
  const kit = globalThis[Symbol.for('auditor')];
  const { clean, describe, isVisible, nameOf, regionsOf, roleOf, saysMenu, saysSearch, selectorOf, styleOf, boxOf, textOf } = kit;
  kit.refresh();
  const ELEMENTS = 20000, TEXT = 60000, LIST = 3000;
  const root = document.documentElement;
  const all = document.body ? [...document.body.getElementsByTagName('*')].slice(0, ELEMENTS) : [];
  const truncated = document.body ? document.body.getElementsByTagName('*').length > ELEMENTS : false;
  const within = given?.within, inside = kit.insideOf(within);
  const pick = (selector) => [...document.querySelectorAll(selector)].filter(inside).slice(0, LIST);
  const words = (text) => (text.match(/[\p{L}\p{N}]+/gu) || []).length;
  const found = [];               // [element, fact]: what reveal.js may bring to light
  const keep = (element, fact) => { found.push([element, fact]); return fact; };

  /** The first text node of an element that says something. */
  const firstText = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(), steps = 0; node && steps < 50; node = walker.nextNode(), steps += 1) if (clean(node.nodeValue)) return node;
    return null;
  };
  /** Whether all text of an element is set bold. */
  const isBold = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let any = false;
    for (let node = walker.nextNode(), steps = 0; node && steps < 50; node = walker.nextNode(), steps += 1) {
      if (!clean(node.nodeValue)) continue;
      if (Number(styleOf(node.parentElement).fontWeight) < 600) return false;
      any = true;
    }
    return any;
  };

  const headings = pick('h1,h2,h3,h4,h5,h6,[role=heading]').map((element) => keep(element, describe(element, {
    level: Number(element.getAttribute('aria-level')) || Number(element.localName[1]) || 2,
    parent: element.parentElement ? selectorOf(element.parentElement) : '',
    announced: element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-hidden=true],[inert],dialog:not([open])'),
  })));

  const landmarks = all.filter((element) => kit.LANDMARKS.has(roleOf(element)) && inside(element)).slice(0, 200).map((element) => {
    const [name, source] = nameOf(element);
    return describe(element, { name: source.startsWith('aria') || source === 'title' ? name : '', text: '' });
  });

  const BLOCKS = 'li,p,td,th,dd,dt,figcaption,blockquote,article,section,div,nav,header,footer,main,body';
  const texts = new Map();        // block → its text: many links share one
  const contextOf = (block) => {
    if (!texts.has(block)) texts.set(block, textOf(block));
    return texts.get(block);
  };
  const LETTER = /[\p{L}\p{N}]/gu;
  /** Whether words that belong to no link stand in the same run of text as the element. */
  const amongWords = (element) => {
    let letters = 0;
    const count = (node) => {
      if (node.nodeType === 3) letters += (node.nodeValue.match(LETTER) || []).length;
      else if (node.nodeType === 1 && !node.matches('a,button,script,style') && node.checkVisibility()) node.childNodes.forEach(count);
    };
    const isBlock = (node) => node.nodeType === 1 && !/^(inline|contents|none)/.test(styleOf(node).display);
    for (let node = element; ; node = node.parentElement) {
      for (const side of ['previousSibling', 'nextSibling']) {
        for (let next = node[side]; next && letters < 2 && !isBlock(next); next = next[side]) count(next);
      }
      if (letters >= 2) return true;
      if (!node.parentElement || node.parentElement === document.body || styleOf(node.parentElement).display !== 'inline') return false;
    }
  };
  /** The box that can be pressed: an inline element's own one leaves out what stands higher in it than a line. */
  const pressBox = (element) => {
    const own = boxOf(element);
    if (!element.childElementCount || styleOf(element).display !== 'inline') return own;
    let { x, y } = own, right = own.x + own.width, bottom = own.y + own.height;
    for (const child of element.children) {
      const box = boxOf(child);
      if (box.width < 2 || box.height < 2 || !isVisible(child)) continue;
      if (own.width < 2) { x = box.x; y = box.y; right = x + box.width; bottom = y + box.height; }
      x = Math.min(x, box.x); y = Math.min(y, box.y); right = Math.max(right, box.x + box.width); bottom = Math.max(bottom, box.y + box.height);
    }
    const round = (value) => Math.round(value * 10) / 10;
    return { x, y, width: round(right - x), height: round(bottom - y) };
  };
  /** Whether a small element is made larger by ::before or ::after laid over it or its card. */
  const isEnlarged = (element, box) => (box.width < 24 || box.height < 24) && ['::before', '::after'].some((part) => {
    const style = getComputedStyle(element, part);
    return style.content !== 'none' && style.content !== 'normal' && style.position === 'absolute';
  });

  const textAt = (start) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    walker.currentNode = start;
    for (let node = walker.nextNode(), steps = 0; node && steps < 200; node = walker.nextNode(), steps += 1) {
      if (clean(node.nodeValue) && node.parentElement?.checkVisibility({ visibilityProperty: true }) && !node.parentElement.closest('script,style')) return node;
    }
    return null;
  };
  const pixels = (length) => (/%$/.test(length) ? parseFloat(length) * innerHeight / 100 : parseFloat(length)) || 0;
  /** How far below the viewport's upper edge the first text at the target stands once its link was followed, by styles alone. */
  const landingOf = (target) => {
    const text = target.isConnected && document.body?.contains(target) ? textAt(target) : null;
    if (!text || !target.getClientRects().length) return null;
    for (let up = target.parentElement; up && up !== document.body; up = up.parentElement) {
      if (/auto|scroll|hidden/.test(styleOf(up).overflowY) && up.scrollHeight > up.clientHeight + 1) return null;
    }
    const range = document.createRange();
    range.selectNodeContents(text);
    const wanted = target.getBoundingClientRect().top + scrollY - pixels(styleOf(target).scrollMarginTop) - pixels(styleOf(root).scrollPaddingTop);
    const stop = Math.min(Math.max(0, wanted), Math.max(0, root.scrollHeight - innerHeight));
    return Math.round(range.getBoundingClientRect().top + scrollY - stop);
  };

  const ITEMS = 'li,dt,dd,tr,article,[role=listitem],[role=article],[role=row]', HEADINGS = 'h1,h2,h3,h4,h5,h6,[role=heading]';
  const here = location.href.split('#')[0];
  const CURRENT_CLASS = /(^|[\s_-])(active|current|selected|this|here|aktiv|aktuell|vald)([\s_-]|$)/i;
  /** How a menu's link to this very page is set apart from the links beside it: looks, class (only by name), or nothing. */
  const setApart = (element) => {
    const item = element.closest('li') || element;
    const own = (link, around) => [link, around].map((part) => {
      const style = styleOf(part), marks = ['::before', '::after'].map((mark) => getComputedStyle(part, mark));
      return [style.color, style.backgroundColor, style.fontWeight, style.fontStyle, style.textDecorationLine, style.opacity, style.outlineStyle, style.boxShadow,
        style.backgroundImage, ...['Left', 'Bottom', 'Top'].map((side) => (parseFloat(style[`border${side}Width`]) ? style[`border${side}Color`] + style[`border${side}Width`] : '')),
        ...marks.map((mark) => (/^(none|normal)$/.test(mark.content) ? '' : mark.content + mark.backgroundColor + mark.borderBottomColor + mark.width))].join();
    }).join('|');
    const beside = [...(item.parentElement?.children || [])].filter((other) => other !== item).slice(0, 12)
      .map((other) => [other.matches('a[href]') ? other : other.querySelector('a[href]'), other]).filter(([link]) => link && isVisible(link));
    if (!beside.length || !isVisible(element)) return CURRENT_CLASS.test(`${element.getAttribute('class') || ''} ${item.getAttribute('class') || ''}`) ? 'class' : '';
    const mine = own(element, item);
    if (!beside.some(([link, around]) => own(link, around) === mine)) return 'looks';
    return CURRENT_CLASS.test(`${element.getAttribute('class') || ''} ${item.getAttribute('class') || ''}`) ? 'class' : '';
  };

  let heading = '';
  const links = [], beside = [];
  const order = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6,[role=heading],a[href],area[href]')].slice(0, LIST);
  const addressOf = (link) => (typeof link.href === 'string' ? link.href : String(link.href?.baseVal || link.getAttribute('href')));
  const addresses = new Set(within ? pick('a[href],area[href]').map(addressOf) : []);
  for (const element of order) {
    if (element.localName !== 'a' && element.localName !== 'area') { heading = clean(element.textContent, 120); continue; }
    if (within && !inside(element) && !addresses.has(addressOf(element))) continue;
    const raw = element.getAttribute('href');
    let fragment = null, lands = null;
    const target = element.href;
    if (typeof target === 'string' && element.hash && target.split('#')[0] === location.href.split('#')[0]) {
      // HTML's order: the fragment as written, then decoded, then the word top.
      const written = element.hash.slice(1), id = decodeFragment(written);
      const place = [written, id].map((name) => name && (document.getElementById(name) || document.getElementsByName(name)[0])).find(Boolean);
      fragment = !id || /^top$/i.test(id) || !!place;
      lands = place ? landingOf(place) : null;
    }
    const block = element.parentElement?.closest(BLOCKS);
    const context = block ? contextOf(block) : '';
    const display = styleOf(element).display;
    const item = element.closest(ITEMS), box = pressBox(element);
    const toItself = typeof target === 'string' && !element.hash && target.split('#')[0] === here && regionsOf(element).includes('navigation');
    const fact = describe(element, {
      href: addressOf(element), raw_href: raw.slice(0, 2000),
      new_window: /^_(blank|new)$/i.test(element.target || ''), context,
      current: element.getAttribute('aria-current') || element.closest('li')?.getAttribute('aria-current') || '', set_apart: toItself ? setApart(element) : null,
      heading, inline: display === 'inline' && amongWords(element), fragment_found: fragment, lands, box, enlarged: isEnlarged(element, box),
      item: item ? selectorOf(item) : '', in_heading: !!element.closest(HEADINGS) || !!element.querySelector(HEADINGS),
    });
    (inside(element) ? links : beside).push(keep(element, fact));
  }
  function decodeFragment(text) { try { return decodeURIComponent(text); } catch { return text; } }

  const controls = [];
  const controlFact = (element, native) => {
    const summary = element.localName === 'summary';
    const state = element.getAttribute('aria-expanded'), box = pressBox(element);
    return keep(element, describe(element, {
      box, enlarged: isEnlarged(element, box),
      native, expanded: summary ? !!element.parentElement?.open : state === null ? null : state === 'true',
      controls: element.getAttribute('aria-controls') || '', focusable: element.tabIndex >= 0 && !element.disabled,
    }));
  };
  for (const element of pick('button,summary,[role=button],[aria-expanded],input[type=button],input[type=submit],input[type=image]')) {
    controls.push(controlFact(element, /^(button|summary|input|a|select)$/.test(element.localName) || element.hasAttribute('role')));
  }
  const native = 'a,button,summary,input,select,textarea,[role=button],[aria-expanded]';
  for (const element of all) {
    if (!inside(element)) continue;
    const bare = !element.matches(native) && !element.closest('a,button,summary,[role=button]') && !element.querySelector('a,button,input:not([type=checkbox]),nav,ul');
    const bareLink = element.localName === 'a' && !element.hasAttribute('aria-expanded') && !element.hasAttribute('role')
      && /^(#|javascript:|$)/.test(element.getAttribute('href') ?? '');
    if ((bare || bareLink) && saysMenu(element) && (element.hasAttribute('onclick') || element.control?.type === 'checkbox' || styleOf(element).cursor === 'pointer')
        && !regionsOf(element).includes('main')) {
      if (bare && element.parentElement && styleOf(element.parentElement).cursor === 'pointer' && saysMenu(element.parentElement)) continue;
      if (bareLink && /^#.+/.test(element.getAttribute('href')) && !element.hasAttribute('onclick') && !/menu|meny|nav/i.test(element.className)) continue;
      controls.push(controlFact(element, false));
    }
    if (controls.length > 500) break;
  }

  // What says of itself that it is a breadcrumb: by class, id, label or microdata, or by the words it begins with.
  const TRAIL_SAYS = ['class', 'id', 'aria-label', 'itemtype', 'typeof', 'data-testid'].flatMap((name) =>
    ['breadcrumb', 'bread-crumb', 'crumbs', 'brödsmul', 'brodsmul', 'smulor', 'länkstig', 'lankstig', 'du är här'].map((word) => `[${name}*="${word}" i]`)).join();
  const TRAIL_LEAD = /^(du är här|här är du|du befinner dig|you are here)\b/i;
  const holdsPage = (element) => /^(body|html|main|form|script|link|meta|input|template|svg)$/.test(element.localName) || !!element.querySelector('h1,main,[role=main],form');
  const trails = new Set(pick(TRAIL_SAYS).filter((element) => !holdsPage(element)));
  for (const element of all) {
    if (element.firstChild?.nodeType !== 3 || !TRAIL_LEAD.test(clean(element.firstChild.nodeValue, 60)) || !inside(element)) continue;
    const trail = element.querySelector('a[href]') || /^(nav|p|ol|ul)$/.test(element.localName) ? element : element.parentElement;
    if (trail && !holdsPage(trail) && trail.querySelectorAll('a[href]').length <= 12) trails.add(trail);
  }
  for (const element of pick('nav,[role=navigation]')) {
    if (TRAIL_LEAD.test(nameOf(element)[0]) && !holdsPage(element)) trails.add(element);
  }
  const breadcrumbs = [...trails].filter((element) => ![...trails].some((other) => other !== element && other.contains(element)))
    .slice(0, 10).map((element) => describe(element, {
      links: [...element.querySelectorAll('a[href]')].slice(0, 20).map(selectorOf),
    }));

  // The value is nobody's business but for a search field, which repeats what was asked.
  const isSearchField = (element) => {
    if (element.localName !== 'input' || !/^(search|text)$/.test(element.type)) return false;
    const own = element.type === 'search' || /^(q|query|s|search|sok|sokord|searchword|searchtext|searchphrase)$/i.test(element.name);
    const around = element.closest('[role=search],search') || (element.form && /s[oö]k|search/i.test(element.form.getAttribute('action') || ''));
    return own || !!around || saysSearch(element);
  };
  const valueOf = (element) => (isSearchField(element) ? clean(element.value, 200) : '');
  const fieldFact = (element) => {
    const [, source] = nameOf(element);
    const style = styleOf(element);
    const room = element.getBoundingClientRect().width - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return describe(element, {
      kind: element.localName === 'input' ? element.type : element.localName, label_source: source,
      placeholder: clean(element.getAttribute('placeholder')), key: element.getAttribute('name') || '', text: '', value: valueOf(element),
      group: clean(element.closest('fieldset')?.querySelector(':scope > legend')?.textContent || element.closest('[role=group],[role=radiogroup]')?.getAttribute('aria-label'), 100),
      visible_characters: Math.max(0, Math.floor(room / (parseFloat(style.fontSize) * 0.5 || 8))),
    });
  };
  const isField = (element) => !/^(hidden|submit|button|image|reset)$/.test(element.type);
  const fields = pick('input,select,textarea').filter(isField).map((element) => keep(element, fieldFact(element)));
  const absolute = (address) => { try { return new URL(address, document.baseURI).href; } catch { return ''; } };
  const submitOf = (form) => form.querySelector('button:not([type=button]):not([type=reset]),input[type=submit],input[type=image]');
  /** What a form that searches sends besides the words: hidden values, choices made beforehand, and its button's name. */
  const sendsOf = (form, submit) => {
    const parts = [...form.querySelectorAll('input,select,button')];
    if (form.localName !== 'form' || /post|dialog/i.test(form.getAttribute('method') || '') || !parts.some(isSearchField)) return [];
    const chosen = parts.flatMap((field) => {
      if (!field.name || field.disabled) return [];
      if (field.type === 'hidden') return [[field.name, field.value]];
      if (/^(checkbox|radio)$/.test(field.type)) return field.defaultChecked ? [[field.name, field.value]] : [];
      if (field.localName === 'select') return [...field.selectedOptions].map((option) => [field.name, option.value]);
      return field === submit ? [[field.name, field.value]] : [];
    });
    return chosen.slice(0, 30).map(([key, value]) => [key.slice(0, 200), value.slice(0, 500)]);
  };
  const forms = pick('form,[role=search],search').map((element) => {
    const submit = submitOf(element);
    return keep(element, describe(element, {
      action: element.localName === 'form' ? absolute(element.getAttribute('action') || '') : '',
      method: (element.getAttribute('method') || 'get').toLowerCase(), text: '',
      fields: [...element.querySelectorAll('input,select,textarea')].filter(isField).slice(0, 100).map(fieldFact),
      has_submit: !!submit, submit: submit ? selectorOf(submit) : '', sends: sendsOf(element, submit),
    }));
  });

  const scroller = (element) => {
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      if (/auto|scroll/.test(styleOf(up).overflowX)) return up;
    }
    return null;
  };
  const LAYOUT = [['table', 'table'], ['heading', 'h1,h2,h3,h4,h5,h6,[role=heading]'], ['form', 'form'], ['landmark', 'main,nav,header,footer,aside'], ['paragraphs', 'td p + p,td > div > p + p']];
  const isSetOff = (cells, others) => {
    const told = cells.filter((cell) => clean(cell.textContent));
    const look = (cell) => [isBold(cell), styleOf(cell).backgroundColor, styleOf(cell.parentElement).backgroundColor].join();
    const usual = new Set(others.filter((cell) => clean(cell.textContent)).slice(0, 20).map(look));
    return told.length > 1 && usual.size > 0 && told.every((cell) => !usual.has(look(cell)));
  };
  const tables = pick('table').slice(0, 200).map((element) => {
    const around = scroller(element), rows = [...element.rows].slice(0, 50).map((row) => [...row.cells]);
    const cells = rows.flat();
    return describe(element, {
      rows: element.rows.length, columns: Math.max(0, ...[...element.rows].slice(0, 20).map((row) => row.cells.length)),
      header_cells: element.querySelectorAll('th,[role=columnheader],[role=rowheader],td[scope],td[headers]').length,
      nested: LAYOUT.filter(([, selector]) => element.querySelector(selector)).map(([word]) => word),
      first_row_set_off: isSetOff(rows[0] || [], rows.slice(1).flat()),
      first_column_set_off: rows.length > 1 && isSetOff(rows.map((row) => row[0]).filter(Boolean), rows.flatMap((row) => row.slice(1))),
      filled_cells: cells.filter((cell) => clean(cell.textContent) || cell.querySelector('img,svg,input')).length,
      most_words: Math.max(0, ...cells.slice(0, 200).map((cell) => words(cell.textContent))), caption: clean(element.caption?.textContent), text: '',
      scroller: around ? selectorOf(around) : '', scrolls: !!around && around.scrollWidth > around.clientWidth + 1, scroller_focusable: !!around && around.tabIndex >= 0,
      scroller_name: around ? clean(around.getAttribute('aria-label') || '') || (around.hasAttribute('aria-labelledby') ? nameOf(around)[0] : '') : '',
    });
  });
  const images = pick('img').slice(0, 500).map((element) => describe(element, { alt: element.getAttribute('alt'), source: (element.currentSrc || element.src || '').slice(0, 500) }));
  const frames = pick('iframe').slice(0, 50).map((element) => describe(element, { text: '' }));
  const dates = pick('time').slice(0, 200).map((element) => describe(element, { value: clean(element.getAttribute('datetime') || element.textContent, 60) }));
  const live = pick('[role=status],[role=alert],[role=log],[aria-live]').filter((element) => element.checkVisibility({ visibilityProperty: true })
    && !element.closest('[aria-hidden=true],[inert]')).slice(0, 50).map((element) => describe(element));

  // One walk for what only styles tell: areas that stay, and what reaches outside the right edge.
  const width = root.clientWidth, edge = width + 1, scrolls = kit.scrollsSideways();
  const staying = new Set(), overflow = [], told = [];
  const EXEMPT = [['table', 'table,[role=grid],[role=table],[role=treegrid]'], ['media', 'img,video,audio,canvas,svg,object,embed,picture,[role=img]'],
    ['embed', 'iframe'], ['code', 'pre,code,samp,kbd,textarea'], ['map', '[class*=map i],[class*=karta i],[class*=leaflet i]'], ['toolbar', '[role=toolbar],[role=tablist]']];
  const MAP = /(^|[\s_-])(map|karta|kartan|leaflet|ol-viewport)([\s_-]|$)/i;
  /** A table of one row or column, or one that says so, only lays out. */
  const laysOut = (table) => /^(presentation|none)$/.test(table.getAttribute('role') || '')
    || (table.localName === 'table' && !table.querySelector('th') && (table.rows.length < 2 || ![...table.rows].some((row) => row.cells.length > 1)));
  const isExempt = (word, element) => !!element && element !== document.body && element !== root && (word !== 'map' || MAP.test(element.getAttribute('class') || ''))
    && (word !== 'table' || !laysOut(element));
  const exemptAround = (element) => {
    for (const [word, selector] of EXEMPT) {
      for (let up = element.closest(selector); up; up = up.parentElement?.closest(selector)) if (isExempt(word, up)) return word;
    }
    return '';
  };
  const exempt = (element) => {
    const around = exemptAround(element);
    if (around || element.matches('a,button,input,select')) return around;
    for (const [word, selector] of EXEMPT) {
      for (const inner of element.querySelectorAll(selector)) {
        const box = inner.getBoundingClientRect();       // an icon explains nothing
        if (isExempt(word, inner) && box.right > edge && (word !== 'media' || box.width > width / 2)) return word;
      }
    }
    return '';
  };
  /** [kind, right edge] of what keeps one from scrolling to what reaches outside: a scroller of its own, a clip, the page. */
  const cutter = (element) => {
    let positioned = styleOf(element).position;
    for (let up = element.parentElement; up && up !== document.body && up !== root; up = up.parentElement) {
      const style = styleOf(up);
      if (positioned === 'fixed') break;
      if (positioned === 'absolute' && style.position === 'static' && style.transform === 'none') continue;
      positioned = style.position;
      if (/auto|scroll/.test(style.overflowX)) return ['scroller', 0];
      const right = up.getBoundingClientRect().right;
      if (/hidden|clip/.test(style.overflowX) && right < edge) return ['hidden', right];
    }
    return scrolls ? ['', width] : ['hidden', width];
  };
  const CAROUSEL = /carousel|karusell|slick|swiper|splide|glide|flickity|slide|ticker|marquee|owl-/i;
  const byDesign = (element) => {
    for (let up = element, steps = 0; up && up !== document.body && steps < 6; up = up.parentElement, steps += 1) {
      const style = styleOf(up);
      if (CAROUSEL.test(`${up.id} ${up.getAttribute('class') || ''} ${up.getAttribute('aria-roledescription') || ''}`)) return true;
      if (style.textOverflow === 'ellipsis' || style.transform !== 'none' || style.animationName !== 'none') return true;
    }
    return !!element.querySelector('[aria-roledescription],[class*=carousel i],[class*=slick i],[class*=swiper i],marquee');
  };
  /** What of the element crosses the edge, besides what is exempt. */
  const crossing = (element, limit) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let seen = 0;
    for (let node = walker.nextNode(); node && seen < 400; node = walker.nextNode(), seen += 1) {
      const parent = node.parentElement;
      if (!clean(node.nodeValue) || !parent || exemptAround(parent) || !isVisible(parent)) continue;
      range.selectNodeContents(node);
      if (range.getBoundingClientRect().right > limit + 1 && cutter(parent)[0] !== 'scroller') return 'text';
    }
    for (const control of [element, ...element.querySelectorAll('a[href],button,input:not([type=hidden]),select')].slice(0, 200)) {
      if (!control.matches('a[href],button,input,select') || exemptAround(control)) continue;
      if (control.getBoundingClientRect().right > limit + 1 && isVisible(control) && cutter(control)[0] !== 'scroller') return 'control';
    }
    return '';
  };
  /** Whether a word of the element's own is longer than its box and reaches over the edge, though the box does not. */
  const spills = (element, box) => {
    if (box.left + element.scrollWidth <= edge || element.scrollWidth <= element.clientWidth + 1) return false;
    const range = document.createRange();
    return [...element.childNodes].some((node) => {
      if (node.nodeType !== 3 || !clean(node.nodeValue)) return false;
      range.selectNodeContents(node);
      return range.getBoundingClientRect().right > edge;
    });
  };
  // What has a size of its own and reaches outside: how one gets to see the rest of it.
  const wide = pick('table,img,video,iframe,object,embed,canvas').flatMap((element) => {
    const right = element.getBoundingClientRect().right;
    if (right <= edge + 1 || !isVisible(element)) return [];
    const [cut] = cutter(element);
    return cut === 'scroller' ? [] : [describe(element, { way: cut === 'hidden' ? 'cut' : 'page', edge: width, text: '' })];
  }).slice(0, 50);
  const outermost = document.body && document.body.getBoundingClientRect().right > edge + 1 ? [document.body] : all;
  for (const element of outermost) {
    if (overflow.length >= 20) break;
    const box = element.getBoundingClientRect();
    if (box.width < 2 || (box.right <= edge && !spills(element, box))) continue;
    const parent = element.parentElement;
    if (parent && parent !== document.body && parent !== root && parent.getBoundingClientRect().right > edge) continue;
    if (element !== document.body && !isVisible(element)) continue;
    if (told.some((other) => other.contains(element))) continue;      // what reaches out of something that is told of
    const [cut, limit] = cutter(element);
    if (cut === 'scroller') continue;
    const content = crossing(element, limit), place = boxOf(element);
    if (box.right <= edge) place.width = Math.round(element.scrollWidth * 10) / 10;
    if (cut === 'hidden' && content !== 'text') continue;
    told.push(element);
    if (inside(element)) overflow.push(describe(element, { exempt: exempt(element), box: place, clipped: cut === 'hidden', content, by_design: byDesign(element) }));
  }
  for (const element of all) if (/^(fixed|sticky)$/.test(styleOf(element).position)) staying.add(element);

  // How much stays in view: at mid-scroll, whom do the points of a grid over the screen belong to?
  const fixed = [];
  let covered = 0;
  if (staying.size) {
    const [left, top] = [scrollX, scrollY];
    const room = root.scrollHeight - innerHeight;
    if (room > 0) scrollTo({ left, top: room / 2, behavior: 'instant' });
    kit.refresh();
    const isStuck = (element) => {
      const style = styleOf(element);
      if (style.position === 'fixed') return true;
      const box = element.getBoundingClientRect();
      return room > 0 && ((style.top !== 'auto' && Math.abs(box.top - parseFloat(style.top)) < 1.5)
        || (style.bottom !== 'auto' && Math.abs(innerHeight - box.bottom - parseFloat(style.bottom)) < 1.5));
    };
    const stuck = new Set([...staying].slice(0, 300).filter(isStuck));
    const owners = new Map(), points = new Map(), COLUMNS = 6, ROWS = 50;
    const ownerOf = (element) => {
      if (!element) return null;
      if (!owners.has(element)) owners.set(element, ownerOf(element.parentElement) || (stuck.has(element) ? element : null));
      return owners.get(element);
    };
    let fromTop = true;
    for (let row = 0; row < ROWS && stuck.size; row += 1) {
      const across = new Map();
      for (let column = 0; column < COLUMNS; column += 1) {
        const owner = ownerOf(document.elementFromPoint((column + 0.5) * innerWidth / COLUMNS, (row + 0.5) * innerHeight / ROWS));
        if (owner) points.set(owner, (points.get(owner) || 0) + 1);
        if (owner) across.set(owner, (across.get(owner) || 0) + 1);
      }
      const [widest, columns] = [...across].sort((one, other) => other[1] - one[1])[0] || [null, 0];
      fromTop = fromTop && columns >= COLUMNS - 1;
      if (fromTop) covered = Math.round(Math.min((row + 1) * innerHeight / ROWS, widest.getBoundingClientRect().bottom));
    }
    for (const [element, count] of points) {
      if (!inside(element)) continue;
      const banner = /kakor|cookie|samtycke|consent/i.test(element.textContent || '') && !!element.querySelector('button,a,input');
      fixed.push(describe(element, { position: styleOf(element).position, share: Math.round(count / (ROWS * COLUMNS) * 1000) / 1000, is_banner: banner }));
    }
    scrollTo({ left, top, behavior: 'instant' });
    kit.refresh();
  }

  // Main content in reading order.
  const main = document.querySelector('main,[role=main]') || document.body;
  const linesOf = (element, raw) => (element.querySelector('br') ? raw.split('\n').map((line) => clean(line, 160)).filter(Boolean).slice(0, 100) : []);
  const blocks = [];
  const TEXTS = /^(p|pre|blockquote|dd|dt|figcaption|address|summary|label|legend)$/;
  /** What an element that is not rendered would say, its parts set apart as they would be. */
  const unseenText = (element) => [...element.childNodes].map((node) => {
    if (node.nodeType !== 1) return node.nodeType === 3 ? node.nodeValue : '';
    if (/^(script|style|template|noscript)$/.test(node.localName)) return '';
    return /^(inline|contents)/.test(styleOf(node).display) ? unseenText(node) : ` ${unseenText(node)} `;
  }).join('');
  const walk = (element, depth) => {
    if (blocks.length >= LIST || depth > 100) return;
    const tag = element.localName, role = roleOf(element);
    if (/^(script|style|template|noscript|svg|select)$/.test(tag)) return;
    let kind = null;
    const saysItself = () => [...element.childNodes].some((node) => node.nodeType === 3 && clean(node.nodeValue).length > 2);
    const holdsBlocks = () => [...element.children].some((child) => /^(p|dl|ul|ol|table|div|h[1-6]|section|pre)$/.test(child.localName));
    if (role === 'heading') kind = 'heading';
    else if (/^(dd|blockquote)$/.test(tag) && holdsBlocks() && !saysItself()) kind = null;
    else if (TEXTS.test(tag)) kind = 'text';
    else if (tag === 'ul' || tag === 'ol') kind = 'list';
    else if (tag === 'table') kind = 'table';
    else if (saysItself()) kind = 'text';
    if (kind && !inside(element)) return;
    if (kind) {
      const raw = element.innerText || '';
      const text = clean(raw, 20000) || (isVisible(element) ? '' : clean(element.textContent, 20000));
      const first = text ? firstText(element) : null, isText = kind === 'text';
      if (text) blocks.push(keep(element, describe(element, { kind, words: words(text), text: text.slice(0, 2000), name: '',
        lines: isText ? linesOf(element, raw) : [], bold: isText && text.length <= 120 && isBold(element),
        font_size: first ? Math.round(parseFloat(styleOf(first.parentElement).fontSize) * 10) / 10 : 0,
        level: kind === 'heading' ? Number(element.getAttribute('aria-level')) || Number(tag[1]) || 2 : 0 })));
      return;
    }
    for (const child of element.children) walk(child, depth + 1);
  };
  if (main) for (const child of main.children) walk(child, 0);

  // Texts that may hold a telephone number or a mailbox, with the words before them.
  const MENTION = /\S@[\w-]+\.\w|(?:\+|(?<![\d])0)[\d()][\d\s()\u2010-\u2013-]{4,}\d/;
  const mentions = [];
  const mention = (node) => {
    const element = node.parentElement;
    if (!element || !inside(element) || element.closest('script,style,template,noscript,select,textarea,svg')) return;
    const block = element.closest(BLOCKS);
    const range = document.createRange();
    range.setStart(block || element, 0);
    range.setEnd(node, 0);
    const before = clean(range.toString(), 5000) || clean(block?.previousElementSibling?.textContent, 5000);
    mentions.push(keep(element, describe(element, { text: clean(node.nodeValue, 2000), before: before.slice(-80), name: '',
      link: (element.closest('a[href]')?.getAttribute('href') || '').slice(0, 500) })));
  };

  const sizes = new Map();
  const walker = document.createTreeWalker(document.body || root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(), seen = 0; node && seen < ELEMENTS; node = walker.nextNode(), seen += 1) {
    if (mentions.length < 300 && MENTION.test(node.nodeValue)) mention(node);
    const count = within ? 0 : clean(node.nodeValue, 5000).length;
    if (!count || !node.parentElement || !node.parentElement.checkVisibility({ visibilityProperty: true })) continue;
    const size = Math.round(parseFloat(styleOf(node.parentElement).fontSize) * 10) / 10;
    sizes.set(size, (sizes.get(size) || 0) + count);
  }

  // Lines that tell of the page's own dates: where one ends says whose date it is.
  const rendered = within ? '' : document.body?.innerText || '';
  const STAMP = /uppdater|ändra|ändring|granska|publicer|kontrollera|updated|modified|reviewed|published|revised/i;
  const lines = STAMP.test(rendered) ? rendered.split('\n').map((line) => clean(line, 500)).filter(Boolean) : [];
  const stamps = lines.flatMap((line, index) => STAMP.test(line) ? [`${line}\n${(lines[index + 1] || '').slice(0, 100)}`] : []).slice(0, 30);

  if (!within) kit.found = found;
  return {
    width: innerWidth, height: innerHeight, scroll_width: scrolls ? root.scrollWidth : width, page_height: root.scrollHeight,
    title: clean(document.title), language: root.getAttribute('lang') || '',
    meta_viewport: pick('meta[name=viewport i]').at(-1)?.getAttribute('content') ?? null,
    headings, landmarks, links, beside, controls, breadcrumbs, forms, fields, tables, images, frames, wide, fixed, overflow, blocks, dates, mentions, stamps,
    covered_top: covered, live_regions: live, font_sizes: [...sizes], truncated,
    text: clean(rendered, TEXT), main_text: within ? '' : clean(main?.innerText, TEXT),
  };
}
