// Opens one thing of the page and tells what came to light; closes it again. Needs facts.js to have run.
// Takes {step: open, selector} or {step: close, selector}. Submits nothing and follows no link.
async ({ step, selector }) => {
  const kit = globalThis[Symbol.for('auditor')];
  const { clean, isVisible, nameOf, saysMenu, saysSearch, selectorOf } = kit;
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
  const pressed = async (element) => {
    for (const kind of ['click', 'submit']) addEventListener(kind, guard, true);
    element.click();
    await settled();
    for (const kind of ['click', 'submit']) removeEventListener(kind, guard, true);
  };
  const opener = document.querySelector(selector);
  kit.refresh();
  if (step === 'close') {
    const { seen } = kit.state;
    const dialog = [...document.querySelectorAll('dialog[open],[role=dialog],[role=alertdialog]')].find(isVisible);
    const way = dialog && [...dialog.querySelectorAll('button,[role=button]')].find((button) => /^(stäng|close|avbryt|cancel|×|x)\b|^[×✕]$/i.test(nameOf(button)[0]));
    if (opener?.localName === 'summary') opener.parentElement.open = false;
    else if (way) await pressed(way);
    else if (dialog?.localName === 'dialog') dialog.close();
    else if (opener?.isConnected && isVisible(opener)) await pressed(opener);
    await settled();
    const now = () => kit.found.filter(([element]) => isVisible(element)).length;
    if (now() !== seen) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      await settled();
    }
    document.activeElement?.blur?.();
    return { restored: now() === seen };
  }
  if (!opener || !isVisible(opener)) return null;
  const hidden = kit.found.filter(([element]) => !isVisible(element)).map(([element]) => element);
  kit.state = { seen: kit.found.length - hidden.length };
  // For everything hidden, the outermost element around it that shows nothing either.
  const roots = new Map(hidden.map((element) => {
    let root = element;
    while (root.parentElement && root.parentElement !== document.body && !isVisible(root.parentElement)) root = root.parentElement;
    return [element, root];
  }));
  const dialogs = new Set([...document.querySelectorAll('dialog,[role=dialog],[role=alertdialog]')].filter((element) => !isVisible(element)));
  await pressed(opener);
  let news = hidden.filter((element) => element.isConnected && isVisible(element));
  if (!news.length) { await pause(250); kit.refresh(); news = hidden.filter((element) => element.isConnected && isVisible(element)); }
  const shown = [...new Set([...news.map((element) => roots.get(element)), ...[...dialogs].filter(isVisible)])];
  const outermost = shown.filter((element) => !shown.some((other) => other !== element && other.contains(element)));
  const links = news.filter((element) => element.localName === 'a').length;
  let kind = 'fold';
  if ([...dialogs].some(isVisible)) kind = 'dialog';
  else if (news.some((element) => element.localName === 'input' && /^(search|text)$/.test(element.type)) && (saysSearch(opener) || links < 3)) kind = 'search';
  else if (links >= 3 && (saysMenu(opener) || news.some((element) => kit.regionsOf(element).includes('navigation')))) kind = 'menu';
  // Equal markup is the same state, whatever page it stands on.
  const markup = kit.printOf(outermost.map((element) => element.outerHTML).join(''));
  return {
    kind, name: nameOf(opener)[0] || clean(opener.textContent, 60), roots: outermost.slice(0, 8).map(selectorOf),
    markup: `${kind} ${outermost.map((element) => element.outerHTML.length).join()} ${markup}`,
  };
}
