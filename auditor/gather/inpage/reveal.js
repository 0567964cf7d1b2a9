// Opens menus, accordions and details, one after the other, to see what each brings to light, and closes them again.
// Needs facts.js to have run. Submits nothing and follows no link. Takes {clicks, milliseconds}.
async ({ clicks, milliseconds }) => {
  const kit = globalThis[Symbol.for('auditor')];
  const { isVisible, saysMenu, saysSearch, selectorOf, styleOf } = kit;
  const deadline = performance.now() + milliseconds;
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const settled = async () => {
    await kit.twoFrames();
    kit.refresh();
  };

  const guard = (event) => {
    const link = event.target.closest?.('a[href]');
    if (event.type === 'submit' || (link && !/^(#|javascript:)/.test(link.getAttribute('href')))) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  addEventListener('click', guard, true);
  addEventListener('submit', guard, true);

  const hidden = new Map(kit.found.filter(([, fact]) => !fact.visible));
  const mayOpen = (element) => {
    if (!isVisible(element) || element.disabled) return false;
    if (element.localName === 'summary') return !element.parentElement?.open;
    if (element.form && element.type === 'submit' && !element.hasAttribute('aria-expanded')) return opensItsForm(element);
    if (element.getAttribute('role') === 'tab') return element.getAttribute('aria-selected') === 'false';
    if (element.getAttribute('aria-expanded') === 'false') return !/^(input|select|textarea)$/.test(element.localName);
    if (element.localName === 'label') return element.control?.type === 'checkbox' && (saysMenu(element) || saysMenu(element.control) || folders.has(element));
    if (element.localName === 'a' && !/^(#|javascript:|$)/.test(element.getAttribute('href') ?? '')) return false;
    if (element.getAttribute('aria-expanded') === null && element.matches('[aria-controls],[data-toggle=collapse],[data-bs-toggle=collapse]')) return true;
    return (saysMenu(element) || opensSearch(element) || folders.has(element)) && element.getAttribute('aria-expanded') !== 'true';
  };
  /** A search button whose field is hidden until it is pressed; pressing it sends nothing, for submits are stopped. */
  const opensItsForm = (element) => saysSearch(element) && [...element.form.elements].some((field) => /^(search|text)$/.test(field.type))
    && ![...element.form.elements].some((field) => /^(search|text)$/.test(field.type) && isVisible(field));
  /** A button for searching while a search field waits hidden, and none stands open beside the button. */
  const opensSearch = (element) => saysSearch(element) && [...hidden.keys()].some((field) => field.localName === 'input' && /^(search|text)$/.test(field.type))
    && ![...(element.parentElement?.parentElement ?? element).querySelectorAll('input')].some((field) => /^(search|text)$/.test(field.type) && isVisible(field));
  /** Bare elements that can be clicked and stand right before something hidden: accordions without ARIA. */
  const folders = new Set();
  for (const [element, fact] of kit.found) {
    if (fact.visible || folders.size >= 20) continue;
    let root = element;
    while (root.parentElement && root.parentElement !== document.body && !isVisible(root.parentElement)) root = root.parentElement;
    const before = root.previousElementSibling;
    if (before && !before.matches('a,button,summary,input,select') && !before.querySelector('a[href],button,summary,input')
        && (before.hasAttribute('onclick') || styleOf(before).cursor === 'pointer') && isVisible(before)) folders.add(before);
  }
  const isOpen = (element) => element.localName === 'summary' ? element.parentElement.open : element.getAttribute('aria-expanded') === 'true';
  const candidates = () => {
    const known = [...document.querySelectorAll('summary,button,[aria-expanded=false],[role=button],label[for],[role=tab],a[aria-controls],a[data-toggle],a[data-bs-toggle],a[role=button]'), ...folders];
    const bare = kit.found.filter(([, fact]) => fact.native === false).map(([element]) => element);
    const icons = [...document.querySelectorAll('a[href="#"],a[href^="javascript:"],:is(div,span,i)[class*=search i],:is(div,span,i)[class*=sok i]')]
      .filter((element) => (element.localName === 'a' || styleOf(element).cursor === 'pointer') && !element.closest('button,summary,[role=button]')
        && !element.querySelector('input,a,button') && (saysMenu(element) || opensSearch(element)));
    return [...new Set([...known, ...bare, ...icons.slice(0, 10)])].filter(mayOpen);
  };

  const revealed = {}, counts = {}, opensNavigation = [];
  const tried = new Set(), chosen = new Map();
  let used = 0, exhausted = false;

  const close = async (element) => {
    if (element.localName === 'summary') { element.parentElement.open = false; return; }
    if (element.getAttribute('role') === 'tab') { chosen.get(element)?.click(); await settled(); return; }
    if (element.isConnected && isVisible(element)) element.click();
    else document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled();
  };

  const open = async (element, chain, depth) => {
    if (used >= clicks || performance.now() > deadline) { exhausted = true; return; }
    used += 1;
    tried.add(element);
    const before = depth < 2 ? new Set(candidates()) : null;
    if (element.getAttribute('role') === 'tab') chosen.set(element, element.closest('[role=tablist]')?.querySelector('[role=tab][aria-selected=true]'));
    element.click();
    await settled();
    let news = [...hidden.keys()].filter(isVisible);
    // Scripts that unfold a menu step by step take up to half a second.
    for (let wait = 0; wait < 3 && !news.length && (isOpen(element) || saysMenu(element)); wait += 1) {
      await pause(200);
      kit.refresh();
      news = [...hidden.keys()].filter(isVisible);
    }
    const path = [...chain, selectorOf(element)];
    const links = news.filter((item) => item.localName === 'a').length;
    counts[selectorOf(element)] = links;
    if (links >= 3 && news.filter((item) => item.localName === 'a' && kit.regionsOf(item).includes('navigation')).length >= links / 2) {
      opensNavigation.push(selectorOf(element));
    }
    for (const item of news) {
      revealed[selectorOf(item)] = path;
      hidden.delete(item);
    }
    if (before && hidden.size) {
      for (const inner of candidates()) {
        if (!before.has(inner) && !tried.has(inner)) await open(inner, path, depth + 1);
      }
    }
    await close(element);
  };

  const atRest = kit.found.filter(([, fact]) => fact.visible).length;
  for (const element of candidates()) {
    if (hidden.size && !tried.has(element)) await open(element, [], 0);
  }
  removeEventListener('click', guard, true);
  removeEventListener('submit', guard, true);
  kit.refresh();
  const nowSeen = kit.found.filter(([element]) => isVisible(element)).length;
  return { revealed, counts, opens_navigation: opensNavigation, exhausted, restored: nowSeen === atRest };
}
